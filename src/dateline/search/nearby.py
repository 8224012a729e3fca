"""Days as a preference: of what the best sentences tell, that of the days that are asked about comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateline.dates import resolve_dates
from dateline.search.fusion import Found
from dateline.search.moments import DAY, Moment, Pull

_BEST = 8  # sentences that say of when the news is that a question asks for
_READ = 60  # of the best sentences, whose days are resolved
_SPEAKS = 1.5  # times the score, for one that speaks of a day that is named


def preferred(moments: Sequence[Moment], today: date | None) -> tuple[date | None, date | None]:
    """The first and last day whose news is preferred: those that are named, else the day of asking."""
    days = [day for moment in moments for day in (moment.since, moment.until) if day]
    if moments and len(days) == 2 * len(moments):
        return min(days), max(days)
    return None, today


def pulled_to(pull: Pull | None, found: Sequence[Found]) -> date | None:
    """The day of the latest, or of the earliest, of the best sentences."""
    days = [one.article.day for one in found[:_BEST] if one.article.day]
    if pull is None or not days:
        return None
    return max(days) if pull == "latest" else min(days)


def speaking_of(moments: Sequence[Moment], found: Sequence[Found]) -> list[Found]:
    """The sentences anew: those come forward that speak of days that are named, or were published then."""
    if not moments:
        return list(found)
    head = [
        replace(one, score=one.score * _SPEAKS) if _speaks_of(moments, one) else one for one in found[:_READ]
    ]
    return sorted([*head, *found[_READ:]], key=lambda one: -one.score)


def _speaks_of(moments: Sequence[Moment], one: Found) -> bool:
    day = one.article.day
    if day is None:
        return False
    if any(moment.holds(day, day) for moment in moments):
        return True
    named = [moment for moment in moments if moment.of == "happened"]
    told = resolve_dates(one.article.text[slice(*one.span)], day) if named else []
    return any(
        moment.holds(span.since, span.until and span.until - DAY)
        for span in told
        if span.reason is None
        for moment in named
    )
