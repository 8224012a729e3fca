"""The year of a report whose line gives a month and a day: "WASHINGTON, Feb. 15 (Xinhua) --".

Bayes' rule over the candidate years. Each kind of clue says how likely it is in a report written on one
day of a candidate year, against a report of any time; the clues' likelihoods are multiplied, and the best
year is taken where it is nearly certain and a strong clue speaks for it. The figures are round ones, as
measured on dated news of many years; what they need to be is cautious. An undated article is better than
a wrongly dated one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.reading.clues import Clues, Event, read_clues
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.published import calendar_day
from dateline.reading.related import Neighbourhood, Relation, Signature, sign
from dateline.types import Article

FIRST_YEAR = 1950
CERTAIN = 0.99  # how probable the best year must be
STRONG = 3.0  # how much likelier at least one clue, which is more than years mentioned, must be in that year
_MOST_RELATED = 5
_RELATED_LIMIT = 100.0  # related articles may tell one story: together they weigh no more than this


@dataclass(slots=True)
class _Undated:
    """A yearless article, with what is known of it."""

    article: Article
    line: Newswire
    clues: Clues
    signature: Signature
    related: list[Relation]

    def has_among(self, dated: Mapping[int, object]) -> bool:
        """True where a related article is one of those just dated (by `id` of its signature)."""
        return any(id(relation.other) in dated for relation in self.related)


def infer_years(
    yearless: Sequence[Article], neighbours: Iterable[Article], *, today: date | None = None
) -> Iterator[Article]:
    """Those of the yearless articles that could be dated, with `published_from` "inferred".

    `neighbours` are other articles of the corpus. What has been dated helps to date the rest.
    """
    return infer_among(yearless, (sign(article) for article in neighbours), today=today)


def is_yearless(article: Article) -> bool:
    """True for an undated article whose newswire line gives a month and a day."""
    line = parse_newswire(article.text) if article.published is None else None
    return line is not None and line.month is not None and line.year is None


def infer_among(
    yearless: Sequence[Article], neighbours: Iterable[Signature], *, today: date | None = None
) -> Iterator[Article]:
    """As `infer_years`, of neighbours that are only kept as their signatures."""
    yearless = [article for article in yearless if is_yearless(article)]
    if not yearless:
        return
    latest = (today or date.today()) + timedelta(days=1)
    signatures = [sign(article) for article in yearless] + list(neighbours)
    neighbourhood = Neighbourhood(signatures)
    coverage = Counter(one.day.year for one in signatures if one.day is not None)
    waiting = [
        _undated(article, number, neighbourhood, signatures) for number, article in enumerate(yearless)
    ]
    while waiting:
        dated = {id(one.signature): one for one in waiting if _is_dated(one, coverage, latest)}
        for one in dated.values():
            yield replace(one.article, published=one.signature.day, published_from="inferred")
        waiting = [one for one in waiting if one.signature.day is None and one.has_among(dated)]


def _undated(article: Article, number: int, among: Neighbourhood, signatures: list[Signature]) -> _Undated:
    line = parse_newswire(article.text)
    assert line is not None
    related = among.related_to(number, _MOST_RELATED)
    return _Undated(article, line, read_clues(article.text[line.end :]), signatures[number], related)


def _is_dated(undated: _Undated, coverage: Mapping[int, int], latest: date) -> bool:
    """True where one year wins; its day is then in the signature, for others to see."""
    told = [event for one in undated.related if one.similarity > 0.1 for event in one.other.events]
    weights: dict[date, float] = {}
    strong: set[date] = set()
    for day in _candidates(undated.line, latest):
        factors = _factors(undated, told, day)
        mild = _years_mentioned(undated.clues, day) * _weekday_alone(undated.clues, day)
        weights[day] = _covered(coverage, day.year) * mild * math.prod(factors)
        if max(factors) >= STRONG:
            strong.add(day)
    best = max(weights, key=weights.__getitem__, default=None)
    if best is None or best not in strong or weights[best] < CERTAIN * sum(weights.values()):
        return False
    undated.signature.day = best
    return True


def _candidates(line: Newswire, latest: date) -> Iterator[date]:
    """The line's day in every year that has it, until tomorrow, on the line's weekday if it names one."""
    assert line.month is not None
    assert line.day is not None
    for year in range(FIRST_YEAR, latest.year + 1):
        day = calendar_day(year, line.month, line.day)
        if day is not None and day <= latest and line.weekday in (None, day.weekday()):
            yield day


def _factors(undated: _Undated, told: list[Event], day: date) -> list[float]:
    """How much likelier each clue that may be strong is on `day` than at any time."""
    clues = undated.clues
    return [
        _weekdays_of_dates(clues, day),
        _dates_nearby(clues, day),
        _last_month(clues.last_months, [*clues.events, *told], day),
        _years_ago(clues, day),
        _told_ago(clues, day),
        _related_days(undated.related, day),
    ]


def _covered(coverage: Mapping[int, int], year: int) -> float:
    """The prior: years that the corpus covers, and those beside them, are likelier; none is ruled out."""
    floor = max(1.0, sum(coverage.values()) / 30)
    return floor + coverage.get(year, 0) / 2 + (coverage.get(year - 1, 0) + coverage.get(year + 1, 0)) / 4


def _years_mentioned(clues: Clues, day: date) -> float:
    """The latest year that a report names is mostly its own or a recent one; later ones are rare."""
    if not clues.years:
        return 1.0
    past = [year for year in clues.years if year <= day.year + 1]
    later = len(clues.years) - len(past)
    if not past:
        return 0.002 * 0.2 ** min(later, 4)
    gap = day.year - max(past)
    fading = 0.7 if len(past) == 1 else 0.6
    likely = 0.12 if gap < 0 else 0.85 * (1 - fading) * fading**gap
    return max(likely, 0.0005) * 0.2 ** min(later, 4)


def _weekday_alone(clues: Clues, day: date) -> float:
    """What was "said Thursday" was so on the report's day, or the day before, or else in the week before."""
    if clues.weekday is None:
        return 1.0
    behind = (day.weekday() - clues.weekday) % 7
    return 7 * {0: 0.45, 1: 0.2}.get(behind, 0.07)


