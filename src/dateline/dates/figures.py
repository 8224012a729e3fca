"""Dates and times of day in figures: the kind of token that each form is, and its value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from dateline.dates.days import Clock, one_day, timed, unknown


def _number(text: str) -> tuple[str, object]:
    number = int(text) if len(text) < 9 else 0
    if len(text) == 8 and text[:2] in ("19", "20"):
        return _calendar_day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 4 and 1000 <= number < 2200:
        return "year", number
    return ("small" if len(text) <= 2 and 1 <= number <= 31 else "big"), number


def _numeric(text: str) -> tuple[str, object]:
    """2019-02-08; 2/8/2019, the American way unless that is no date; 8.2.2019 likewise."""
    first, second, third = (int(part) for part in re.split("[-/.]", text))
    lengths = [len(part) for part in re.split("[-/.]", text)]
    if lengths[0] == 4 and lengths[2] <= 2:
        return _calendar_day(first, second, third)
    if lengths[0] > 2 or lengths[2] not in (2, 4) or (lengths[2] == 2 and "." in text):
        return "x", None
    year = third if lengths[2] == 4 else third + (2000 if third < 50 else 1900)
    return _calendar_day(year, second, first) if first > 12 else _calendar_day(year, first, second)


def _calendar_day(year: int, month: int, day: int) -> tuple[str, object]:
    if not (1000 <= year < 2200 and 1 <= month <= 12 and 1 <= day <= 31):
        return "x", None
    try:
        return "date", one_day(date(year, month, day))
    except ValueError:
        return "vague", unknown("the calendar has no such day")


def _slashed(text: str) -> tuple[str, object]:
    """4/22 is a date, 1/16 a fraction; 4/8 may be either, and is a date where the grammar says so."""
    first, second = (int(part) for part in text.split("/"))
    month, day = (second, first) if first > 12 else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return "x", None
    if text == "9/11":
        return "date", one_day(date(2001, 9, 11))
    padded = text[0] == "0" or "/0" in text
    sure = padded or (first <= 12 and day > 12 and day not in (16, 20, 25))
    if first > 12 and not padded:
        return "x", None  # 24/7
    return "slashed" if sure else "fraction", (month, day)


def _clock(text: str) -> tuple[str, object]:
    figures = [int(part) for part in re.findall(r"\d+", text)]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    if not 1 <= hour <= 12 or minute > 59:
        return "x", None
    return "clock", Clock(time(hour % 12 + (12 if "p" in text.lower() else 0), minute))


def _hours(text: str) -> tuple[str, object]:
    hour, minute, second = (int(part) for part in (text + ":0").split(":")[:3])
    return (
        ("hours", Clock(time(hour, minute, second)))
        if hour < 24 and max(minute, second) < 60
        else ("x", None)
    )


def _moment(text: str) -> tuple[str, object]:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return "x", None
    return "date", timed(one_day(moment.date()), Clock(moment.time(), moment.tzinfo))


def _decade(text: str) -> tuple[str, object]:
    return "decade", int(re.sub(r"\D", "", text))


READ: dict[str, Callable[[str], tuple[str, object]]] = {
    "number": _number,
    "numeric": _numeric,
    "slashed": _slashed,
    "clock": _clock,
    "hours": _hours,
    "moment": _moment,
    "decade": _decade,
    "ordinal": lambda text: ("ordinal_figure", int(text[:-2])),
    "short_year": lambda text: ("short_year", int(text[1:])),
    "figure": lambda text: ("x", None),
    "url": lambda text: ("x", None),
    "other": lambda text: ("dot" if text == "." else "other", None),
}
