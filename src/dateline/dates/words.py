"""The words of time: the class of each, which grammar.py speaks of, and its value.

To add a word, write it into the block of its class. A class without values is a mere sign of the grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time, timedelta, timezone

_MONTHS = "january february march april may june july august september october november december"
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday"
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_UNITS = "day week weekend month quarter year decade century"
# Hours ahead of UTC, of the zones that news names; "ET" and the like are told summer from winter by the day.
_ZONES = {
    **{"gmt": 0, "utc": 0, "bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "ist": 5.5},
    **{"hkt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "hst": -10, "akst": -9, "akdt": -8},
    **{"pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "cst": -6, "cdt": -5, "est": -5, "edt": -4},
}

SIGNS = {
    "a": "a an",
    "the": "the",
    "of": "of",
    "in": "in during",
    "within": "within",
    "on": "on",
    "at": "at",
    "for": "for over",
    "from": "from",
    "with": "with",
    "starting": "starting beginning commencing",
    "to": "to",
    "until": "until till",
    "through": "through thru",
    "and": "and",
    "or": "or",
    "between": "between",
    "by": "by",
    "since": "since",
    "before": "before",
    "after": "after",
    "prior": "prior",
    "advance": "advance",
    "than": "than",
    "more": "more",
    "less": "less fewer",
    "no": "no",
    "ago": "ago",
    "hence": "hence",
    "earlier": "earlier sooner",
    "later": "later",
    "now": "now",
    "currently": "currently nowadays presently",
    "recent": "recent",
    "recently": "recently lately",
    "past": "past",
    "future": "future",
    "near": "near foreseeable distant ",
    "coming": "coming",
    "few": "few",
    "couple": "couple",
    "several": "several many",
    "each": "each every per",
    "ended": "ended ending",
    "began": "began begun",
    "rest": "rest remainder",
    "so": "so",
    "far": "far",
    "same": "same",
    "that": "that",
    "fiscal": "fiscal financial",
    "local": "local",
    "time": "time",
    "my": "my",
    "q": "q",
    "h": "h",
    "things": """
        people persons men women children students workers employees soldiers troops players patients
        residents voters votes members victims passengers homes houses cars vehicles units copies shares
        points yards goals runs meters metres miles kilometers kilometres km feet acres hectares tons
        tonnes pounds kilograms kg lbs dollars euros cases deaths jobs words pages calories degrees
        percent hp rpm mph seats square hours minutes seconds games matches wins hits
        avenue ave street road boulevard blvd
    """,
    "roughly": """
        about nearly almost roughly approximately around some least most only exactly
        route highway flight interstate
    """,
}

VALUES: dict[str, Mapping[str, object]] = {
    "month": {name: number for number, name in enumerate(_MONTHS.split(), 1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}
    | {"sept": 9},
    "weekday": {name: number for number, name in enumerate(_WEEKDAYS.split())},
    "weekdays": {f"{name}s": number for number, name in enumerate(_WEEKDAYS.split())},
    "short_weekday": {name[:3]: number for number, name in enumerate(_WEEKDAYS.split())}
    | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
    "season": {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12},  # the month it begins with
    "unit": {name: name for name in _UNITS.split()},
    "units": {f"{name}s": name for name in _UNITS.split()} | {"centuries": "century"},
    "half": {"half": "half"},
    "clock_unit": {"hour": "hours", "minute": "minutes", "hours": "hours", "minutes": "minutes"}
    | {"seconds": "seconds"},
    "part": {name: name for name in ("morning", "afternoon", "evening", "night")},
    "today": {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "tmrw": 1},
    "noon": {"noon": time(12), "midday": time(12), "midnight": time(0)},
    "step": {"last": -1, "this": 0, "current": 0, "next": 1, "upcoming": 1},
    "told_step": {"previous": -1, "preceding": -1, "latest": -1, "following": 1, "subsequent": 1},
    "early": {"early": "early", "late": "late", "mid": "mid"},
    "end": {"beginning": "beginning", "start": "beginning", "middle": "middle", "end": "end"},
    "number_word": {word: number for number, word in enumerate(_NUMBERS.split())}
    | {f"{word}ty": ten for word, ten in (("thir", 30), ("for", 40), ("fif", 50), ("six", 60))}
    | {"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000},
    "ordinal": {word: number for number, word in enumerate(_ORDINALS.split(), 1)} | {"thirtieth": 30},
    "decade_word": {f"{word}ties": ten for word, ten in (("twen", 20), ("thir", 30), ("for", 40))}
    | {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90, "tens": 10}
    | {"noughties": 0, "thousands": 0},
    "zone": {name: timezone(timedelta(hours=hours), name.upper()) for name, hours in _ZONES.items()},
    "us_zone": {"et": -5, "ct": -6, "mt": -7, "pt": -8, "eastern": -5, "central": -6, "pacific": -8},
}


def _vocabulary() -> Iterator[tuple[str, tuple[str, object]]]:
    for name, words in SIGNS.items():
        yield from ((word, (name, None)) for word in words.split())
    for name, values in VALUES.items():
        yield from ((word, (name, value)) for word, value in values.items())


# Word → (class, value). A word in two blocks is of the later one.
VOCABULARY: dict[str, tuple[str, object]] = dict(_vocabulary())
# Written with a full stop: it belongs to the word.
ABBREVIATED = frozenset({name[:3] for name in (_MONTHS + " " + _WEEKDAYS).split()} - {"may"}) | {
    *("sept", "tues", "weds", "thur", "thurs")
}
# A sentence with none of these, and no number, speaks of no days.
ANCHORS = frozenset(
    {"nineteen", "thousand"}
    | {
        word
        for word, (name, _) in VOCABULARY.items()
        if name
        in {
            *("month", "weekday", "short_weekday", "season", "unit", "units", "clock_unit", "today", "part"),
            *("noon", "now", "currently", "recently", "recent", "future", "decade_word"),
        }
    }
)