def _weekdays_of_dates(clues: Clues, day: date) -> float:
    """A "Monday, Feb. 11" holds in one year of six. One report in ten has them wrong, or of another year."""
    right = wrong = 0
    for weekday, month, number in clues.weekday_dates:
        near = _nearest(day, month, number)
        if near is not None:
            right, wrong = (right + 1, wrong) if near.weekday() == weekday else (right, wrong + 1)
    return 0.1 + 0.9 * (7 * 0.97) ** right * (7 * 0.005) ** wrong


def _nearest(day: date, month: int, number: int) -> date | None:
    """The day of that month nearest to `day`, of its year, the one before or the one after."""
    days = (calendar_day(day.year + shift, month, number) for shift in (-1, 0, 1))
    return min((one for one in days if one is not None), key=lambda one: abs(one - day), default=None)


def _dates_nearby(clues: Clues, day: date) -> float:
    """Full dates stand close to the report's day oftener than by chance, and seldom after it."""
    if not clues.dates:
        return 1.0
    gap = min(abs((one - day).days) for one in clues.dates)
    near = 4.0 if gap <= 10 else 2.0 if gap <= 45 else 1.0
    return near * (0.4 if max(clues.dates) > day + timedelta(days=10) else 1.0)


def _last_month(last_months: Sequence[Event], events: Sequence[Event], day: date) -> float:
    """A "Singapore last June", where "Singapore on June 12, 2018" is told too, here or in a related article.

    A month that is not over yet in the report's year can only be that of the year before. Names that the
    two sentences share make it likelier that they tell of one thing.
    """
    told = [
        (min(2, len(set(last.names) & set(event.names))), event.year)
        for last in last_months
        for event in events
        if last.month == event.month >= day.month and event.year is not None
    ]
    if not told:
        return 1.0
    shared = max(told)[0]
    years = {year for names, year in told if names == shared}
    agreeing, other = ((8.0, 0.6), (12.0, 0.4), (16.0, 0.08))[shared]
    if day.year - 1 in years:
        return agreeing
    return other if min(years) < day.year else other / 4  # what is told with its date is seldom yet to come


def _years_ago(clues: Clues, day: date) -> float:
    """What was "in 2014, five years ago" is told in 2019, or in a year beside it."""
    told = {year + count for year, count in clues.spans}
    return {0: 10.0, 1: 3.0}.get(abs(day.year - told.pop()), 0.4) if len(told) == 1 else 1.0


def _told_ago(clues: Clues, day: date) -> float:
    """What happened on "Feb. 28, 2019, two months ago" is told around the end of April of 2019."""
    if not clues.windows:
        return 1.0
    return 25.0 if any(first <= day <= last for first, last in clues.windows) else 0.05


def _related_days(related: Sequence[Relation], day: date) -> float:
    """Related articles are written within two months of one another oftener than years apart.

    For each: a mixture of "the same story", whose days lie close, and "the same names at another time",
    when any day of ten years is as likely.
    """
    factors = []
    for relation in related:
        if relation.other.day is not None:
            gap = abs((day - relation.other.day).days)
            close = 0.6 / 28 * math.exp(-gap / 14) + 0.4 / 120 * math.exp(-gap / 60)
            same = max(0.0, min(0.7, 1.5 * (relation.similarity - 0.05)))
            factors.append(1 - same + same * close * 3650)
    factors.sort(key=lambda factor: abs(math.log(factor)), reverse=True)
    return min(_RELATED_LIMIT, math.prod(factors[:1]) * math.sqrt(math.prod(factors[1:])))
