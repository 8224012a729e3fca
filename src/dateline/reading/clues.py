"""What a text says about the year it was written in, as far as it can be read off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.patterns import lazy
from dateline.reading.published import (
    MONTH,
    MONTHS,
    WEEKDAY,
    WEEKDAYS,
    calendar_day,
    month_number,
    weekday_number,
)


@dataclass(frozen=True, slots=True)
class Event:
    """A month that a sentence speaks of, with the names in it: June 2018, ("Singapore", "Kim").

    `year` is None for "last June".
    """

    year: int | None
    month: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """The expressions of time in one text that bear on its year."""

    years: Mapping[int, int]  # explicit years, and how often each is named
    dates: frozenset[date]  # days with their year: "June 12, 2018"
    weekday_dates: frozenset[tuple[int, int, int]]  # (weekday, month, day): "Monday, Feb. 11"
    weekday: int | None  # the first that stands alone: "said Thursday"
    events: tuple[Event, ...]  # months with their year
    last_months: tuple[Event, ...]  # "last June"
    spans: frozenset[tuple[int, int]]  # (year, n): "in 2014, five years ago"
    windows: frozenset[tuple[date, date]]  # first and last day of writing: "Feb. 28, 2019, two months ago"


_READ = 20_000  # characters of a text that are read
_MOST_NAMES = 12  # of one sentence
_YEAR = r"(?:19|20)\d\d"
_EXPLICIT_YEAR = lazy(rf"(?<![\d$£€#.,/-]){_YEAR}(?![\d%/]|[,.-]\d)")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = lazy(
    rf"\b(?P<month1>{MONTH})\s(?P<day1>{_DAY}),?\s(?P<year1>{_YEAR})\b"
    rf"|\b(?P<day2>{_DAY})\s(?P<month2>{MONTH}),?\s(?P<year2>{_YEAR})\b"
    rf"|\b(?P<month3>{MONTH})(?:\sof)?,?\s(?P<year3>{_YEAR})\b",
    re.IGNORECASE,
)
_NO_YEAR = rf"\b(?!,?\s{_YEAR})"
_WEEKDAY_DATE = lazy(
    rf"\b(?P<weekday1>{WEEKDAY}),?\s(?:the\s)?(?:(?P<month1>{MONTH})\s(?P<day1>{_DAY}){_NO_YEAR}"
    rf"|(?P<day2>{_DAY})\s(?:of\s)?(?P<month2>{MONTH}){_NO_YEAR})"
    rf"|\b(?P<month3>{MONTH})\s(?P<day3>{_DAY})\s?\((?P<weekday3>{WEEKDAY})\)",
    re.IGNORECASE,
)
_ALONE = lazy(rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b(?!,?\s(?i:{MONTH}|\d))")
_LAST_MONTH = lazy(rf"\blast\s(?P<month>{MONTH})", re.IGNORECASE)
_COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_YEARS_AGO = lazy(rf"\b(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}})\syears\sago\b", re.IGNORECASE)
_AGO = lazy(rf"\b(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}})\s(?P<unit>day|week|month)s?\sago\b", re.IGNORECASE)
_LAST = lazy(rf"\blast\s(week|month|year|{WEEKDAY})\b", re.IGNORECASE)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.4}
_SENTENCE_END = lazy(r"[.!?][\"'”’)]*\s+(?=[A-ZÀ-ÖØ-Þ\"'“‘(\[])|\n+")
# Capitals at the start of a sentence or a quotation say nothing, so a name follows a small letter or comma.
_NAME = lazy(r"[A-ZÀ-ÖØ-Þ](?<=[a-zß-öø-ÿ,;] .)[\w.-]*\w(?: [A-ZÀ-ÖØ-Þ][\w.-]*\w)*")
_NO_NAMES = frozenset(
    form
    for word in (*MONTHS, *WEEKDAYS)
    for form in (word.title(), word[:3].title(), f"{word[:3].title()}.", word.upper(), "Sept")
)


def read_clues(text: str) -> Clues:
    """The clues of a text, without the line it begins with."""
    text = text[:_READ]
    alone = _ALONE.search(text)
    events = list(read_events(text))
    return Clues(
        years=Counter(int(found.group()) for found in _EXPLICIT_YEAR.finditer(text)),
        dates=frozenset(_dates(text)),
        weekday_dates=frozenset(_weekday_dates(text)),
        weekday=weekday_number(alone.group()) if alone else None,
        events=tuple(event for event in events if event.year is not None),
        last_months=tuple(event for event in events if event.year is None),
        spans=frozenset(span for sentence in _sentences(text) for span in _spans(sentence)),
        windows=frozenset(window for sentence in _sentences(text) for window in _windows(sentence)),
    )


def read_events(text: str) -> Iterator[Event]:
    """The months with a year, and the "last June"s, of a text."""
    for sentence in _sentences(text):
        months = list(_months(sentence))
        names = tuple(names_in(sentence))[:_MOST_NAMES] if months else ()
        yield from (Event(year, month, names) for year, month in months)


def _months(sentence: str) -> Iterator[tuple[int | None, int]]:
    for found in _DATE.finditer(sentence):
        number = next(number for number in (1, 2, 3) if found[f"month{number}"])
        yield int(found[f"year{number}"]), month_number(found[f"month{number}"])
    for found in _LAST_MONTH.finditer(sentence):
        yield None, month_number(found["month"])


def names_in(text: str) -> Counter[str]:
    """The names of people, places and bodies in a text and how often they stand there.

    A name of several words counts for each of its words too.
    """
    names: Counter[str] = Counter()
    for name, count in Counter(_NAME.findall(text)).items():
        for part in {name, *name.split()}:
            if len(part) > 2 and part not in _NO_NAMES:
                names[part] += count
    return names


def _sentences(text: str) -> list[str]:
    """Those that may hold an event or a span."""
    if not (_EXPLICIT_YEAR.search(text) or "last" in text):
        return []
    return [part for part in _SENTENCE_END.split(text) if "last" in part or _EXPLICIT_YEAR.search(part)]


def _dates(text: str) -> Iterator[date]:
    for found in _DATE.finditer(text):
        number = 1 if found["day1"] else 2
        if found[f"day{number}"] is None:
            continue
        month, day = month_number(found[f"month{number}"]), _ordinal(found[f"day{number}"])
        if (read := calendar_day(int(found[f"year{number}"]), month, day)) is not None:
            yield read


def _weekday_dates(text: str) -> Iterator[tuple[int, int, int]]:
    for found in _WEEKDAY_DATE.finditer(text):
        number = next(number for number in (1, 2, 3) if found[f"day{number}"])
        weekday = weekday_number(found["weekday1"] or found["weekday3"])
        yield weekday, month_number(found[f"month{number}"]), _ordinal(found[f"day{number}"])


def _spans(sentence: str) -> Iterator[tuple[int, int]]:
    years = {int(found.group()) for found in _EXPLICIT_YEAR.finditer(sentence)}
    counts = [found["count"].lower() for found in _YEARS_AGO.finditer(sentence)]
    if len(years) == 1 and len(counts) == 1:
        count = counts[0]
        yield years.pop(), int(count) if count.isdigit() else _COUNTS.index(count) + 1


def _windows(sentence: str) -> Iterator[tuple[date, date]]:
    """When a sentence was written that says of one full date how long ago it was, and says it once."""
    told, ago, last = set(_dates(sentence)), _AGO.findall(sentence), _LAST.findall(sentence)
    if len(told) != 1 or len(ago) + len(last) != 1:
        return
    day = told.pop()
    if ago:
        count, unit = ago[0][0].lower(), _UNIT_DAYS[ago[0][1].lower()]
        passed = unit * (int(count) if count.isdigit() else _COUNTS.index(count) + 1)
        # Round numbers: "two months ago" is said of six weeks and of eleven.
        yield day + timedelta(passed - 0.75 * unit), day + timedelta(passed + unit)
    else:
        yield _after(day, last[0].lower())


def _after(day: date, unit: str) -> tuple[date, date]:
    """The first and the last day on which `day` was in the last week, month or year, or the last Monday."""
    if unit == "year":
        return date(day.year + 1, 1, 1), date(day.year + 1, 12, 31)
    if unit == "month":
        following = day.replace(day=1) + timedelta(31)
        return following.replace(day=1), (following.replace(day=1) + timedelta(31)).replace(day=1)
    return day + timedelta(1), day + timedelta(13)


def _ordinal(day: str) -> int:
    return int(re.match(r"\d+", day).group())  # type: ignore[union-attr]
