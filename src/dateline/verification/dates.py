"""Months, weekdays, days of a month and years, each as a key of its own: "month 2", "year 2019"."""

from __future__ import annotations

import re

from dateline.verification.numbers import Raw

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NAMES = (
    {name: f"month {number}" for number, name in enumerate(_MONTHS, 1)}
    | {name[:3]: f"month {number}" for number, name in enumerate(_MONTHS, 1)}
    | {"sept": "month 9"}
    | {day[:length]: f"weekday {number}" for number, day in enumerate(_DAYS, 1) for length in (3, 4, 5, 10)}
)
_ALSO_WORDS = frozenset(
    ("may", "march", "mar", "jan", "sat", "sun", "wed", "mon", "thu", "dec", "satu", "fri")
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST_DAY = 31


def named_date(word: str, raw: Raw, place: int) -> str | None:
    """The key of a month or weekday, in lower case, at a piece; None for any other word.

    What is also a common word or name ("may", "Jan") counts beside a number, or in capitals with a full stop.
    """
    key = _NAMES.get(word)
    if key is None or word not in _ALSO_WORDS:
        return key
    beside = [*raw[max(0, place - 1) : place], *raw[place + 1 : place + 3]]
    dotted = raw[place + 1 : place + 2] and raw[place + 1][0] == "." and raw[place][0][0].isupper()
    if any(text[0].isdecimal() for text, _, _ in beside) or (dotted and word != "may"):
        return key
    return None


def numbered_date(word: str, raw: Raw, place: int, after: int) -> str | None:
    """The key of a day or year that is the number in raw[place:after]; None for any other number.

    A number beside a month is a day; one of four digits from 1900 to 2099 is a year, and so are the two last
    digits in "2018-19".
    """
    if _YEAR.fullmatch(word):
        return f"year {word}"
    before = [text.casefold() for text, _, _ in raw[max(0, place - 2) : place]]
    if len(before) == 2 and _YEAR.fullmatch(before[0]) and before[1] == "-" and re.fullmatch(r"\d\d", word):
        return f"year {before[0][:2]}{word}"
    following = [text.casefold() for text, _, _ in raw[after : after + 2]]
    near = [*before[-1:], *following[:1]]
    near += before[:1] if before[-1:] == ["."] else []  # Feb. 8
    near += following[1:] if following[:1] == ["of"] else []  # the 8th of February
    day = re.match(r"\d{1,2}", word)
    beside_month = any(_NAMES.get(text, "").startswith("month") for text in near)
    return f"day {int(day[0])}" if day and beside_month and 1 <= int(day[0]) <= _LAST_DAY else None
