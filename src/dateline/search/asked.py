"""The one thing that a question asks for, where a short string can name it, and such strings in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.dates import resolve_dates
from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.patterns import lazy

Kind = Literal["person", "name", "place", "time", "count", "amount", "measure", "share"]

_BE = "is|are|was|were|be|been"
_VERBS = f"{_BE}|do|does|did|has|have|had|can|could|will|would|should|may|might"
YES_OR_NO = lazy(rf"(?:{_BE}|do|does|did|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)
_PLACES = "city|country|state|town|location|capital|region|province|nation|continent|island|venue|county"
_NAMED = (
    "person|player|president|minister|leader|actor|actress|author|king|queen|emperor|scientist|man|woman|"
    "team|company|organi[sz]ation|group|university|school|newspaper|band|singer|artist|film|river|ship|party"
)
_WHICH = r"\b(?:what|which)(?: [\w’'-]+){{0,2}} (?:{})s?\b"
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("time", lazy(r"\bhow long ago\b")),
    ("count", lazy(r"\bhow many\b|\b(?:what|which)(?: \w+)? number\b")),
    ("amount", lazy(r"\bhow much\b|\b(?:what|which)(?: \w+)? amount\b")),
    ("measure", lazy(r"\bhow (?:far|long|old|tall|high|big|large|fast|deep|wide|heavy)\b")),
    ("share", lazy(r"\b(?:what|which) (?:percentage|percent|proportion|share)\b")),
    ("time", lazy(r"\b(?:what|which) (?:year|month|day|date|century|decade)\b|^when\b")),
    ("place", lazy(rf"^where\b|{_WHICH.format(_PLACES)}")),
    ("person", lazy(r"^(?:[^,]{1,60}, |(?:by|with|for|to|from|of) )?who(?:m|se)?\b")),
    ("name", lazy(rf"{_WHICH.format(_NAMED)}|\bwhat (?:is|was|were|are) (?:the )?names?\b")),
)
_SEVERAL = lazy(  # things at once, or what seldom stands anywhere: a difference
    r"\b(?:who|what|when|where|why|how) (?:and|or) (?:who|what|when|where|why|how)\b|"
    r"\b(?:each|both|respectively)\b|\bby how\b"
)
_BOTH = lazy(r"\b(who|when|where) and (who|when|where)\b", re.IGNORECASE)
_DESCRIBED = lazy(r"^\W*[Ww]ho (?:is|are|was|were) [A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*\W*$")
_COUNTED = lazy(r"\bhow (?:many|much)((?: [\w’'-]+){1,2})", re.IGNORECASE)
_DOES = lazy(rf"\bwho(?: (?:\w+ly|first|also))? (?!(?:{_VERBS})\b)(\w+)", re.IGNORECASE)

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
)
_CAPITAL = rf"(?!(?:{_MONTHS})\b)(?:[A-Z][\w’'-]*\w|(?:[A-Z]\.)+|[A-Z])"
_DOT = r"(?:(?:(?<=\b[A-Z])|(?<=\b(?:St|Dr|Mr|Jr|Ms))|(?<=\b(?:Mrs|Rev|Gen|Sen)))\.)?"
_PARTICLE = r"(?:of|of the|de|van|von|der|den|du|la|le|al|bin|ibn|da|di|del|&)"
_NAME = lazy(rf"(?<![\w’'-]){_CAPITAL}(?:{_DOT} (?:{_PARTICLE} )?{_CAPITAL})*")
_NO_NAME = frozenset(
    """
    The A An In On At By For From To Of And But Or As If When While After Before Since During Although Though
    However This That These Those He She It They We I You His Her Its Their Our There Here Some Many Most One
    Two Three Four All Both Each Every With Without According Under Over Between Because So Then Also Not No
    Yes What Who Where Why How Which More Other Another Such Only Even Thus Therefore Despite Unlike Like
    Among Within Through Until Upon Today Soon Later Earlier Now
    """.split()
)
_SMALL = lazy(rf"(?:{'|'.join(_NO_NAME)}|{_PARTICLE})\.? ")
_POSSESSIVE = lazy(r"['’]s?$")

_DIGITS = r"(?:\d{1,3}(?:,\d{3})++|\d++)(?:\.\d++)?"
_UNITS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
_TENS = "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_IN_WORDS = (
    rf"\b(?:(?:one|{_UNITS}|{_TENS})(?:[- ](?:one|{_UNITS}))?|half|"
    r"(?:one|two|three)[- ](?:third|quarter|fifth)s?|(?:hundred|thousand|dozen)s?)\b"
)
_NUMBER = lazy(
    rf"(?<![\w.,-])(?:(?:US|C|A)?[$£€¥]\s?)?(?:{_DIGITS}(?:(?:–|-| to | or ){_DIGITS})?|{_IN_WORDS})"
    r"(?:[ -](?:hundred|thousand|million|billion|trillion|dozen)s?|\s?(?:bn|tn|mn|[kmb])\b)*"  # "$69bn"
    r"(?:\s?%|[- ](?:percent|per cent|percentage points?)\b)?(?!\w*\d)(?!:\d| [ap]\.?m\b)",  # no time of day
    re.IGNORECASE,
)
_UNIT = lazy(
    r"[ -](?:(?:square|cubic|metric|light)[ -])?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|"
    r"miles?|kilomet(?:er|re)s?|km|met(?:er|re)s?|m|feet|foot|ft|inch(?:es)?|acres?|hectares?|tons?|tonnes?|"
    r"kg|pounds?|dollars?|euros?|yuan|yen|degrees?|mph|km/h|decades?|centur(?:y|ies)|points?|times|"
    r"light-years?)\b"
)
_SHARE = lazy(r"%|per ?cent")
_MONEY = lazy(r"[$£€¥]|dollar|euro|pound|yuan|yen")
_AGE = lazy(r"\baged? (\d{1,3})\b", re.IGNORECASE)
_YEAR = lazy(r"(?:1[5-9]|20)\d\d")
_ANY_YEAR = lazy(r"(?<![\d,.$£€-])(?:1\d{3}|20\d\d)(?: (?:BC|AD|BCE|CE))?(?![\d,%])")
_BEFORE_PLACE = lazy(
    r"\b(?:in|at|near|from|to|of|on|outside|around|across|through|into|towards?|between|off)\s+"
    r"(?:(?:the|its|his|her|their|[a-z]+ern|modern|downtown|central)\s+)*$",
    re.IGNORECASE,
)
_AHEAD = lazy(r"\bwill\b|\bgoing to\b")
_ANY_DAY = date(2000, 1, 1)  # where the words of a time stand is the same on any day
_BEFORE_TIME = lazy(r"(?:in|on|by|since|from|during|around|about|the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of thing; the stems of what is counted ("how many BALLS"); who DOES what."""

    kind: Kind
    which: str = ""  # "what YEAR", "which COUNTRY", "how OLD"
    counted: tuple[str, ...] = ()
    does: str | None = None
    ahead: bool = False  # "when WILL": a day before the report is no answer


