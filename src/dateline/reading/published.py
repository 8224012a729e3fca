"""Dates of publication as records write them. A date that could be read in two ways is not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from dateline.patterns import lazy
from dateline.reading.months import day_in_words

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
      | (?<![\d./-])(?P<first>\d{{1,2}})(?P<mark4>[-/.])(?P<second>\d{{1,2}})(?P=mark4)
        (?P<year4>\d{{4}}|\d\d)(?!\d|[:.]\d)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ISO = lazy(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d.*)?", re.IGNORECASE)
_SPACED_ZONE = lazy(r"(?<=\d) +(?=[+-]\d\d:?\d\d$|Z$)")
_RFC_2822 = lazy(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: .*)?")
_NUMBER = lazy(r"-?\d{5,19}(?:\.\d+)?")
_NUMERIC = lazy(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d\d)\b")
_WRAPPED = lazy(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_WEEK = lazy(r"\d{4}-W\d\d-\d")
_ORDINAL = lazy(r"\d{4}-\d{3}")
_PLACE = lazy(r"\s*(?:\[[A-Za-z_/+-]+\]|\([^()]*\)|(?<=\d) [A-Z][a-z]+/[A-Z][A-Za-z_]+)$")
_ISO_ZONED = lazy(
    r"(\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?[+-]\d\d:?\d\d|Z)?)(?: ([A-Za-z]{1,5}))?"
)
_CLOCK = lazy(
    r"(?P<weekday>[A-Za-z]{3}) (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2})(?: (?P<year>\d{4}))? \d\d:\d\d:\d\d"
    r"(?: (?:GMT)?[+-]\d{4}| [A-Z]{2,4})*(?: (?P<year2>\d{4}))?"
)
_RFC_850 = lazy(r"[A-Z][a-z]+day, (?P<day>\d\d)-(?P<month>[A-Z][a-z]{2})-(?P<year>\d\d) \d\d:\d\d:\d\d.*")
_PUBLISHED = lazy(r"\bpublished(?: on| at)?:?\s([^;|]*)", re.IGNORECASE)
_SHEET_DAYS = (36_526, 73_051)  # 2000 to 2099
ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
         "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "MSK": 3, "JST": 9, "KST": 9}  # fmt: skip
_IN_ADDRESS = lazy(
    r"//[^/?#]+/(?:[^?#]*[/_-])?(?P<year>(?:19|20)\d\d)(?P<mark>[/_-]?)(?P<month>0[1-9]|1[0-2])(?P=mark)"
    r"(?P<day>0[1-9]|[12]\d|3[01])(?:[/_.-]|$)"
)
_NO_MOMENT = datetime(1970, 1, 1)
_LONGEST = 100  # characters of a date with what may stand around it


def parse_published(
    value: object, *, today: date | None = None, day_first: bool | None = None
) -> date | datetime | None:
    """When an article was published, or None: unknown, ambiguous, before 1600 or later than tomorrow.

    Takes ISO 8601, RFC 2822, seconds or smaller units since 1970, objects of databases, and dates in words;
    a time of day is kept from all but the last. `day_first` tells what 3/4/2021 is.
    """
    moment = _parse(value, day_first=day_first)
    return None if moment is None or _unbelievable(moment, today) else moment


def why_refused(value: object, *, today: date | None = None, day_first: bool | None = None) -> str | None:
    """Why the date that a value gives is not taken; None where it is, or gives none."""
    moment = _parse(value, day_first=day_first)
    if moment:
        why = _unbelievable(moment, today)
        return f"{moment.isoformat()} {why}" if why else None
    text = " ".join(str(value).split())[:60] if isinstance(value, str | int | float) else ""
    if not text or isinstance(value, bool) or not any(char.isalnum() for char in text):
        return None
    if _NUMERIC.match(text) and not text.startswith("0000"):
        return f"{text} can be two days; say which with --day-first or --month-first"
    return f"{text} names no one day"


def day_in_address(url: str | None) -> date | None:
    """The day in the path of an address: /2019/02/15/, /2019-02-15-summit, /20190215/; None without one."""
    found = _IN_ADDRESS.search(url or "")
    return parse_published(calendar_day(*map(int, found.group("year", "month", "day")))) if found else None


def _unbelievable(moment: date | datetime, today: date | None) -> str | None:
    if isinstance(moment, datetime) and moment.replace(tzinfo=None) == _NO_MOMENT:
        return "is what databases write for no date"
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


def _parse(value: object, *, day_first: bool | None = None) -> date | datetime | None:
    if isinstance(value, datetime | date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(float(value)) if abs(value) < 1e19 else None  # nan too
    if isinstance(value, list) and value:
        return _parse(value[0], day_first=day_first)
    if isinstance(value, Mapping):
        return _of_object(value)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = " ".join(value.split())
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[1]
    if _NUMBER.fullmatch(text):
        return _digits(text) or _since_1970(float(text))
    return _iso(text) or _rfc_2822(text) or _as_machines_write(text) or _in_words(text, day_first)


def _of_object(value: Mapping[object, object]) -> date | datetime | None:
    """{"$date": ...}, {"$numberLong": "..."}, {"year": 2024, "month": 3, "day": 5}."""
    for name in ("$date", "$numberLong", "iso", "date", "value", "utc", "rendered"):
        if name in value:
            return None if isinstance(value[name], Mapping) and name == "date" else _parse(value[name])
    parts = [value.get(name) for name in ("year", "month", "day")]
    return calendar_day(*parts) if all(type(part) is int for part in parts) else None  # type: ignore[arg-type]


def _digits(text: str) -> date | datetime | None:
    """20240305093000, 202403050930 and 20240305."""
    if len(text) == 8 and text[:2] in ("16", "17", "18", "19", "20"):
        return calendar_day(int(text[:4]), int(text[4:6]), int(text[6:]))
    for length, form in ((14, "%Y%m%d%H%M%S"), (12, "%Y%m%d%H%M")):
        if len(text) == length and text[:2] in ("19", "20"):
            try:
                return datetime.strptime(text, form)
            except ValueError:
                return None
    return None


def _since_1970(seconds: float) -> date | datetime | None:
    """Seconds, or a smaller unit where they are many; days as a spreadsheet counts them where they are few.

    Other small numbers are years, or counters.
    """
    if _SHEET_DAYS[0] <= seconds < _SHEET_DAYS[1]:
        return date(1899, 12, 30) + timedelta(days=int(seconds))
    while abs(seconds) >= 1e11:
        seconds /= 1000
    plausible = 1e8 <= abs(seconds) < 1e10  # until 2286; before 1970, since 1653
    return datetime.fromtimestamp(seconds, UTC) if plausible else None


def _as_machines_write(text: str) -> date | datetime | None:
    """2024-065, 20240305T093000Z, "2024-03-05 09:30:00 UTC", RFC 850, asctime and JavaScript's."""
    if _ORDINAL.fullmatch(text):
        return _moment(text, "%Y-%j")
    if _WEEK.fullmatch(text):
        return _moment(text, "%G-W%V-%u")
    plain = _PLACE.sub("", text)
    if marked := _ISO_ZONED.fullmatch(plain):
        day = _iso(marked[1].replace("/", "-").replace(" ", "T", 1))
        if isinstance(day, datetime) and day.tzinfo is None and marked[2]:
            hours = ZONES.get(marked[2].upper())
            return day.replace(tzinfo=timezone(timedelta(hours=hours))) if hours is not None else day
        return day
    if clock := _CLOCK.fullmatch(plain):
        month = month_number(clock["month"])
        day = calendar_day(int(clock["year"] or clock["year2"]), month, int(clock["day"]))
        return day if day and day.weekday() == weekday_number(clock["weekday"]) else None
    if short := _RFC_850.fullmatch(plain):
        year = int(short["year"])
        return calendar_day(
            year + (2000 if year < 70 else 1900), month_number(short["month"]), int(short["day"])
        )
    return None


