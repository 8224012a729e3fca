"""Whether the few weights of a search fit more than the questions that they were chosen on.

The questions are halved by their ids. On each half the weights are chosen, one after the other, from
multiples of the built-in ones, by the facts in the budget of words; and with them the other half is scored,
beside the built-in ones. The last line is of all questions, each scored with the weights of the other half.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from statistics import fmean
from zlib import crc32

from contenders import Index
from tqdm import tqdm

from dateline.index import Embedder, Snapshot
from dateline.index.embedder import Vectors
from dateline.measure import Question, marks
from dateline.measure.intervals import around_mean, tally
from dateline.search import find, understand
from dateline.search.weights import WEIGHTS, Weights
from dateline.types import Filters

CHOSEN = ("context", "neighbour", "whole", "fall")  # the others are of outlets and days, which this set lacks
TIMES = (0.5, 0.75, 1.0, 1.5, 2.0)

Marks = Mapping[str, float]  # of one question
Scored = Callable[[Weights], Sequence[Marks]]  # of every question, in order


class Remembering:
    """An embedder of questions that embeds each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embed_documents = embedder.embed_documents
        self._embed = cache(embedder.embed_queries)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed(tuple(texts))


def lines(index: Index, questions: Sequence[Question], words: int) -> Iterator[str]:
    """The table."""
    names = f"fact_recall@words={words}", f"all_facts@words={words}"
    embedder = Remembering(index.embedder)
    scored = cache(lambda weights: marked(index.snapshot, embedder, questions, words, weights))
    halves = [[n for n, one in enumerate(questions) if half(one) == side] for side in (0, 1)]
    yield f"multihop, two-fold, {len(questions)} questions"
    yield f"{'scored':<10}{'chosen: ' + ', '.join(CHOSEN):<34}" + "".join(
        f"{head:>11}{'95 %':>14}{'built-in':>10}" for head in ("facts", "all facts")
    )
    crossed: dict[int, Marks] = {}
    for name, held, other in (("half A", halves[0], halves[1]), ("half B", halves[1], halves[0])):
        weights = chosen(scored, other, names[0])
        own, built_in = ([scored(one)[n] for n in held] for one in (weights, WEIGHTS))
        crossed |= dict(zip(held, own, strict=True))
        yield line(name, told(weights), own, built_in, names)
    each = [crossed[n] for n in sorted(crossed)]
    yield line("both", "", each, scored(WEIGHTS), names)


def line(
    name: str, weights: str, own: Sequence[Marks], built_in: Sequence[Marks], names: Sequence[str]
) -> str:
    """Each score with its interval, and that of the built-in weights."""
    cells = ""
    for mark in names:
        interval = around_mean(tally([[one[mark]] for one in own]))
        span = f"{interval.low:.3f}–{interval.high:.3f}"
        cells += f"{mean(own, mark):>11.3f}{span:>14}{mean(built_in, mark):>10.3f}"
    return f"{name:<10}{weights:<34}{cells}"


def told(weights: Weights) -> str:
    """Those that are chosen."""
    return ", ".join(f"{getattr(weights, name):.3g}" for name in CHOSEN)


def half(question: Question) -> int:
    """0 or 1, by the id."""
    return crc32(question.id.encode()) % 2


def chosen(scored: Scored, questions: Sequence[int], mark: str) -> Weights:
    """The weights with the highest mean mark of these questions; of the same, those nearest to built-in."""
    best = WEIGHTS
    for name in CHOSEN:
        built_in = getattr(WEIGHTS, name)
        nearest = sorted(TIMES, key=lambda times: abs(times - 1))
        tried = [replace(best, **{name: times * built_in}) for times in nearest]
        best = max(tried, key=lambda one: mean([scored(one)[n] for n in questions], mark))
    return best


def marked(
    snapshot: Snapshot, embedder: Embedder, questions: Sequence[Question], words: int, weights: Weights
) -> list[Marks]:
    """The marks of each question's evidence."""
    found: list[Marks] = []
    for question in tqdm(questions, desc=told(weights), file=sys.stderr):
        asked = understand(question.text, snapshot.sources)
        hits = find(snapshot, embedder, asked, Filters(), words=words, weights=weights)
        found.append(dict(marks.facts(question, [hit.passage.text for hit in hits], words)))
    return found


def mean(marked: Sequence[Marks], name: str) -> float:
    """The score of that name."""
    return fmean(one[name] for one in marked)
