"""Dates of publication as records write them. A date that could be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from dateline.patterns import lazy

EARLIEST = date(1600, 1, 1)  # the first newspapers
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"

_WRITTEN = lazy(
    rf"""
    (?:\b(?P<weekday>{WEEKDAY}),?\s+)?
    (?: \b(?P<month1>{MONTH})\s*(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year1>\d{{4}})\b
      | \b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month2>{MONTH})[\s,-]*(?P<year2>\d{{4}})\b
      | \b(?P<year3>\d{{4}})(?P<mark>[-/.])(?P<month3>\d{{1,2}})(?P=mark)(?P<day3>\d{{1,2}})(?!\d)
      | (?<![\d./-])(?P<first>\d{{1,2}})(?P<mark4>[-/.])(?P<second>\d{{1,2}})(?P=mark4)(?P<year4>\d{{4}})\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ISO = lazy(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d.*)?", re.IGNORECASE)
_SPACED_ZONE = lazy(r"(?<=\d) +(?=[+-]\d\d:?\d\d$|Z$)")
_RFC_2822 = lazy(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: .*)?")
_NUMBER = lazy(r"\d{9,13}(?:\.\d+)?")
_IN_ADDRESS = lazy(
    r"//[^/?#]+/(?:[^?#]*[/_-])?(?P<year>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2])(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?:[/_.-]|$)"
)
_LONGEST = 100  # characters of a date with what may stand around it


def parse_published(value: object, *, today: date | None = None) -> date | datetime | None:
    """When an article was published, or None: unknown, ambiguous, before 1600 or later than tomorrow.

    Takes ISO 8601, RFC 2822, seconds or milliseconds since 1970, and dates in words; a time of day is
    kept from the first three only.
    """
    moment = _parse(value)
    return None if moment is None or _unbelievable(moment, today) else moment


def why_refused(value: object, *, today: date | None = None) -> str | None:
    """Why the date that a value gives is not believed; None where it is, or gives none."""
    moment = _parse(value)
    why = moment and _unbelievable(moment, today)
    return f"{moment.isoformat()} {why}" if moment and why else None


def day_in_address(url: str | None) -> date | None:
    """The day in the path of an address: /2019/02/15/, /2019-02-15-summit, /20190215/; None without one."""
    found = _IN_ADDRESS.search(url or "")
    return parse_published(calendar_day(*map(int, found.group("year", "month", "day")))) if found else None


def _unbelievable(moment: date | datetime, today: date | None) -> str | None:
    day = moment.date() if isinstance(moment, datetime) else moment
    if day < EARLIEST:
        return "is before the first newspapers"
    latest = (today or date.today()) + timedelta(days=1)
    return "is in the future" if day > latest else None


def month_number(name: str) -> int:
    """1 for "Jan.", "January", "JAN". Raises StopIteration for what is no month."""
    start = name[:3].lower()
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(start))


def weekday_number(name: str) -> int:
    """0 for "Monday", "Mon.", as `date.weekday()` counts."""
    start = name[:3].lower()
    return next(number for number, weekday in enumerate(WEEKDAYS) if weekday.startswith(start))


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parse(value: object) -> date | datetime | None:
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value)) if abs(value) < 1e15 else None  # nan too
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = " ".join(value.split())
    if _NUMBER.fullmatch(text):
        return _since_1970(float(text))
    return _iso(text) or _rfc_2822(text) or _in_words(text)


def _since_1970(seconds: float) -> datetime | None:
    """Seconds, or milliseconds where they are many. Small numbers are years, or days, or counters."""
    if abs(seconds) >= 1e11:
        seconds /= 1000
    plausible = 1e8 <= abs(seconds) < 1e10  # until 2286; before 1970, since 1653
    return datetime.fromtimestamp(seconds, UTC) if plausible else None


def _iso(text: str) -> date | datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(_SPACED_ZONE.sub("", text))
    except ValueError:
        return None
    return moment if len(text) > 10 else moment.date()


def _rfc_2822(text: str) -> datetime | None:
    if not _RFC_2822.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    named = re.match("[A-Za-z]{3}(?=,)", text)
    return moment if not named or moment.weekday() == _weekday_or_none(named.group()) else None


def _weekday_or_none(name: str) -> int | None:
    return weekday_number(name) if re.fullmatch(WEEKDAY, name, re.IGNORECASE) else None


def _in_words(text: str) -> date | None:
    """The one day that the text names, where it names exactly one."""
    days = set(_days(text))
    return days.pop() if len(days) == 1 else None


def _days(text: str) -> Iterator[date | None]:
    for found in _WRITTEN.finditer(text):
        day = _day_of(found)
        weekday = found["weekday"]
        agrees = day is None or not weekday or day.weekday() == weekday_number(weekday)
        yield day if agrees else None


def _day_of(found: re.Match[str]) -> date | None:
    if found["year1"]:
        return calendar_day(int(found["year1"]), month_number(found["month1"]), int(found["day1"]))
    if found["year2"]:
        return calendar_day(int(found["year2"]), month_number(found["month2"]), int(found["day2"]))
    if found["year3"]:
        return calendar_day(int(found["year3"]), int(found["month3"]), int(found["day3"]))
    year, first, second = int(found["year4"]), int(found["first"]), int(found["second"])
    readings = {calendar_day(year, first, second), calendar_day(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None