def _moment(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


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


def _in_words(text: str, day_first: bool | None = None) -> date | None:
    """The one day that the text names, where it names exactly one; of several the one it calls published."""
    days = set(_days(text, day_first))
    if len(days) > 1 and (published := _PUBLISHED.search(text)):
        days = set(_days(published[1], day_first))
    if days:
        return days.pop() if len(days) == 1 else None
    return day_in_words(text)


def _days(text: str, day_first: bool | None) -> Iterator[date | None]:
    for found in _WRITTEN.finditer(text):
        day = _day_of(found, day_first)
        weekday = found["weekday"]
        agrees = day is None or not weekday or day.weekday() == weekday_number(weekday)
        yield day if agrees else None


def _day_of(found: re.Match[str], day_first: bool | None) -> date | None:
    if found["year1"]:
        return calendar_day(int(found["year1"]), month_number(found["month1"]), int(found["day1"]))
    if found["year2"]:
        return calendar_day(int(found["year2"]), month_number(found["month2"]), int(found["day2"]))
    if found["year3"]:
        return calendar_day(int(found["year3"]), int(found["month3"]), int(found["day3"]))
    year, first, second = int(found["year4"]), int(found["first"]), int(found["second"])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if found["mark4"] == ".":  # no country writes the month first with points
        day_first = True
    if day_first is not None and max(first, second) <= 12:
        return calendar_day(year, *((second, first) if day_first else (first, second)))
    readings = {calendar_day(year, first, second), calendar_day(year, second, first)} - {None}
    return readings.pop() if len(readings) == 1 else None


def order_in(values: Iterable[object]) -> bool | None:
    """True where a column of dates like 25/3/2024 puts the day first, False for the month; None: undecided.

    All of them must be of that form, and none may say otherwise.
    """
    orders: set[bool] = set()
    for value in values:
        if value in (None, ""):
            continue
        found = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
        if not found:
            return None
        first, second = int(found[1]), int(found[2])
        if max(first, second) > 12:
            orders.add(first > 12)
    return orders.pop() if len(orders) == 1 else None
