"""Does a day of asking hold? `python tests/bench/times.py --part as_of --index DIR [--every N]`.

Asks questions of realtimeqa-2024 as of their day, in quotes, and counts what was published later wherever an
answer shows or counts articles: among its hits and their copies, its citations and their copies, the nearest
found, the first and last day of its coverage, and the number of its articles, counted here once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import dateline
from dateline.index import Snapshot
from dateline.measure import read_questions
from dateline.types import Answer, Article, Evidence, Filters, Hit


def later(event: Evidence | Answer, today: date, articles: int) -> Iterator[str]:
    """Where the event shows what is later, or counts other than so many articles."""
    if isinstance(event, Evidence):
        yield from ("hits" for one in _of(event.hits) if not _before(one, today))
        return
    for citation in event.citations:
        if not _before(citation.article, today):
            yield "citations"
        yield from ("also" for one in citation.also if not _before(one, today))
    coverage = event.coverage
    nearest = [coverage.nearest] if coverage.nearest else []
    yield from ("nearest" for one in _of(nearest) if not _before(one, today))
    yield from ("coverage days" for day in (coverage.first, coverage.last) if day and day > today)
    if coverage.articles != articles:
        yield "coverage count"


def _of(hits: Sequence[Hit]) -> Iterator[Article]:
    return (one for hit in hits for one in (hit.article, *hit.also))


def _before(article: Article, today: date) -> bool:
    return article.day is not None and article.day <= today


def measure(folder: Path, index: Path, *, every: int) -> None:
    """Prints how often something later was found, by place."""
    archive = dateline.open(index, llm="none")
    snapshot = Snapshot(index)
    undated = snapshot.coverage(Filters()).undated
    questions = [one for one in read_questions(folder / "questions.jsonl") if one.as_of][::every]
    found: Counter[str] = Counter()
    for question in questions:
        assert question.as_of
        articles = snapshot.coverage(Filters(until=question.as_of)).matched + undated
        for event in archive.stream(question.text, as_of=question.as_of):
            if isinstance(event, (Evidence, Answer)):
                found.update(later(event, question.as_of, articles))
    print(
        f"realtimeqa-2024, {len(questions):,} questions as of their day: {found.total()} later {dict(found)}"
    )
