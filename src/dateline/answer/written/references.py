"""What a reply says about its own evidence: "according to sentence 3", "as stated in [4] and [6]".

A reader sees no numbered sentences, so such words are taken out; their numbers are hints, as brackets are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.index.words import terms
from dateline.patterns import lazy

HINT = "\ue000"  # stands in a claim where a bracket with numbers stood

_ITEM = rf"(?:\d{{1,3}}|{HINT})"
_BETWEEN = r"(?:\s*[,;&–-]\s*(?:and\s+)?|\s+(?:and|or|to)\s+)"
_ITEMS = rf"{_ITEM}(?:{_BETWEEN}{_ITEM})*"
_HINTS = rf"{HINT}(?:{_BETWEEN}?{HINT})*"
_GIVEN = r"(?:(?:the|these|those|all|any|of|both|provided|given|above|following|numbered|cited|listed)\s+)*"
_SURELY = r"(?:sentences?|passages?|excerpts?|snippets?)"  # no law has a "Sentence 50"
_MAYBE = r"(?:statements?|lines?|references?|sources?|articles?)"
_NAMED = rf"(?:{_GIVEN}{_SURELY}\s+(?:(?:numbers?|nos?\.?)\s*|\#)?{_ITEMS}|{_GIVEN}{_MAYBE}\s+{_HINTS})"
_POINTED = rf"(?:{_NAMED}|{_HINTS})(?:{_BETWEEN}(?:{_NAMED}|{_ITEMS}))*"
_UNNUMBERED = (
    r"(?:the\s+)?(?:(?:provided|given|above|following|numbered|supplied)\s+)(?:news\s+)?"
    r"(?:sentences?|passages?|excerpts?|information|text|context|evidence|articles?|sources?)(?:\s+of\s+(?:the\s+)?(?:news\s+)?articles?)?"
)
_LEADING = (
    r"(?:,?\s*(?:as\s+)?(?:(?:is|are|was)\s+)?(?:stated|mentioned|noted|reported|described|indicated|found|"
    r"seen|shown|given|supported|cited|quoted|confirmed)\s+(?:in|by|at|from)|according\s+to|"
    r"based\s+(?:up)?on|as\s+per|per|from|in|see|by)"
)
_PHRASE = lazy(rf"(?:\(\s*)?{_LEADING}\s+(?:{_POINTED}|{_UNNUMBERED})\s*\)?(?:\s*[,:](?=\s))?", re.IGNORECASE)
_PARENTHESIS = lazy(rf"\s*\(\s*(?:{_POINTED}|\d{{1,3}}(?=\s*\)[.!?]?$))\s*\)", re.IGNORECASE)
_SUBJECT = lazy(
    rf"^\W*{_POINTED}\s+(?:says?|states?|mentions?|reports?|indicates?|notes?|shows?|confirms?)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_NUMBER = lazy(r"\d{1,3}")
_SPACES = lazy(r"\s+")
_BEFORE_STOP = lazy(r"\s+(?=[.,;:!?])")
_STOPS = lazy(r"^[\s,;:.)]+|[\s,;:(]+(?=[.!?]?$)")
# What is said of evidence and of answers, and of nothing that happened.
_OF_EVIDENCE = """
    sentence passage excerpt snippet statement line reference source article evidence information text
    context question answer reply number numbered provided given above following based according cited
    mentioned stated yes found supported supports contain contains indicate enough sufficient specific
    explicitly directly available detail details news sure okay here certainly note please
"""


@dataclass(frozen=True, slots=True)
class Unreferred:
    """A claim without its words about evidence, and the numbers that these named."""

    text: str
    numbers: tuple[int, ...]


def without_references(claim: str) -> Unreferred:
    """The claim as a reader needs it. `HINT` stands where brackets stood."""
    numbers: list[int] = []

    def take(match: re.Match[str]) -> str:
        numbers.extend(int(number) for number in _NUMBER.findall(match[0]))
        return " "

    text = claim
    for pattern in (_SUBJECT, _PARENTHESIS, _PHRASE):
        text = pattern.sub(take, text)
    text = _BEFORE_STOP.sub("", _SPACES.sub(" ", text.replace(HINT, " "))).strip()
    text = _STOPS.sub("", text).strip() if text != claim else text
    if text != claim and text[:1].islower() and claim.lstrip()[:1].isupper():
        text = text[0].upper() + text[1:]
    return Unreferred(text, tuple(dict.fromkeys(numbers)))


@cache
def of_evidence() -> frozenset[str]:
    """Stems of words that are said of evidence and of answers; a sentence of no others reports nothing."""
    return frozenset(terms(_OF_EVIDENCE))
