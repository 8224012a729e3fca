"""Stretches of days and how to count in them. Weeks begin on Monday."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from dateline.types import Grain

Portion = Literal["early", "mid", "late", "beginning", "middle", "end"]
DAY = timedelta(days=1)
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `since` until the day before `until`; None where open, or unknown for a `reason`."""

    since: date | None
    until: date | None
    grain: Grain
    at: datetime | None = None
    reason: str | None = None


def unknown(reason: str, grain: Grain = "day") -> Stretch:
    """A time that is told, but names no days."""
    return Stretch(None, None, grain, reason=reason)


def ends(of: Stretch) -> tuple[date, date] | None:
    """`since` and `until`, where both are known."""
    return None if of.since is None or of.until is None else (of.since, of.until)


def one_day(day: date) -> Stretch:
    """That day."""
    return Stretch(day, day + DAY, "day")


def days(first: date, last: date) -> Stretch:
    """Both days and all between them."""
    return Stretch(first, last + DAY, "day")


def whole_year(number: int) -> Stretch:
    """January to December."""
    return Stretch(date(number, 1, 1), date(number + 1, 1, 1), "year")


def months(year: int, month: int, count: int, grain: Grain) -> Stretch:
    """So many whole months; a month above 12 is one of the next year."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return Stretch(first, moved(first, {"month": count}), grain)


def weekend(day: date) -> Stretch:
    """Saturday and Sunday of the week."""
    saturday = day + timedelta(days=5 - day.weekday())
    return Stretch(saturday, saturday + timedelta(days=2), "weekend")


def unit_at(unit: Grain, day: date, steps: int = 0) -> Stretch:
    """The unit that holds the day, or the one so many steps after it."""
    if unit == "day":
        return one_day(day + steps * DAY)
    if unit == "week":
        monday = day + timedelta(days=7 * steps - day.weekday())
        return Stretch(monday, monday + timedelta(days=7), "week")
    if unit == "weekend":
        return weekend(day + timedelta(days=7 * steps))
    size = _MONTHS_OF[unit]
    month = day.year * 12 + day.month - 1
    return months(0, (month // size + steps) * size + 1, size, unit)


def moved(day: date, amount: Mapping[str, int], sign: int = 1) -> date:
    """The day moved by so many of each unit; the 31st becomes the last day of a shorter month."""
    count = sign * sum(_MONTHS_OF[unit] * number for unit, number in amount.items() if unit in _MONTHS_OF)
    whole = day.year * 12 + day.month - 1 + count
    year, month = divmod(whole, 12)
    first = date(year, month + 1, 1)
    start = first.replace(day=min(day.day, calendar.monthrange(year, month + 1)[1]))
    extra = sum({"day": 1, "week": 7, "weekend": 7}.get(unit, 0) * number for unit, number in amount.items())
    return start + timedelta(days=sign * extra)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second ... such weekday of a month; -1 is the last. ValueError where there is none."""
    if number < 0:
        last = moved(date(year, month, 1), {"month": 1}) - DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = (weekday - first.weekday()) % 7 + 7 * (number - 1) + 1
    return first.replace(day=day)


def portion(of: Stretch, part: Portion) -> Stretch:
    """The early half, the late half, the middle; of a year its beginning, middle and end are thirds.

    What has no such part any more, as "early spring", stays as it is.
    """
    since, until = of.since, of.until
    if since is None or until is None or of.grain in ("time", "day"):
        return of
    early, late = part in ("early", "beginning"), part in ("late", "end")
    if of.grain in ("week", "month"):
        length = (until - since).days
        if of.grain == "week":
            first, last = (0, 3) if early else (3, 7) if late else (1, 5)
        else:
            first, last = (0, 15) if early else (15, length) if late else (10, 20)
        begin, end = since + first * DAY, since + last * DAY
    else:
        size = (until.year - since.year) * 12 + until.month - since.month
        thirds = part in ("beginning", "middle", "end", "mid")
        share = size // 3 if thirds else size // 2
        share -= share % 12 if size >= 120 else 0
        first, last = (0, share) if early else (size - share, size) if late else (share, size - share)
        begin, end = moved(since, {"month": first}), moved(since, {"month": last})
    return (
        replace(of, since=begin, until=end) if since <= begin < end <= until else of
    )  # "early early spring"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. A zone in hours is an American one, an hour ahead in summer."""

    time: time
    zone: tzinfo | int | None = None


def timed(of: Stretch, clock: Clock) -> Stretch:
    """The day with its time of day. Stretches of several days have none."""
    day = of.since
    if day is None or of.until != day + DAY:
        return of
    zone = clock.zone
    if isinstance(zone, int):
        summer = nth_weekday(day.year, 3, 6, 2) <= day < nth_weekday(day.year, 11, 6, 1)
        zone = timezone(timedelta(hours=zone + summer))
    return replace(of, grain="time", at=datetime.combine(day, clock.time, zone))
