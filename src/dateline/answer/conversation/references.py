"""Words that stand for something said before, and what they most likely stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.answer.conversation.exchange import time_of
from dateline.answer.conversation.names import Name, names
from dateline.patterns import lazy

_PERSON = frozenset("he she him her his hers himself herself".split())
_GROUP = frozenset("they them their theirs themselves".split())
_THING = frozenset("it its itself".split())
_POSSESSIVE = frozenset("his her its their".split())
_REFERENCE = lazy(
    rf"\b(?:{'|'.join(_PERSON | _GROUP | _THING)}|there|then|this|that|these|those)\b(?!['’]s? )",
    re.IGNORECASE,
)
_OBJECT_ENDS = lazy(
    r"\s*(?:$|[?.,;]|(?:in|at|on|to|from|with|by|for|of|about|after|before|during|and|or|when|while|that|"
    r"what|how|why|where|who|again|then|there|as|into|not)\b)"
)
_LINKING = lazy(r"\b(?:is|are|was|were|be|been|being)\s+$", re.IGNORECASE)
_POINTS = lazy(  # before "that": else it joins clauses
    r"(?:\b(?:of|about|for|to|in|with|after|before|since|than|by|on|at|like|do|did|does|done|is|was|were|are|has|had)"
    r"|^)\s+$|^$",
    re.IGNORECASE,
)
_TIME = lazy(
    r"\s+(?:year|month|week|day|morning|afternoon|evening|night|time|spring|summer|fall|autumn|winter)\b"
)
_MOTION = lazy(
    r"\b(?:go|going|gone|went|travel\w*|fly|flew|flown|get|got|come|came|arriv\w+|return\w*|mov\w+|sail\w*|dr[io]ve\w*|"
    r"sen[dt]|walk\w*|r[iou]de?|brought|bring|taken?|took)\b",
    re.IGNORECASE,
)
_ORIGIN = lazy(r"(?:\[\d+\]\s*|^)[^\n:“\"\[\]]{1,80}, (?:\d{1,2} \w{3,4} \d{4}|undated): ", re.MULTILINE)
_MARKER = lazy(r"\s*\[\d+\]")
_SHORT = 8  # words before the first marker: an answer in short


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier question, made to stand alone, and what was answered."""

    question: str  # without its question mark
    answer: str  # empty where it was declined
    wants_person: bool
    wants_place: bool

    def persons(self) -> Iterator[str]:
        """Who was spoken of, likeliest first."""
        told = [one for one in self.told() if one.kind in ("person", "unknown") and " " in one.text]
        asked = [one for one in names(self.question) if one.may_be_a_person()]
        answers = self.wants_person and not any(one.subject for one in asked)  # not "Whom did he meet?"
        for one in [*told, *asked] if answers else [*asked, *told]:
            yield one.text

    def places(self) -> Iterator[tuple[str, str]]:
        """Where, likeliest first: a preposition and a name."""
        told = [one for one in self.told() if one.inside] if self.wants_place else []
        asked = [one for one in reversed(names(self.question)) if one.kind == "place"]
        for one in sorted(asked, key=lambda one: not one.inside) + told:
            preposition, _, article = (one.inside or "in").partition(" ")
            yield preposition, f"{article} {one.text}".strip()

    def told(self) -> list[Name]:
        """The names of the answer that the question did not have."""
        known = {one.words for one in names(self.question)}
        first = _MARKER.split(self.answer, maxsplit=1)[0]
        lead = "it is in" if self.wants_place else "it is"
        short = names(f"{lead} {first}") if len(first.split()) <= _SHORT else []
        rest = " ".join(_ORIGIN.sub(" ", self.answer).split())
        found = [*short, *names(f"it is {rest}")]
        return [one for one in found if not any(one.words <= other or other <= one.words for other in known)]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A follow-up with names in place of references; not `whole` where one of them stands for no name."""

    text: str
    references: frozenset[str] = frozenset()  # the kinds of them
    whole: bool = True


def resolved(text: str, past: Sequence[Past]) -> Resolved:
    """The text with a name in place of the first reference of each kind; the latest past counts first."""
    done = set[str]()
    whole = True
    pieces: list[str] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        kind = _kind(match[0])
        if kind in done or _inside(text, match, kind):
            continue
        done.add(kind)
        meant = _meant(text, match, kind, past)
        if meant is None:
            whole = False
            continue
        pieces += [text[end : match.start()], meant]
        end = match.end()
    return Resolved("".join(pieces) + text[end:], frozenset(done), whole)


def _kind(word: str) -> str:
    word = word.casefold()
    return next(
        (
            kind
            for kind, words in (("person", _PERSON), ("group", _GROUP), ("thing", _THING))
            if word in words
        ),
        word,
    )


def _inside(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether the word refers to nothing, or to something in the text itself."""
    before, after = text[: match.start()], text[match.end() :]
    own = names(before)
    match kind:
        case "person":
            return any(one.kind != "place" for one in own)
        case "group" | "thing":
            return bool(own) and not _OBJECT_ENDS.match(after)
        case "there":
            beside = _LINKING.search(before) and after.strip(" ?.")
            return bool(beside) or any(one.kind == "place" for one in own)
        case "then":
            return time_of(text) is not None
        case "that":
            return after.strip(" ?.") != "" and not _POINTS.search(before)
        case _:
            return _TIME.match(after) is not None
    return False


def _meant(text: str, match: re.Match[str], kind: str, past: Sequence[Past]) -> str | None:
    if kind == "there":
        return _place(text, match, past)
    if kind == "then":
        return time_of(past[-1].question) if past else None
    found = {"person": _person, "group": _group, "thing": _thing}.get(kind)
    name = found(past) if found else None
    if name is None:
        return None
    word = match[0].casefold()
    owned = word in _POSSESSIVE and (word != "her" or not _OBJECT_ENDS.match(text[match.end() :]))
    return f"{name}’s" if owned else name


def _person(past: Sequence[Past]) -> str | None:
    return next((name for one in reversed(past) for name in one.persons()), None)


def _group(past: Sequence[Past]) -> str | None:
    """Two names side by side."""
    for one in reversed(past):
        asked = names(one.question)
        for first, second in pairwise(asked):
            if one.question[first.end : second.start] == " and ":
                return f"{first.text} and {second.text}"
    return None


def _thing(past: Sequence[Past]) -> str | None:
    """What a question is about, where that is clearly no person."""
    for one in reversed(past):
        if asked := names(one.question):
            subject = next((name for name in asked if name.subject), None)
            return subject.text if subject and subject.kind in ("thing", "place") else None
    return None


def _place(text: str, match: re.Match[str], past: Sequence[Past]) -> str | None:
    found = next((place for one in reversed(past) for place in one.places()), None)
    if found is None:
        return None
    preposition, name = found
    if re.search(r"\b(?:from|near|around|in|to)\s+$", text[: match.start()], re.IGNORECASE):
        return name
    return f"to {name}" if _MOTION.search(text[: match.start()]) else f"{preposition} {name}"
