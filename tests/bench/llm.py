"""What a real language model makes of the answers: `python tests/bench/llm.py [--llm NAME]`

    [--style small|large] [--xquad 60] [--multihop 40] [--unanswerable 30] [--seed N] [--index-cache DIR]
    [--save FILE]

Without --llm, a server of llama.cpp (the package xllamacpp) is started on the GGUF file that the environment
variable DATELINE_BENCH_MODEL names. The same questions are asked of the quotes alone.

xquad, evidence from the whole corpus: does a gold answer stand in the text or the quotes; in the model's own
sentences; of the citations of answers whose sentences hold it, the share that holds it too.
multihop: the same for questions with evidence; of those without, the share that gets a supported claim.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

import contenders
import development_sets
import llama_server
from tqdm import tqdm

import dateline
from dateline.answer.wording import in_marks
from dateline.answer.written.left_out import LeftOut
from dateline.answer.written.styles import STYLES
from dateline.config import Settings
from dateline.measure import Question, read_questions
from dateline.types import Answer, Claim, Delta, Quoted

NOT_FOR_READERS = re.compile(r"\b(?:passages?|sentences?) \[?\d|NO ANSWER|numbered sentence|\ue000")
RULES = [LeftOut.of(style.rules, "", ()) for style in STYLES.values()]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer in quotes, the model's, and the seconds to the first words of each kind."""

    question: Question
    quoted: Answer
    written: Answer
    shown: float | None  # seconds to the quoted answer
    word: float | None  # to the first checked claim

    @property
    def prose(self) -> list[Claim]:
        """The model's own sentences: claims that are no quotations."""
        if self.written.mode != "llm":
            return []
        quotes = [flat(in_marks(one.quote)) for one in self.written.citations]
        return [
            one for one in self.written.claims if not any(f": {quote}" in flat(one.text) for quote in quotes)
        ]


def flat(text: str) -> str:
    """As it is compared: in lower case, with single spaces, without punctuation at its ends."""
    return " ".join(text.casefold().split())


def ask(
    archive: dateline.Archive, quotes: dateline.Archive, questions: Sequence[Question]
) -> Iterator[Asked]:
    """Every question, asked twice."""
    for one in tqdm(questions, file=sys.stderr):
        begun, shown, word = time.monotonic(), None, None
        for event in archive.stream(one.text, as_of=one.as_of):
            now = time.monotonic() - begun
            if isinstance(event, Quoted):
                shown = now
            elif isinstance(event, Delta):
                word = word or now
        assert isinstance(event, Answer)
        yield Asked(one, quotes.ask(one.text, as_of=one.as_of), event, shown, word)


def holds(texts: Sequence[str], question: Question) -> bool:
    """Whether a gold answer stands in one of the texts."""
    return any(flat(gold) in flat(text) for gold in question.answers for text in texts)


def everything(answer: Answer) -> list[str]:
    """An answer's text and its quotes."""
    return [answer.text, *(one.quote for one in answer.citations)] if answer.answered else []


def of_answerable(asked: Sequence[Asked]) -> Iterator[str]:
    """What is right, and what carries it."""
    yield row("gold in text or quotes", [holds(everything(one.written), one.question) for one in asked])
    yield row("  the same, quotes only", [holds(everything(one.quoted), one.question) for one in asked])
    written = [holds([claim.text for claim in one.prose], one.question) for one in asked]
    yield row("gold in the model's own sentences", written)
    claims = [claim for one in asked for claim in one.prose]
    for label in ("supported", "partly", "unsupported"):
        yield row(f"claims {label}", [claim.support == label for claim in claims])
    yield row("claims with a citation (recall)", [bool(claim.citations) for claim in claims])
    cited = [
        holds([one.written.citations[number - 1].quote], one.question)
        for one, right in zip(asked, written, strict=True)
        for claim in one.prose
        if right and claim.support == "supported" and holds([claim.text], one.question)
        for number in claim.citations
    ]
    yield row("citations that hold the gold (precision)", cited)
    yield row("not answered", [not one.written.answered for one in asked])
    yield row("  the same, quotes only", [not one.quoted.answered for one in asked])


def of_unanswerable(asked: Sequence[Asked]) -> Iterator[str]:
    """What is answered all the same."""
    yield row("answered with a supported claim", [any_supported(one.written) for one in asked])
    yield row("  the same, quotes only", [any_supported(one.quoted) for one in asked])


def any_supported(answer: Answer) -> bool:
    """Whether one claim of it is shown as supported."""
    return answer.answered and any(claim.support == "supported" for claim in answer.claims)


