"""Holidays: a name as newspapers write it, and its day in a year.

To add one, write a line: in FIXED (month and day), FLOATING (month, weekday, which one; -1 the last),
AFTER_THANKSGIVING or EASTER (days after it). Names are in lower case with straight apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateline.dates.days import Stretch, days, nth_weekday, one_day
from dateline.patterns import lazy

FIXED = {
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "twelfth night": (1, 5),
    "epiphany": (1, 6),
    "orthodox christmas": (1, 7),
    "inauguration day": (1, 20),
    "australia day": (1, 26),
    "holocaust remembrance day": (1, 27),
    "groundhog day": (2, 2),
    "valentine's day": (2, 14),
    "valentines day": (2, 14),
    "leap day": (2, 29),
    "international women's day": (3, 8),
    "pi day": (3, 14),
    "st. patrick's day": (3, 17),
    "saint patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "april fool's day": (4, 1),
    "april fools day": (4, 1),
    "tax day": (4, 15),
    "earth day": (4, 22),
    "st. george's day": (4, 23),
    "anzac day": (4, 25),
    "international workers' day": (5, 1),
    "may day": (5, 1),
    "cinco de mayo": (5, 5),
    "ve day": (5, 8),
    "juneteenth": (6, 19),
    "midsummer's eve": (6, 23),
    "canada day": (7, 1),
    "independence day": (7, 4),
    "fourth of july": (7, 4),
    "july fourth": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "remembrance day": (11, 11),
    "veterans day": (11, 11),
    "pearl harbor day": (12, 7),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
FLOATING = {
    "martin luther king jr. day": (1, 0, 3),
    "martin luther king day": (1, 0, 3),
    "mlk day": (1, 0, 3),
    "presidents day": (2, 0, 3),
    "presidents' day": (2, 0, 3),
    "president's day": (2, 0, 3),
    "super tuesday": (3, 1, 1),
    "mother's day": (5, 6, 2),
    "memorial day": (5, 0, -1),
    "father's day": (6, 6, 3),
    "labor day": (9, 0, 1),
    "labour day": (9, 0, 1),
    "columbus day": (10, 0, 2),
    "indigenous peoples' day": (10, 0, 2),
    "thanksgiving day": (11, 3, 4),
    "thanksgiving": (11, 3, 4),
}
AFTER_THANKSGIVING = {
    "thanksgiving eve": -1,
    "black friday": 1,
    "small business saturday": 2,
    "cyber monday": 4,
    "giving tuesday": 5,
}
EASTER = {
    "mardi gras": -47,
    "fat tuesday": -47,
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter sunday": 0,
    "easter monday": 1,
    "easter": 0,
    "ascension day": 39,
    "whit sunday": 49,
    "pentecost": 49,
    "whit monday": 50,
}
# Days that are known by their date: the year, where the sentence has one of the words.
KNOWN_DAYS = {
    (1, 6): (2021, lazy(r"\b(?:capitol|insurrection\w*|riot\w*|committee|siege)\b", re.IGNORECASE)),
    (9, 11): (2001, lazy(r"\b(?:attacks?|terror\w*|hijack\w*|al[- ]qaeda)\b", re.IGNORECASE)),
    (10, 7): (2023, lazy(r"\b(?:hamas|massacre|hostages?)\b", re.IGNORECASE)),
}


def known_year(day: date, today: date, sentence: str) -> int | None:
    """The year that made a date a name: "the Sept. 11 attacks", if it is not to come."""
    year, words = KNOWN_DAYS.get((day.month, day.day), (None, None))
    past = year is not None and date(year, day.month, day.day) <= today
    return year if past and words and words.search(sentence) else None


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + week - 7 * ((year % 19 + 11 * moon + 22 * week) // 451) + 114, 31)
    return date(year, month, day + 1)


def election_day(year: int) -> date:
    """The Tuesday after the first Monday of November."""
    return nth_weekday(year, 11, 0, 1) + timedelta(days=1)


def holiday(name: str, year: int) -> Stretch:
    """Its days in that year. Raises KeyError for a name that is no holiday, ValueError where it has none."""
    if name in FIXED:
        return one_day(date(year, *FIXED[name]))
    if name in FLOATING:
        return one_day(nth_weekday(year, *FLOATING[name]))
    if name in AFTER_THANKSGIVING:
        return one_day(nth_weekday(year, 11, 3, 4) + timedelta(days=AFTER_THANKSGIVING[name]))
    if name in EASTER:
        return one_day(easter(year) + timedelta(days=EASTER[name]))
    return OTHERS[name](year)


OTHERS: dict[str, Callable[[int], Stretch]] = {
    "election day": lambda year: one_day(election_day(year)),
    "holy week": lambda year: days(easter(year) - timedelta(days=7), easter(year) - timedelta(days=1)),
}
NAMES = sorted({*FIXED, *FLOATING, *AFTER_THANKSGIVING, *EASTER, *OTHERS}, key=len, reverse=True)
NAME = lazy(rf"(?:{'|'.join(re.escape(name) for name in NAMES)})(?!\w)".replace("'", "['’]"), re.IGNORECASE)
FIRST_WORDS = frozenset(re.split(r"[\s'.]", name, maxsplit=1)[0] for name in NAMES)
# "eve", "gras", "halloween"; of "new year's" the word, not the lone letter, which ends every possessive
ANCHORS = frozenset([word for word in re.findall(r"[^\W\d_]+", name) if len(word) > 1][-1] for name in NAMES)
