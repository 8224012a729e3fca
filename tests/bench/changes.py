"""Ways of changing one fact of a sentence: a number, unit, name, date, place, "not", "may", speaker or role.

Each takes a sentence and a source of chance, and gives the changed sentence; None where it has no such fact.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

Change = Callable[[str, random.Random], str | None]
Match = re.Match[str]

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December "
    "Jan. Feb. Aug. Sept. Oct. Nov. Dec."
).split()
PLACES = (
    "Afghanistan|Argentina|Australia|Austria|Belgium|Brazil|Britain|Canada|Chile|China|Colombia|Cuba|Egypt|"
    "England|Finland|France|Germany|Greece|Haiti|Hungary|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Japan|"
    "Kenya|Lebanon|Mexico|Morocco|Nigeria|Norway|Pakistan|Peru|Poland|Portugal|Qatar|Romania|Russia|Scotland|"
    "Singapore|Spain|Sweden|Switzerland|Syria|Taiwan|Thailand|Turkey|Ukraine|Venezuela|Vietnam|Wales|Yemen|"
    "North Korea|South Korea|South Africa|New Zealand|Saudi Arabia|Hong Kong|Gaza|Europe|Africa|Asia|"
    "London|Paris|Berlin|Madrid|Rome|Moscow|Kyiv|Beijing|Tokyo|Seoul|Delhi|Sydney|Melbourne|Dubai|Cairo|"
    "Manchester|Liverpool|Barcelona|Munich|Milan|Toronto|Chicago|Boston|Seattle|Denver|Atlanta|Houston|Dallas|"
    "Miami|Philadelphia|Detroit|Phoenix|Las Vegas|Los Angeles|San Francisco|San Diego|New York|New Orleans|"
    "Alabama|Alaska|Arizona|California|Colorado|Florida|Georgia|Hawaii|Illinois|Indiana|Iowa|Kansas|Kentucky|"
    "Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Montana|Nevada|New Jersey|New Mexico|Ohio|"
    "Oklahoma|Oregon|Pennsylvania|Tennessee|Texas|Utah|Vermont|Virginia|Wisconsin|Wyoming"
).split("|")
_SMALL = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_UNITS = (
    ("percent", "per cent", "%", "million", "billion"),
    ("million", "billion", "thousand", "trillion"),
    ("miles", "kilometers", "meters", "feet", "yards"),
    ("seconds", "minutes", "hours", "days", "weeks", "months", "years"),
    ("kilograms", "pounds", "tonnes", "ounces", "grams", "tons"),
    ("dollars", "euros", "yen", "rubles"),
    ("gallons", "liters", "barrels"),
)
_SIGNS = "$£€"
_PERCENT = ("percent", "per cent", "%")
_NUMBER = re.compile(
    r"(?<![\w.,$£€-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w,.-]*\d)(?=%|\b)(?!-|(?:st|nd|rd|th)\b)"
)
_PERSON = r"[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}"
_NAME = re.compile(rf"(?<=[a-z,;] ){_PERSON}(?![\w’'-])")
_NO_NAME = frozenset(
    (
        *DAYS,
        *MONTHS,
        *"The This That These They She But And One His Her Who You What Also When How If".split(),
    )
)
_SAID = r"(?:said|says|told|added|explained|argued|announced|wrote|warned|insisted|claimed|noted)"
_SPEAKER = re.compile(
    rf"(?:^|(?<=[,”\"’] )|(?<=and )){_PERSON}(?= {_SAID} )|(?<=said |says ){_PERSON}(?=[.,])"
    rf"|(?<=ccording to ){_PERSON}(?=[.,])"
)
_AUXILIARY = re.compile(r"(?<=[a-z] )(?:is|are|was|were|will|would|could|should|can)(?= (?!not\b)[a-z])")
_NOT = re.compile(
    r"(?<=\b(?:is|as|re|ve|ld|ll|do|id|es|ad|an|ay) )(?:not|never) (?!only|just|necessarily|until|to\b|yet)"
    r"|(?<=\b(?:is|do|as|re|ve|id|es|ld|ad))(?<!wo)(?<!ca)n[’']t\b"
)
_MODAL = {"will": "may", "may": "will", "might": "will", "could": "will", "plans to": "refused to"}
_NEAR = 0.5  # how often another fact of the same article is put in, rather than one from elsewhere


def of_article(texts: Sequence[str], spoke: Sequence[str]) -> Mapping[str, Change]:
    """Every kind of change; names and numbers are taken from these sentences of the same article.

    `spoke` are people who say something in the corpus, for an article with one speaker.
    """
    return {
        "number": partial(_number, pool=[number for text in texts for number in _NUMBER.findall(text)]),
        "unit": _unit,
        "name": partial(_name, pool=[name for text in texts for name in _NAME.findall(text)]),
        "date": _date,
        "place": partial(_place, pool=[place for place in PLACES if any(place in text for text in texts)]),
        "negation": _negation,
        "speaker": partial(_speaker, pool=speakers(texts), others=spoke),
        "modality": _modality,
        "roles": _roles,
    }


def speakers(texts: Iterable[str]) -> list[str]:
    """The names of who says something."""
    return [match[0] for text in texts for match in _SPEAKER.finditer(text) if _usable(match[0])]


def _number(text: str, draw: random.Random, pool: Sequence[str]) -> str | None:
    words = list(re.finditer(rf"\b(?:{'|'.join(_SMALL)})\b", text))
    if words and draw.random() < 0.3:
        return _put(text, draw.choice(words), draw.choice([word for word in _SMALL if word not in text]))
    if not (matches := [match for match in _NUMBER.finditer(text) if not _is_date(text, match)]):
        return None
    match = draw.choice(matches)
    near = [number for number in pool if number not in text and not 1900 < _value(number) < 2100]
    if near and draw.random() < _NEAR:
        return _put(text, match, draw.choice(near))
    changed = _value(match[0]) * draw.choice([0.5, 0.8, 1.25, 2, 3]) + draw.choice([1, 2, 3])
    style = f"{',' * (',' in match[0])}.{len(match[0].partition('.')[2])}f"
    return _put(text, match, format(changed, style))


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _is_date(text: str, match: Match) -> bool:
    year = len(match[0]) == 4 and match[0][:2] in ("19", "20")
    return year or any(word in MONTHS for word in text[: match.start()].split()[-1:])


def _unit(text: str, draw: random.Random) -> str | None:
    if (sign := re.search(rf"[{_SIGNS}](?=\d)", text)) and draw.random() < _NEAR:
        return _put(text, sign, draw.choice(_SIGNS.replace(sign[0], "")))
    for family in draw.sample(_UNITS, len(_UNITS)):
        for unit in draw.sample(family, len(family)):
            if match := re.search(rf"(?<=\d)[ -]?{re.escape(unit)}(?!\w)", text):
                same = _PERCENT if unit in _PERCENT else (unit,)
                other = draw.choice([one for one in family if one not in same])
                return _put(text, match, other if other == "%" else f" {other}")
    return None


def _name(text: str, draw: random.Random, pool: Sequence[str]) -> str | None:
    matches = [match for match in _NAME.finditer(text) if _usable(match[0]) and match[0] not in PLACES]
    others = [name for name in pool if _usable(name) and name not in PLACES and not _alike(name, text)]
    return _put(text, draw.choice(matches), draw.choice(others)) if matches and others else None


def _usable(name: str) -> bool:
    return _NO_NAME.isdisjoint(name.split())


def _alike(name: str, text: str) -> bool:
    return any(word in text for word in name.split())


def _date(text: str, draw: random.Random) -> str | None:
    days = list(re.finditer(rf"\b(?:{'|'.join(DAYS)})\b", text))
    months = list(re.finditer(rf"\b(?:{'|'.join(map(re.escape, MONTHS))}) \d{{1,2}}\b(?!:)", text))
    years = list(re.finditer(r"(?<=[a-z,] )(?:19|20)\d\d\b(?![-’'%])", text))
    if not (kinds := [kind for kind in (days, months, years) if kind]):
        return None
    match = draw.choice(draw.choice(kinds))
    if match[0] in DAYS:
        return _put(text, match, draw.choice([day for day in DAYS if day not in text]))
    if match[0].isdigit():
        return _put(text, match, str(int(match[0]) + draw.choice([-3, -2, -1, 1, 2])))
    month, day = match[0].split()
    if draw.random() < 0.5 and int(day) < 27:
        return _put(text, match, f"{month} {int(day) + draw.choice([1, 2])}")
    others = [one for one in MONTHS if one[:3] != month[:3] and one.endswith(".") == month.endswith(".")]
    return _put(text, match, f"{draw.choice(others)} {day}")


def _place(text: str, draw: random.Random, pool: Sequence[str]) -> str | None:
    matches = list(re.finditer(rf"\b(?:{'|'.join(PLACES)})\b(?! [A-Z])(?![’'-]\w)", text))
    near, far = ([place for place in places if place not in text] for places in (pool, PLACES))
    other = draw.choice(near if near and draw.random() < _NEAR else far)
    return _put(text, draw.choice(matches), other) if matches else None


def _negation(text: str, draw: random.Random) -> str | None:
    if there := list(_NOT.finditer(text)):
        return _put(text, draw.choice(there), "")
    if auxiliaries := list(_AUXILIARY.finditer(text)):
        match = draw.choice(auxiliaries)
        return _put(text, match, f"{match[0]} {draw.choice(['not', 'not', 'never'])}")
    return None


def _speaker(text: str, draw: random.Random, pool: Sequence[str], others: Sequence[str]) -> str | None:
    matches = [match for match in _SPEAKER.finditer(text) if _usable(match[0])]
    near, far = ([name for name in names if not _alike(name, text)] for names in (pool, others))
    return _put(text, draw.choice(matches), draw.choice(near or far)) if matches and (near or far) else None


def _modality(text: str, draw: random.Random) -> str | None:
    matches = list(re.finditer(rf"(?<=[a-z] )(?:{'|'.join(_MODAL)})(?= [a-z])", text))
    if not matches:
        return None
    match = draw.choice(matches)
    return _put(text, match, _MODAL[match[0]])


def _roles(text: str, draw: random.Random) -> str | None:
    """Two names in each other's place, a verb between them: no list, no "and"."""
    for one, other in pairwise(match for match in _NAME.finditer(text) if _usable(match[0])):
        between = text[one.end() : other.start()]
        if (
            one[0] != other[0]
            and re.search(r" (?:\w+ed|beat|told|met|won) ", between)
            and " and " not in between
        ):
            return text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
    return None


def _put(text: str, match: Match, other: str) -> str:
    return re.sub(r"  +", " ", text[: match.start()] + other + text[match.end() :])