def of_all(asked: Sequence[Asked]) -> Iterator[str]:
    """Replies and what they cost."""
    yield row("bad_reply", [one.written.degraded == "bad_reply" for one in asked])
    yield row("failed otherwise", [one.written.degraded not in (None, "bad_reply") for one in asked])
    yield row("something of the prompt in the answer", [leaks(one.written) for one in asked])
    for name, seconds in (
        ("to the quoted answer", [one.shown for one in asked]),
        ("to the model's first word", [u.first_token_seconds for one in asked if (u := one.written.usage)]),
        ("to the first checked claim", [one.word for one in asked]),
        ("whole", [one.written.seconds for one in asked]),
    ):
        known = sorted(second for second in seconds if second is not None)
        if known:
            yield f"  seconds {name:<30}median {median(known):.2f}, 95 % {known[int(0.95 * len(known))]:.2f}"
    usages = [u for one in asked if (u := one.written.usage)]
    for name, tokens in (
        ("in", [u.prompt_tokens for u in usages]),
        ("out", [u.completion_tokens for u in usages]),
    ):
        if told := [count for count in tokens if count is not None]:
            yield f"  tokens {name:<31}median {median(told):.0f}"


def leaks(answer: Answer) -> bool:
    """Whether something of the prompt stands in the answer."""
    texts = [claim.text for claim in answer.claims]
    return any(NOT_FOR_READERS.search(text) or any(rules.echoes(text) for rules in RULES) for text in texts)


def row(name: str, found: Sequence[bool]) -> str:
    """A share, and what it is of."""
    return f"  {name:<42}{sum(found) / max(1, len(found)):>6.3f}   {sum(found)} of {len(found)}"


def sample(name: str, count: int, seed: int, *, answerable: bool) -> list[Question]:
    """So many questions of a set with, or without, an answer."""
    folder = development_sets.find(name)
    if folder is None or not count:
        return []
    every = read_questions(folder / "questions.jsonl")
    fitting = [one for one in every if one.answerable == answerable and (one.evidence or not answerable)]
    return Random(seed).sample(fitting, min(count, len(fitting)))


def bench(given: argparse.Namespace, llm: str, cache: Path) -> None:
    """Asks, and prints the tables."""
    settings = Settings(llm_style=given.style, cache=Settings.from_environment().cache)
    embedder = contenders.embedder()
    all_asked: list[Asked] = []
    for name, title, count, answerable in (
        ("xquad", "xquad", given.xquad, True),
        ("multihop", "multihop, with evidence", given.multihop, True),
        ("multihop", "multihop, without", given.unanswerable, False),
    ):
        questions = sample(name, count, given.seed, answerable=answerable)
        folder = development_sets.find(name)
        if not questions or folder is None:
            continue
        (articles,) = folder.glob("articles.jsonl*")
        index = contenders.indexed(articles, cache / name / "dateline", embedder)
        place = index.archive.folder
        archive = dateline.open(place, llm=llm, embedder=embedder, settings=settings)
        asked: list[Asked] = []
        for one in ask(archive, dateline.open(place, llm="none", embedder=embedder), questions):
            asked.append(one)
            if given.save:
                keep(one, given.save)
        all_asked += asked
        print(f"{title}, {len(asked)} questions")
        print("\n".join(of_answerable(asked) if answerable else of_unanswerable(asked)), flush=True)
    print("all")
    print("\n".join(of_all(all_asked)))


def keep(one: Asked, file: Path) -> None:
    """Adds an answer to the file as soon as it is there: a run takes long."""
    told = {"gold": one.question.answers, "answerable": one.question.answerable} | one.written.to_dict()
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(told, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--llm", help="a model that is there; without, one is started")
    parser.add_argument("--style", choices=("auto", "small", "large"), default="auto")
    parser.add_argument("--xquad", type=int, default=60)
    parser.add_argument("--multihop", type=int, default=40)
    parser.add_argument("--unanswerable", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index-cache", type=Path, help="a folder to keep the indexes in")
    parser.add_argument("--save", type=Path, help="a file for the answers")
    given = parser.parse_args()
    file = os.environ.get("DATELINE_BENCH_MODEL")
    if not given.llm and not file:
        print("no model: name a GGUF file in DATELINE_BENCH_MODEL, or a model with --llm")
        return
    with tempfile.TemporaryDirectory() as scratch:
        cache = given.index_cache or Path(scratch)
        if given.llm or file is None:
            bench(given, given.llm, cache)
        else:
            with llama_server.running(Path(file)) as url:
                bench(given, f"openai:bench@{url}", cache)


if __name__ == "__main__":
    main()
