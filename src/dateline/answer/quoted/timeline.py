"""How something developed: dated quotes, one of a day, the earliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean

from dateline.answer.draft import Draft, compose
from dateline.answer.quoted.likeness import alike
from dateline.answer.quotes import cite
from dateline.answer.wording import in_marks
from dateline.dates import resolve_dates
from dateline.index.words import terms
from dateline.search import Sentence
from dateline.search.sentences import held
from dateline.types import Citation, Claim, Entry

MOST_ENTRIES = 10
_NEAR = 0.6  # of the best sentence's score: below, a sentence tells of something else
_HOLDS = 0.6  # of the question's weight, with the headline: the same
_WORDS = 2  # of the question, where it has as many: one rare word alone is of another story
_GAP = timedelta(days=30)  # without an entry that is shorter, nothing is missing
_MONTHS = timedelta(days=60)  # from where on months are told
_LONG = 0.5  # of the mean step between two entries, for a gap


def timeline(ranked: Sequence[Sentence]) -> Draft | None:
    """A quote for each day that the best sentences tell of; None where they tell of one day alone.

    A sentence tells of the first past day that it names, or else of the day of its publication.
    """
    chosen = sorted(_chosen(ranked), key=lambda one: (one[0], one[1].hit.article.id, one[1].start))
    if len(chosen) < 2:
        return None
    citations = tuple(cite(number, one.hit, one.start, one.end) for number, (_, one) in enumerate(chosen, 1))
    entries = tuple(
        Entry(day, citation.quote, citation.number)
        for (day, _), citation in zip(chosen, citations, strict=True)
    )
    gaps = ["", *_gaps(entries)]
    claims = tuple(
        Claim(_line(entry, citation, gap), "supported", (citation.number,))
        for entry, citation, gap in zip(entries, citations, gaps, strict=True)
    )
    return Draft(compose(claims, between="\n"), claims, citations, timeline=entries)


def _chosen(ranked: Sequence[Sentence]) -> list[tuple[date, Sentence]]:
    """The best sentence of each day; none that says what a better one has said."""
    weights = {term: weight for one in ranked for term, weight in one.holds.items()}
    taken: dict[date, Sentence] = {}
    for one in ranked:
        if len(taken) == MOST_ENTRIES or one.score < _NEAR * ranked[0].score:
            break
        holds = held(weights, [*one.stems, *terms(one.hit.article.title)])
        about = sum(holds.values()) >= _HOLDS and len(holds) >= min(_WORDS, len(weights))
        day = _day_of(one) if about else None
        if day and day not in taken and not any(alike(one, other) for other in taken.values()):
            taken[day] = one
    return list(taken.items())


def _day_of(sentence: Sentence) -> date | None:
    article = sentence.hit.article
    if article.day is None:
        return None
    told = resolve_dates(sentence.text, article.day)
    days = [span.since for span in told if span.since and span.grain in ("day", "time") and not span.reason]
    return next((day for day in days if day <= article.day), article.day)


def _gaps(entries: Sequence[Entry]) -> Iterator[str]:
    """What is said before each entry but the first of the time without one, where that is long."""
    steps = [(after.day - before.day).days for before, after in pairwise(entries)]
    least = max(_GAP.days, _LONG * fmean(steps))
    for step in steps:
        yield f", nothing found of the {_months(step)} before" if step >= least else ""


def _line(entry: Entry, citation: Citation, gap: str) -> str:
    """ "31 Jan 2019 (Harbor Wire, 15 Feb 2019): “...”": the day of publication where it is another."""
    article = citation.article
    published = _day(article.day) if article.day and article.day != entry.day else None
    origin = ", ".join(filter(None, (article.source or f"“{article.title}”", article.kind, published)))
    return f"{_day(entry.day)}{gap} ({origin}): {in_marks(entry.text)}"


def _months(days: int) -> str:
    return f"{days} days" if days < _MONTHS.days else f"{round(days / 30.4)} months"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