def asked_for(question: str) -> Asked | None:
    """What the question asks for; None where no short string could be the answer, or no rule knows it."""
    folded = " ".join(question.casefold().split())
    if YES_OR_NO.match(folded) or _SEVERAL.search(folded) or _DESCRIBED.match(question):
        return None
    found = ((match.start(), kind, match[0]) for kind, each in _ASKS if (match := each.search(folded)))
    first = min(found, default=None, key=lambda one: one[0])
    if first is None:
        return None
    _, kind, words = first
    which = words.split()[-1] if words.startswith(("what", "which", "how")) else ""
    counted = terms(match[1]) if (match := _COUNTED.search(question)) else ()
    does = terms(match[1]) if kind == "person" and (match := _DOES.search(question)) else ()
    ahead = kind == "time" and _AHEAD.search(folded) is not None
    return Asked(kind, which, tuple(counted), does[0] if does else None, ahead)


def asked_for_each(question: str) -> list[Asked]:
    """The same of a question that asks for two things at once: "when and where will they meet"."""
    both = _BOTH.search(question)
    if both is None or YES_OR_NO.match(question):
        return [one for one in [asked_for(question)] if one]
    before, after = question[: both.start()], question[both.end() :]
    return [one for word in both.groups() if (one := asked_for(f"{before}{word}{after}"))]


def strings(asked: Asked, text: str, day: date | None) -> Iterator[Span]:
    """Where things of the kind stand in a text; `day` is that of its publication."""
    match asked.kind:
        case "person" | "name":
            yield from names(text)
        case "place":
            for start, end in names(text):
                if asked.which or _BEFORE_PLACE.search(text, 0, start):
                    yield start, end
        case "time":
            yield from _times(asked, text, day)
        case _:
            yield from _numbers(asked.kind, text)
            if asked.which == "old":
                yield from (match.span(1) for match in _AGE.finditer(text))


def names(text: str) -> Iterator[Span]:
    """Where names stand: words in capitals, in a row, without the small words before them."""
    for match in _NAME.finditer(text):
        start = match.start()
        while small := _SMALL.match(text, start, match.end()):
            start = small.end()
        name = _POSSESSIVE.sub("", text[start : match.end()])
        if len(name) > 1 and name not in _NO_NAME:
            yield start, start + len(name)


def _times(asked: Asked, text: str, day: date | None) -> Iterator[Span]:
    if asked.which != "year":
        for span in resolve_dates(text, day or _ANY_DAY):
            start = span.start
            while match := _BEFORE_TIME.match(text, start, span.end):
                start = match.end()
            past = asked.ahead and day is not None and span.until is not None and span.until <= day
            if (span.since or span.until) and not past:
                yield start, span.end
    for match in _ANY_YEAR.finditer(text):
        yield match.span()


def _numbers(kind: Kind, text: str) -> Iterator[Span]:
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        unit = _UNIT.match(text, end)
        with_unit = text[start : unit.end() if unit else end]
        is_share, is_money = bool(_SHARE.search(match[0])), bool(_MONEY.search(with_unit))
        if _YEAR.fullmatch(match[0]):
            continue
        if kind == "count" and not is_share and not is_money:
            yield start, end
        elif (
            (kind == "share" and is_share)
            or (kind == "measure" and unit)
            or (kind == "amount" and (is_share or is_money or unit))
        ):
            yield start, start + len(with_unit)
