"""A text as sentences of tokens: words of the vocabulary, dates in figures, times of day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dateline.dates import holidays
from dateline.dates.figures import READ
from dateline.dates.words import ABBREVIATED, ANCHORS, VOCABULARY
from dateline.patterns import lazy


class Token(NamedTuple):
    """A word, a figure, a sign; or, once the grammar has read it, a time. "x" and "X" are other words."""

    kind: str
    value: object
    start: int
    end: int


_WORD = lazy(r"[^\W\d_]+")
_FIGURES = lazy(
    r"\d{4}|\d[-/:.]\d|['’‘]\d\d|\d0['’]?s|\d(?:st|nd|rd|th)\b|\d\s?[ap]\.?\s?m|\bq[1-4]\b|\bthe \d",
    re.IGNORECASE,
)
_ALL_ANCHORS = ANCHORS | holidays.ANCHORS
_KNOWN = frozenset(VOCABULARY) | holidays.FIRST_WORDS

_BREAK = lazy(r"(?P<stop>[.!?][\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9])|[ \t]*\n\s*")
_TITLE = lazy(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Sen|Rep|Gov|Rev|Hon|St|No|Nos|vs|Jr|Ft|Mt)$")
_DATED = lazy(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[ap]\.?m|u\.[sk]|mon|tues?|wed|thurs?|fri|sat|sun)$",
    re.IGNORECASE,
)
_DATE = lazy(
    r"\d|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|febr)uary|march|april|may|june|july|august"
    r"|(?:sept|nov|dec)ember|october|[ecmp][sd]?t|gmt|utc|eastern)\b",
    re.IGNORECASE,
)
_WRAPPED = range(45, 121)  # characters of a line that was wrapped: its end need not end a sentence

_TOKEN = lazy(
    r"""
    (?P<url>https?://\S+|www\.\S+)
  | (?P<word>[^\W\d_]+)
  | (?P<clock>\d{1,2}(?:[:.]\d\d){0,2}\s?[ap](?:\.\s?m\b\.?|m\b))
  | (?P<moment>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z\b|[+-]\d\d:?\d\d\b)?)
  | (?P<hours>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))
  | (?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)
  | (?P<decade>(?:1\d|20)\d0s\b|(?<=the\s)(?:1\d|20)\d0['’]s\b|['’‘]?\d0['’]?s\b)
  | (?P<numeric>\d{1,4}(?P<mark>[-/.])\d{1,2}(?P=mark)(?:\d{4}|\d{1,2})(?![\d/]|[-.]\d))
  | (?P<slashed>\d{1,2}/\d{1,2}(?![\d/]))
  | (?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+\.\d+)
  | (?P<number>\d+)
  | (?P<short_year>['’‘]\d\d\b)
  | (?P<possessive>['’]s\b)
  | (?P<comma>,)
  | (?P<spaced>(?<=\s)[-–](?=\s))
  | (?P<tight>[-‐‑–])
  | (?P<money>[$€£¥#])
  | (?P<closing>[)\]])
  | (?P<other>\S)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SPORT = lazy(
    r"\b(?:touchdowns?|yards?|quarterbacks?|halftime|scored?|scoring|points?|leads?|games?|goals?|field|rebounds?"
    r"|pass(?:es|ed)?|drives?|kick\w*|interceptions?|fumbles?|TDs?|FG|defens\w+|offens\w+|turnovers?|teams?)\b"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences that may speak of days begin and end, roughly; an abbreviated date is never cut."""
    start = 0
    for found in _BREAK.finditer(text):
        if _ends_sentence(text, found):
            if _may_speak_of_days(text[start : found.start()]):
                yield start, found.start()
            start = found.end()
    if _may_speak_of_days(text[start:]):
        yield start, len(text)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    if found["stop"]:
        if not found["stop"].startswith("."):
            return True
        near = max(0, found.start() - 6)
        if _DATED.search(text, near, found.start()):
            return not _DATE.match(text, found.end())
        return not _TITLE.search(text, near, found.start())
    if found.group().count("\n") > 1:
        return True
    runs_on = text[found.end() : found.end() + 1].islower()
    return not runs_on and found.start() - text.rfind("\n", 0, found.start()) - 1 not in _WRAPPED


def _may_speak_of_days(sentence: str) -> bool:
    """The cheap first look: most sentences hold no word of time."""
    return not _ALL_ANCHORS.isdisjoint(_WORD.findall(sentence.lower())) or bool(_FIGURES.search(sentence))


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one sentence, without white space; of several other words in a row, the first."""
    found: list[Token] = []
    position, other = start, ""
    for match in _TOKEN.finditer(text, start, end):
        group = match.lastgroup
        if group == "word":
            word = match.group()
            lower = word.lower()
            if lower not in _KNOWN:
                kind = "x" if word == lower else "X"
                if kind != other and match.start() >= position:
                    other = kind
                    found.append(_other(text, match, kind, found))
                continue
        if match.start() >= position:
            assert group is not None
            found.append(_word(match, lower, end, found) if group == "word" else _figures(match, group))
            position, other = found[-1].end, ""
    if any(token.value == "quarter" for token in found) and _SPORT.search(text, start, end):
        return [token._replace(kind="x") if token.value == "quarter" else token for token in found]
    return found


def _other(text: str, match: re.Match[str], kind: str, before: list[Token]) -> Token:
    if kind == "X" and before and before[-1].kind == "weekday":
        ahead = text[before[-1].start - 1 : before[-1].start]
        if ahead in tuple("\"“'‘") or (len(before) > 1 and before[-2].kind == "the"):
            before[-1] = before[-1]._replace(kind="X")  # the Sunday Times, “Friday Prayers”
    return Token(kind, None, match.start(), match.end())


def _word(match: re.Match[str], lower: str, limit: int, before: list[Token]) -> Token:
    text, start, end = match.string, match.start(), match.end()
    if lower in holidays.FIRST_WORDS and (name := holidays.NAME.match(text, start, limit)):
        return Token("holiday", name.group().lower().replace("’", "'"), start, name.end())
    if lower not in VOCABULARY:
        return _other(text, match, "X" if match.group()[0].isupper() else "x", before)
    kind, value = VOCABULARY[lower]
    dotted = lower in ABBREVIATED and text[end : end + 1] == "."
    if kind in _CAREFUL:
        kind = _CAREFUL[kind](match.group(), dotted, before)
    return Token(kind, value, start, end + dotted)


_BEFORE_MONTH = frozenset(("by", "from", "past", "through", "between"))


def _month(word: str, dotted: bool, before: list[Token]) -> str:
    """May, March and August are words, April and June are women."""
    if dotted or (word.isupper() and len(word) > 3):
        return "month"
    if word[0].islower():
        return "faint_month" if word in ("may", "march", "mar", "august") else "month"
    kinds = [token.kind for token in before[-2:]]
    if kinds == ["early", "tight"]:
        return "month"  # mid-April
    if word != "May" and kinds and (kinds[-1] in _BEFORE_MONTH or _joins_months(kinds)):
        return "month"  # by June, from November to April; but "by May" is of a prime minister
    careful = ("May", "March", "Mar", "April", "June", "August", "Jan", "Jun")
    return "weak_month" if word in careful else "month"


def _joins_months(kinds: list[str]) -> bool:
    return (
        len(kinds) == 2 and kinds[0] in ("month", "weak_month") and kinds[1] in ("to", "and", "or", "comma")
    )


def _short_weekday(word: str, dotted: bool, before: list[Token]) -> str:
    sure = word[0].isupper() or (dotted and word not in ("sun", "sat", "wed"))
    return "short_weekday" if sure else "x"


def _part(word: str, dotted: bool, before: list[Token]) -> str:
    if before and before[-1].kind == "weekday" and word[0].isupper() and not word.isupper():
        before[-1] = before[-1]._replace(kind="X")  # Friday Night Lights
        return "X"
    return "part"


def _today(word: str, dotted: bool, before: list[Token]) -> str:
    named = before and before[-1].kind in ("X", "the") and word[0].isupper()
    return "X" if named else "today"  # USA TODAY, the Tonight Show


def _unit(word: str, dotted: bool, before: list[Token]) -> str:
    named = before and before[-1].kind in ("the", "that", "a", "of") and word[0].isupper()
    return "X" if named and not word.isupper() else "unit"  # The Week


def _season(word: str, dotted: bool, before: list[Token]) -> str:
    return "weak_season" if word.lower() in ("fall", "spring") or word[0].isupper() else "season"


_CAREFUL: dict[str, Callable[[str, bool, list[Token]], str]] = {
    "month": _month,
    "short_weekday": _short_weekday,
    "part": _part,
    "today": _today,
    "season": _season,
    "unit": _unit,
}


def _figures(match: re.Match[str], group: str) -> Token:
    kind, value = READ[group](match.group()) if group in READ else (group, None)
    text, start, end = match.string, match.start(), match.end()
    if group == "number" and _is_part_of_a_name(text, start, end):
        kind, value = "x", None
    return Token(kind, value, start, end)


def _is_part_of_a_name(text: str, start: int, end: int) -> bool:
    """A320, 5G, MH370; but Oct2, Q3, 2016H2."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if after.isalpha() and not re.match(r"[qh][1-4]\b|years?\b", text[end : end + 5], re.IGNORECASE):
        return True
    if not before.isalpha():
        return False
    word = re.search(r"[^\W\d_]+$", text[max(0, start - 9) : start])
    return word is None or VOCABULARY.get(word.group().lower(), ("",))[0] not in ("month", "q", "h")
