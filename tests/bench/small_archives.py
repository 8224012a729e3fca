"""Does the bound of refusal hold in archives of every size?

    python tests/bench/small_archives.py [--set xquad|multihop] [--archives N] [--seed N] [--elsewhere K]

Archives of 1, 4, 10, 100 and 240 articles are drawn from a set around articles that questions are about. Each
is asked questions whose evidence it holds, and as many whose evidence it lacks: of xquad, about other
paragraphs; of multihop, those that no article answers. Printed: which share of each is declined.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import contenders
import development_sets

import dateline
import dateline.index.words
from dateline.config import Settings
from dateline.index import Embedder
from dateline.measure import Question, read_questions

SIZES = (1, 4, 10, 100, 240)
ASKED = 6  # questions of each sort, of an archive


@dataclass(frozen=True, slots=True)
class Drawing:
    """Archives of one set, drawn by one chance."""

    records: dict[str, str]  # id → its line
    questions: list[Question]
    embedder: Embedder
    draw: Random

    def archives(self, size: int, count: int) -> Iterator[tuple[list[bool], list[bool]]]:
        """Of each archive: which of its own questions were declined, and which of the others."""
        about = [one for one in self.questions if one.answerable and self._needs(one)]
        for _ in range(count):
            held: set[str] = set()
            for one in self.draw.sample(about, len(about)):
                if len(held | self._needs(one)) <= size:
                    held |= self._needs(one)
                if len(held) == size:
                    break
            own = [one for one in about if self._needs(one) <= held]
            none = [one for one in self.questions if not one.answerable]
            others = none or [one for one in about if self._needs(one).isdisjoint(held)]
            if not own:
                continue
            with tempfile.TemporaryDirectory() as scratch:
                archive = self._archive(sorted(held), Path(scratch))
                yield self._declined(archive, own), self._declined(archive, others)

    def _needs(self, question: Question) -> frozenset[str]:
        ids = frozenset(one.article_id for one in question.evidence if one.article_id)
        return ids if ids <= self.records.keys() else frozenset()

    def _archive(self, ids: list[str], scratch: Path) -> dateline.Archive:
        file = scratch / "articles.jsonl"
        file.write_text("".join(self.records[id] for id in ids), encoding="utf-8")
        dateline.build([file], scratch / "index", embedder=self.embedder, settings=Settings())
        return dateline.open(scratch / "index", llm="none", embedder=self.embedder, settings=Settings())

    def _declined(self, archive: dateline.Archive, questions: list[Question]) -> list[bool]:
        asked = self.draw.sample(questions, min(ASKED, len(questions)))
        return [not archive.ask(one.text, as_of=one.as_of).answered for one in asked]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=("xquad", "multihop"), default="xquad")
    parser.add_argument("--archives", type=int, default=12, help="of 1 article; fewer of the larger sizes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--elsewhere", type=int, help="texts that stand for what is not in the archive")
    given = parser.parse_args()
    if (folder := development_sets.find(given.set)) is None:
        return
    if given.elsewhere is not None:
        dateline.index.words._ELSEWHERE = given.elsewhere
    (file,) = folder.glob("articles.jsonl*")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    records = {json.loads(line)["id"]: line for line in lines}
    drawing = Drawing(
        records, read_questions(folder / "questions.jsonl"), contenders.embedder(), Random(given.seed)
    )
    print(f"{'articles':>10}{'own declined':>16}{'others declined':>18}")
    for size in SIZES:
        found = [*drawing.archives(size, max(2, round(given.archives / max(1, size / 4))))]
        own = [one for each, _ in found for one in each]
        others = [one for _, each in found for one in each]
        if own and others:
            print(
                f"{size:>10}{sum(own) / len(own):>10.3f} of{len(own):>3}"
                f"{sum(others) / len(others):>12.3f} of{len(others):>3}",
                flush=True,
            )


if __name__ == "__main__":
    main()
