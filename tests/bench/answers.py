"""What is answered without a language model, and what is declined.

    python tests/bench/answers.py [--set xquad|multihop|realtimeqa-2024|all] [--limit N] [--seed N]
                                  [--index-cache DIR]

Every set: does each quote stand in its article at its offsets, and how many of the questions that have an
answer are declined.

xquad, of the whole corpus: does a gold answer stand in the quoted sentences; the short answer by the kind of
thing that is asked for: how often one is given, how often that is right (F1 of at least one half) and exact;
its F1 where one is given.

multihop: how many of the questions without an answer are declined, and of the questions of xquad, asked here.

realtimeqa-2024, each question as of its day: the right one of four choices, in the first and the second half
of the questions, which are in the order of their days. Many of these have no answer in the articles.

--limit takes a random sample of so many questions of each set, the same for the same seed. With an index
cache a second run does not index again; it is the one of retrieval.py.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import contenders
import development_sets
from contenders import Index
from tqdm import tqdm

from dateline.index import Embedder
from dateline.measure import Question, read_questions
from dateline.measure.matching import exact, f1
from dateline.search.asked import asked_for
from dateline.types import Answer

RIGHT = 0.5  # F1 of a short answer that is right, perhaps with a word too many
NOT_ASKED = "none"  # of the kinds of thing that have a short answer

Asked = Sequence[tuple[Question, Answer]]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the sets and their indexes are, and which of their questions are asked."""

    cache: Path
    embedder: Embedder
    limit: int | None
    seed: int

    def index(self, name: str) -> Index | None:
        """dateline's index of a set, where this machine has that."""
        if (folder := development_sets.find(name)) is None:
            return None
        (articles,) = folder.glob("articles.jsonl*")
        return contenders.indexed(articles, self.cache / name / "dateline", self.embedder)

    def questions(self, name: str) -> list[Question]:
        """The sample, in the order of the set; none where this machine does not have it."""
        if (folder := development_sets.find(name)) is None:
            return []
        every = read_questions(folder / "questions.jsonl")
        if self.limit is None or self.limit >= len(every):
            return every
        return [every[n] for n in sorted(Random(self.seed).sample(range(len(every)), self.limit))]


def xquad(bench: Bench, index: Index) -> Iterator[str]:
    """Quotes and short answers, of questions that one sentence answers."""
    asked = ask(index, bench.questions("xquad"), "xquad")
    yield from of_any(index, asked)
    answered = [(question, answer) for question, answer in asked if answer.answered]
    holding = [holds_gold(question, answer) for question, answer in answered]
    yield row("quotes hold the answer", sum(holding), len(asked))
    yield row("  of those answered", sum(holding), len(answered))
    yield from of_short_answers(asked)


def multihop(bench: Bench, index: Index) -> Iterator[str]:
    """Refusal, of questions that several articles answer and of those that none does."""
    asked = ask(index, bench.questions("multihop"), "multihop")
    yield from of_any(index, asked)
    unanswerable = [answer for question, answer in asked if not question.answerable]
    yield row("unanswerable declined", sum(not one.answered for one in unanswerable), len(unanswerable))
    strange = ask(index, bench.questions("xquad"), "xquad of multihop")
    yield row("xquad's declined", sum(not answer.answered for _, answer in strange), len(strange))
    yield from of_any(index, strange, only_quotes=True)


def realtimeqa(bench: Bench, index: Index) -> Iterator[str]:
    """Choices and refusal, as of the day of each question."""
    questions = bench.questions("realtimeqa-2024")
    chosen = [
        index.archive.choose(one.text, one.choices, as_of=one.as_of).choice in one.answers
        for one in tqdm(questions, desc="choices", file=sys.stderr)
    ]
    half = len(chosen) // 2
    for name, part in {"all": chosen, "first half": chosen[:half], "second half": chosen[half:]}.items():
        yield row(f"choice_accuracy, {name}", sum(part), len(part))
    asked = ask(index, questions, "realtimeqa-2024")
    yield from of_any(index, asked)
    holding = [answer.answered and holds_gold(question, answer) for question, answer in asked]
    yield row("quotes hold the answer", sum(holding), len(holding))
    yield from of_short_answers(asked)


SETS: dict[str, Callable[[Bench, Index], Iterator[str]]] = {
    "xquad": xquad,
    "multihop": multihop,
    "realtimeqa-2024": realtimeqa,
}


def ask(index: Index, questions: Sequence[Question], name: str) -> Asked:
    """Every question with its answer, as of its day."""
    return [
        (one, index.archive.ask(one.text, as_of=one.as_of))
        for one in tqdm(questions, desc=name, file=sys.stderr)
    ]


def of_any(index: Index, asked: Asked, *, only_quotes: bool = False) -> Iterator[str]:
    """What every set shows."""
    quotes = [stands(index, answer) for _, answer in asked]
    yield row("quote_exact", sum(map(sum, quotes)), sum(map(len, quotes)))
    if not only_quotes:
        answerable = [answer for question, answer in asked if question.answerable]
        yield row("answerable declined", sum(not one.answered for one in answerable), len(answerable))


def of_short_answers(asked: Asked) -> Iterator[str]:
    """A line for each kind of thing that is asked for, and one for all; "F1" is of those that are given."""
    by_kind = defaultdict[str, list[tuple[Question, Answer]]](list)
    for question, answer in asked:
        kind = asked_for(question.text)
        by_kind[kind.kind if kind else NOT_ASKED].append((question, answer))
    yield f"  {'short answers':<26}{'asked':>7}{'given':>7}{'right':>7}{'exact':>7}{'F1':>7}{'of all':>7}"
    every = [one for kind, each in by_kind.items() if kind != NOT_ASKED for one in each]
    for name, each in [*sorted(by_kind.items()), ("all but none", every)]:
        given = [(question, answer.short) for question, answer in each if answer.short]
        nearness = [f1(short, question.answers) for question, short in given]
        exactly = [exact(short, question.answers) for question, short in given]
        right = sum(n >= RIGHT for n in nearness)
        of_given = [count / max(1, len(given)) for count in (right, sum(exactly), sum(nearness))]
        shares = [len(given) / max(1, len(each)), *of_given, sum(nearness) / max(1, len(each))]
        yield f"    {name:<24}{len(each):>7,}{''.join(f'{share:>7.3f}' for share in shares)}"


def stands(index: Index, answer: Answer) -> list[bool]:
    """For each quote, whether it is the stored text at its offsets."""
    texts = {one.article.id: index.archive.article(one.article.id).text for one in answer.citations}
    return [texts[one.article.id][one.start : one.end] == one.quote for one in answer.citations]


def holds_gold(question: Question, answer: Answer) -> bool:
    """Whether a gold answer stands in one of the quotes, letter by letter."""
    return any(gold in one.quote for one in answer.citations for gold in question.answers)


def row(name: str, count: int, of: int) -> str:
    """A share, and what it is of."""
    return f"  {name:<30}{count / max(1, of):>7.3f}   {count:,} of {of:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--limit", type=int, help="questions of each set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index-cache", type=Path, help="a folder to keep the indexes in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = given.index_cache or Path(scratch)
        bench = Bench(cache, contenders.embedder(), given.limit, given.seed)
        for name in SETS if given.set == "all" else (given.set,):
            if index := bench.index(name):
                print(f"{name}, {len(bench.questions(name)):,} questions")
                for line in SETS[name](bench, index):
                    print(line, flush=True)
                print()


if __name__ == "__main__":
    main()
