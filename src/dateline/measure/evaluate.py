"""Archive and questions → Scores."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from dateline.archive import Archive
from dateline.index import Tell
from dateline.measure import marks
from dateline.measure.marks import Mark
from dateline.measure.questions import Question
from dateline.measure.scores import Scores, Shares, TypeScores
from dateline.types import Answer

_SEARCHED = 200  # hits: enough to fill every budget of words


def evaluate(archive: Archive, questions: Sequence[Question], *, progress: Tell | None = None) -> Scores:
    """The scores of an archive on questions, each searched for and asked by itself, as of its own day.

    Raises ValueError where there are no questions.
    """
    if not questions:
        raise ValueError("no questions to score")
    marked: list[list[Mark]] = []
    seconds: list[float] = []
    for number, question in enumerate(questions, 1):
        hits = archive.search(question.text, k=_SEARCHED, as_of=question.as_of)
        started = time.perf_counter()
        answer = archive.ask(question.text, as_of=question.as_of)
        seconds.append(time.perf_counter() - started)
        texts = [hit.passage.text for hit in hits]
        marked.append([*_marks(question, texts, answer), *_quotes(archive, answer)])
        if progress:
            progress("asked", number, len(questions))
    return Scores(
        questions=len(questions),
        retrieval=shares(marked, marks.RETRIEVAL),
        answers=shares(marked, marks.ANSWERS),
        refusal=shares(marked, marks.REFUSAL),
        per_type=_per_type(questions, marked),
        seconds=pace(seconds),
    )


def shares(marked: Iterable[Iterable[Mark]], names: Sequence[str]) -> Shares:
    """The mean of the marks of each name, over the marks of every question; None where there is no mark."""
    found: dict[str, list[float]] = {name: [] for name in names}
    for name, mark in chain.from_iterable(marked):
        if name in found:
            found[name].append(mark)
    return {name: statistics.fmean(each) if each else None for name, each in found.items()}


def pace(seconds: Sequence[float]) -> Mapping[str, float]:
    """Median and 95th percentile."""
    median, late = np.quantile(seconds, [0.5, 0.95])
    return {"median": round(float(median), 4), "p95": round(float(late), 4)}


def _marks(question: Question, texts: Sequence[str], answer: Answer) -> Iterator[Mark]:
    yield from marks.retrieval(question, texts)
    yield from marks.answers(question, answer, texts)
    yield from marks.refusal(question, answer)


def _quotes(archive: Archive, answer: Answer) -> Iterator[Mark]:
    """For each citation, whether its quote stands in the stored article at its offsets."""
    for citation in answer.citations:
        text = archive.article(citation.article.id).text
        yield "quote_exact", float(text[citation.start : citation.end] == citation.quote)


def _per_type(questions: Sequence[Question], marked: Sequence[Sequence[Mark]]) -> Mapping[str, TypeScores]:
    by_type: dict[str, list[Sequence[Mark]]] = defaultdict(list)
    for question, row in zip(questions, marked, strict=True):
        if question.type:
            by_type[question.type].append(row)
    return {type: TypeScores(len(rows), shares(rows, marks.RETRIEVAL)) for type, rows in by_type.items()}
