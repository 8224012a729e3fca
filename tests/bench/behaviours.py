"""How many of the questions on small archives are answered as people expect.

    python tests/bench/behaviours.py [--kind NAME] [--sample]

Each file of the set is one archive with its questions. Of an answer are read: its text, its short answer, the
quotes, titles, outlets and days of what it cites, and of what it shows as nearest. A question is right when
of each group of `shown` one string is there, nothing of `not_shown` is, its `first` stands in the short
answer or the first quote, `at_least` so many of `cites` are cited, and `declined` is kept.

With --sample, 40 natural questions on the articles that come with the program are asked instead: written down
before the code that was to answer them, by one who had read the articles' beginnings.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import contenders
import development_sets

import dateline
from dateline.config import Settings
from dateline.index import Embedder
from dateline.sample import articles
from dateline.types import Answer, Citation, Turn

Expected = Mapping[str, Any]  # a question of the set, as it is kept


def score(folder: Path, embedder: Embedder, kind: str | None) -> Iterator[tuple[str, Expected, list[str]]]:
    """Each question, and in what its answer is not as expected: nothing where it is."""
    for file in sorted(folder.glob("*.json")):
        if kind and kind not in file.stem:
            continue
        case = json.loads(file.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as scratch:
            file_of_all = Path(scratch) / "articles.jsonl"
            file_of_all.write_text(
                "".join(json.dumps(one) + "\n" for one in case["articles"]), encoding="utf-8"
            )
            index = Path(scratch) / "index"
            dateline.build([file_of_all], index, embedder=embedder, settings=Settings())
            archive = dateline.open(index, llm="none", embedder=embedder, settings=Settings())
            for one in case["questions"]:
                history = [Turn(turn["question"], turn["answer"]) for turn in one.get("history", [])]
                answer = archive.ask(one["question"], history=history, as_of=one.get("as_of"))
                yield file.stem, one, [*failings(one, answer, [each["id"] for each in case["articles"]])]


def of_sample(embedder: Embedder) -> Iterator[tuple[str, Expected, list[str]]]:
    """The same of the sample archive."""
    with tempfile.TemporaryDirectory() as scratch:
        dateline.build([articles()], scratch, embedder=embedder, settings=Settings())
        archive = dateline.open(scratch, llm="none", embedder=embedder, settings=Settings())
        for line in (Path(__file__).parent / "sample_questions.jsonl").read_text("utf-8").splitlines():
            one = json.loads(line)
            yield "sample", one, [*failings(one, archive.ask(one["question"]), ())]


def failings(expected: Expected, answer: Answer, ids: Sequence[str]) -> Iterator[str]:
    """In what the answer is not as expected."""
    cited = [*answer.citations, *getattr(answer, "nearest", ())]
    seen = shown(answer, cited)
    for group in expected.get("shown", []):
        if not any(one in seen for one in group):
            yield f"not shown: {' | '.join(group)}"
    for one in expected.get("not_shown", []):
        if one in seen:
            yield f"shown: {one}"
    if first := expected.get("first"):
        wanted = [first] if isinstance(first, str) else first
        head = " ".join([answer.short or "", *(one.quote for one in cited[:1])])
        if not any(one in head for one in wanted):
            yield f"not first: {' | '.join(wanted)}"
    if cites := expected.get("cites"):
        wanted = set(ids) if "@all" in cites else set(cites)
        held = {one.article.id for one in cited} | {each.id for one in cited for each in one.also}
        if len(held & wanted) < expected.get("at_least", len(wanted)):
            yield f"cited of {sorted(wanted)}: {sorted(held & wanted)}"
    if "declined" in expected and expected["declined"] == answer.answered:
        yield "answered" if answer.answered else "declined"


def shown(answer: Answer, cited: Sequence[Citation]) -> str:
    """All that a reader sees of an answer."""
    parts = [answer.text, answer.short or "", *answer.notices, *(one.text for one in answer.timeline)]
    for one in cited:
        day = one.article.day
        days = [day.isoformat(), f"{day.day} {day:%b %Y}", f"{day.day} {day:%B %Y}"] if day else []
        parts += [one.quote, one.article.title, one.article.source or "", *days]
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kind", help="only files whose name holds this")
    parser.add_argument("--sample", action="store_true", help="ask the sample archive")
    given = parser.parse_args()
    if given.sample:
        print_scored(of_sample(contenders.embedder()))
    elif (folder := development_sets.find("behaviours")) is not None:
        print_scored(score(folder, contenders.embedder(), given.kind))


def print_scored(scored: Iterable[tuple[str, Expected, list[str]]]) -> None:
    """A line for each question, and one for all."""
    right = asked = 0
    for name, question, failed in scored:
        asked += 1
        right += not failed
        print(f"{'right' if not failed else 'WRONG'}  {name}: {question['question']}  {'; '.join(failed)}")
    print(f"as expected: {right} of {asked} ({right / max(1, asked):.2f})")


if __name__ == "__main__":
    main()
