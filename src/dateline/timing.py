"""What is said about time: the day that words were counted from, and how old the evidence is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dateline.patterns import lazy
from dateline.search import Clock, Question, about_the_present, told_of_asked
from dateline.types import Citation, Filters, Hit, TimeSpan

_FROM_AN_EVENT = lazy(
    r"\b(?:since|until|till)\s+(?:the|his|her|its|their)\s+(?!\d)[a-z][^?,;.]{2,60}"
    r"|\bbefore\s+(?:the|his|her|its|their)\s+[^?,;.]{2,40}?\s(?:was|were|had|did)\b[^?,;.]{0,30}"
    r"|\b(?:a|two|three|several|some|\d+)\s+(?:days?|weeks?|months?|years?)\s+(?:before|after)\s+(?:the\s)?[^?,;.]{2,40}"
)
_OLD = 14  # days: news about the present may have changed since


def counted_from(question: Question, clock: Clock | None) -> list[str]:
    """That the archive's last day was taken for today, where the question counts from it."""
    if clock is None or not clock.ended:
        return []
    words = [f"“{moment.words}”" for moment in question.moments if moment.relative]
    if not words and question.pull == "latest":
        return [f"The archive ends on {_day(clock.last)}: what is latest there may not be so today."]
    if not words:
        return []
    return [f"The archive ends on {_day(clock.last)}; {' and '.join(words)} counts from that day."]


def untied(question: Question) -> list[str]:
    """That words which count from an event narrow nothing: on which day it was is not for a rule to say."""
    if question.moments:
        return []
    found = _FROM_AN_EVENT.search(question.text)
    return [f"Nothing is narrowed by “{found[0].strip()}”: it names no day."] if found else []


def with_days(citations: Sequence[Citation], hits: Sequence[Hit], filters: Filters) -> tuple[Citation, ...]:
    """The citations; those that tell of days asked about in a report of other days with the words that do."""
    told = {
        hit.article.id: [span for one in hits if one.article == hit.article for span in one.told]
        for hit in hits
    }
    return tuple(
        replace(one, told=told_of_asked(one.article, _inside(one, told.get(one.article.id, ())), filters))
        for one in citations
    )


def _inside(citation: Citation, spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    return [span for span in spans if citation.start <= span.start < citation.end]


def age_told(question: Question, citations: Sequence[Citation], today: date) -> list[str]:
    """How old the evidence is of an answer about the present, where it is old."""
    days = [one.article.day for one in citations if one.article.day]
    if not days or question.moments or not about_the_present(question.text):
        return []
    age = (today - max(days)).days
    if age < _OLD:
        return []
    return [
        f"The newest article behind this is from {_day(max(days))}, {_long(age)} before the day of asking."
    ]


def outside(question: Question, inside: Filters, given: Filters) -> Filters | None:
    """The filters without the days that were read from the question; None where none were read."""
    if not inside.inferred.keys() & {"since", "until"}:
        return None
    return replace(inside, since=given.since, until=given.until, alternative=None)


def _long(days: int) -> str:
    for unit, length in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * length or (unit == "year" and days >= length):
            count = days // length
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{days} days"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
