"""The kinds of thing that questions ask for, and texts that hold one."""

from __future__ import annotations

import re

from dateline.patterns import lazy
from dateline.search.question import Question, Wanted

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
_CAPITAL = rf"(?!(?:{_MONTHS}|{_DAYS}|{_SHORT_MONTHS})\b)[A-Z]\w+"
_NAME = rf"(?<=\s)[\"“(]?{_CAPITAL}"
_PLACE = (
    r"\b(?:in|at|near|from|to|of|on|outside|around|across|through|into|towards?|between|and|,)\s+"
    rf"(?:(?:the|its|his|her|their|\w+ern)\s+)?{_CAPITAL}"
)
_HOLDS: dict[Wanted, re.Pattern[str]] = {
    "number": lazy(
        r"\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|"
        r"million|billion|half|dozens?|twice|once|first|second|third)\b",
        re.IGNORECASE,
    ),
    "time": lazy(
        rf"\b(?:1\d{{3}}|20\d\d|{_MONTHS}|{_DAYS}|(?:{_SHORT_MONTHS})\.|century|"
        r"today|yesterday|tomorrow|last (?:week|month|year)|next (?:week|month|year))"
    ),
    "person": lazy(_NAME),
    "place": lazy(_PLACE),
}
_WORD = lazy(r"\w+")
_ASKS_WHY = lazy(r"\bwhy\b|\b(?:what|which) (?:\w+ )?(?:caused?|reasons?|led|prompted)\b", re.IGNORECASE)
_REASON = lazy(
    r"\b(?:because|due to|owing to|thanks to|as a result|result(?:ed|s|ing)? (?:of|from|in)|"
    r"caus(?:e|es|ed|ing)|reasons?|so that|in order to|therefore|led to|to (?:avoid|prevent|protect)|"
    r"blam(?:e|es|ed|ing)|citing|prompted|in response)\b",
    re.IGNORECASE,
)
_ASKS_WHO = lazy(
    r"^\W*(?:[Ww]ho|[Ww]hat) (?:is|are|was|were) ((?:the )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*)\W*$"
)
_DEFINED = r"{}(?:,| \([^)]*\))? (?:(?:is|are|was|were|became) )?(?:an?|the|one of|\w+['’]s)\b"


def fit(question: Question, text: str) -> float:
    """Share of the wanted kinds of thing that a text holds, 0 to 1; 1 where any text would do.

    What the question itself names is no answer to it: it does not count.
    """
    patterns = [_HOLDS[kind] for kind in question.wanted if kind in _HOLDS]
    if not patterns:
        return 1.0
    known = set(_words(question.text))
    held = [any(_words(one[0])[-1] not in known for one in each.finditer(text)) for each in patterns]
    return sum(held) / len(patterns)


def asks_why(question: Question) -> bool:
    """Whether a reason is asked for."""
    return _ASKS_WHY.search(question.text) is not None


def tells(question: Question, text: str) -> bool:
    """Whether a text gives the reason that is asked for, or says who or what the one asked about is."""
    if asks_why(question):
        return _REASON.search(text) is not None
    if match := _ASKS_WHO.match(question.text):
        name = re.escape(match[1].split()[-1])
        return re.search(_DEFINED.format(name), text) is not None
    return False


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
