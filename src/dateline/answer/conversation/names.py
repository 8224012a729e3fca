"""The names in a question or an answer, and what kind of thing each seems to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.answer.conversation.places import ADJECTIVES, PLACES
from dateline.patterns import lazy

Kind = Literal["person", "place", "thing", "unknown"]

AUXILIARIES = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must)"
    r"(?:n['’]t)?"
)
_TITLES = (
    r"(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|King|Queen|Prince|Princess|Pope|President|Chancellor|Chairman|Senator|"
    r"Governor|General|Archbishop|Bishop|Judge|Justice|Professor|Prime Minister|Vice President|"
    r"Secretary of State|Foreign Minister|Secretary|Minister|Mayor|Coach|Captain)"
)
_WORD = (
    r"(?:(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov)\.|(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|[A-Z][\w-]*(?:['’][\w-]{2,})?)"
)
_JOINS = (
    r"(?:(?:(?<=House )|(?<=Bank )|(?<=Secretary )|(?<=University )|(?<=Council ))of|de|la|van|von|der|bin)"
)
_NAME = lazy(rf"(?<![\w'’-])(?:\d+ (?=[A-Z]))?{_WORD}(?: (?:{_JOINS} )*{_WORD})*(?![\w])")
_TITLED = lazy(rf"{_TITLES}\b", re.IGNORECASE)
_THINGS = lazy(
    r"\b(?:\w*\d\w*|[A-Z]{2,}|[A-Z][a-z]+[A-Z]\w*|Air(?:lines|ways)?|University|Party|Cup|Games|Prize|Committee|"
    r"Commission|Council|Court|Church|Cathedral|Company|Corp|Inc|Group|Institute|Ministry|Department|Parliament|"
    r"Senate|Congress|House|Union|Nations|League|Cyclone|Hurricane|Typhoon|Act|Bank|Agency|Association|Post|"
    r"Times|Declaration|Agreement|Treaty|Mass|Flight|Center|Centre|Assembly|Army|Force|Reserve|Island|River|Sea|Lake|Street|Square)\b"
)
_NOT_NAMES = frozenset(
    "i a an the this that these those it he she they we you his her its their my our your in on at by for "
    "from to of with about after before since until during and or but so if as is are was were do does did "
    "has have had can could will would should shall may might must what when where which who whom whose why "
    "how not no yes tell explain describe show list give name please also then there here now one some many "
    "most all both each january february march april june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday mr mrs ms".split()
)
_INSIDE = lazy(r"\b((?:in|at|near|into|outside|across|around|inside)(?: the)?) $", re.IGNORECASE)
_ARTICLE = lazy(r"\b(?:the|an?) $", re.IGNORECASE)
_AUXILIARY = lazy(rf"\b{AUXILIARIES} $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands in its text, without what makes it a possessive."""

    text: str
    start: int
    end: int
    kind: Kind
    subject: bool = False  # an auxiliary stands before it: "did Trump"
    possessive: bool = False
    inside: str = ""  # the preposition of place before it, with its article: "in", "at the"

    @property
    def words(self) -> frozenset[str]:
        """In lower case."""
        return frozenset(self.text.casefold().split())

    def may_be_a_person(self) -> bool:
        """False where nothing speaks for a person: "about Brexit"."""
        if self.kind == "unknown":
            return self.subject or self.possessive or " " in self.text
        return self.kind == "person"


def names(text: str) -> list[Name]:
    """The names of a text, in its order: runs of words with a capital."""
    return list(_names(text))


def _names(text: str) -> Iterator[Name]:
    for match in _NAME.finditer(text):
        start, end = _trimmed(match)
        if start == end:
            continue
        found = text[start:end]
        alone = " " not in found and not re.match(r"['’]", text[end:])
        if alone and re.search(r"(?:^|[.?!] )[\"“]?$", text[:start]) and found.casefold() not in PLACES:
            continue  # a capital that begins a sentence says nothing
        inside = _INSIDE.search(text[:start])
        possessive = re.match(r"['’]s?(?!\w)", text[end:]) is not None
        yield Name(
            found, start, end, _kind(found, text[:start]),
            subject=not possessive and _AUXILIARY.search(text[:start]) is not None,
            possessive=possessive,
            inside=inside[1] if inside else "",
        )  # fmt: skip


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """Where the name begins and ends, without words that are no names at either end."""
    start, end = match.span()
    text = match.string
    while start < end:
        first = text[start:end].split()[0]
        if first.casefold() not in _NOT_NAMES or _is_name_of_may(text, start, end):
            break
        start = min(end, start + len(first) + 1)
    while start < end and (last := text[start:end].split()[-1]).casefold() in _NOT_NAMES:
        if _is_name_of_may(text, end - len(last), end):
            break
        end = max(start, end - len(last) - 1)
    return start, end


def _is_name_of_may(text: str, start: int, end: int) -> bool:
    """Whether "May" is a person: a possessive, or between a verb or name and what is no number."""
    if text[start:end].split()[0] != "May" or start == 0:
        return False
    month = re.search(
        r"\b(?:in|of|by|since|until|during|last|next|early|late|mid|this|on)[ -]$", text[:start]
    )
    return not month and not re.match(r" \d", text[end:])


def _kind(found: str, before: str) -> Kind:
    folded = found.casefold()
    if folded in PLACES:
        return "place"
    if _TITLED.match(found) or re.search(rf"\b{_TITLES}\.? $", before, re.IGNORECASE):
        return "person"
    if _INSIDE.search(before):
        return "place"
    if folded.split()[0] in ADJECTIVES or _ARTICLE.search(before) or _THINGS.search(found):
        return "thing"
    return "unknown"
