"""An earlier question with one thing in it exchanged: what it asks for, or what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from dateline.answer.conversation.names import AUXILIARIES, Name, names
from dateline.dates import resolve_dates
from dateline.patterns import lazy

_ANY_DAY = date(2000, 1, 1)  # where times stand in a question does not depend on it
_PREPOSITIONS = (
    r"(?:in|at|on|near|from|to|into|with|by|for|of|against|about|during|after|before|since|until|"
    r"between|under|over|outside|through|towards?)"
)
_PLACING = frozenset("in at on near outside".split())
_SIMPLE = (
    r"(?:(?:when|where|why|how(?: (?!many|much|come)\w+)?)(?: exactly| precisely)?|"
    r"(?:what|which) (?:time|day|date|week|month|year))"
)
_ADJUNCT = (  # what can open any question: "Where" can, "How many votes" needs a verb of its own
    rf"(?:(?:{_PREPOSITIONS} )?{_SIMPLE}(?:,? (?:and|or) {_SIMPLE})*|"
    rf"{_PREPOSITIONS} (?:what|which|whose|how)\b[^?]*?)"
)
_OPENED = lazy(rf"({_ADJUNCT}),? (?P<rest>{AUXILIARIES}\b.*)", re.IGNORECASE)
_YES_OR_NO = lazy(rf"{AUXILIARIES} ", re.IGNORECASE)
_ORDINAL = lazy(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)\b", re.IGNORECASE
)
_OWNED = lazy(rf"{_PREPOSITIONS} (?:the|his|her|its|their|an?) ", re.IGNORECASE)
_OBJECT = rf"(?:(?! (?:{_PREPOSITIONS}|and|or|but|when|while|that) ).)+?"


def reopened(question: str, opener: str) -> str | None:
    """The question with another opener ("Where", "On which days"); None where that makes no question.

    "When did it crash?" may become "Where did it crash?". "Who crashed it?" has no room for a "where".
    """
    first, _, rest = question.partition(" ")
    if rest and opener.casefold() in (f"{first.casefold()} else", f"{first.casefold()} exactly"):
        return f"{opener} {rest}"
    if not re.fullmatch(_ADJUNCT, opener, re.IGNORECASE):
        return None
    if opened := _OPENED.fullmatch(question):
        return f"{opener} {opened['rest']}"
    return f"{opener} {question[0].lower()}{question[1:]}" if _YES_OR_NO.match(question) else None


def exchanged(question: str, piece: str) -> str | None:
    """The question about something else: a time, a place with its preposition, a name; None where none fits.

    "In March", "at Stanford", "Germany", "InSight on Mars", "the third".
    """
    head, *phrases = re.split(rf" (?={_PREPOSITIONS} )", f" {piece}")
    for phrase in map(str.strip, phrases):
        question = _with_phrase(question, phrase)
    head = head.strip()
    if not head:
        return question if phrases else None
    if time_of(head) and not names(f"about {head}"):
        return f"{without_times(question)} {_lowered(head)}"
    if ordinal := _ORDINAL.search(head):
        swapped = _ORDINAL.sub(ordinal[0], question, count=1)
        return swapped if _ORDINAL.search(question) and not names(f"about {head}") else None
    return _with_name(question, head)


def time_of(text: str) -> str | None:
    """The first time that a text names, with its preposition: "in October 2018"."""
    spans = resolve_dates(text, _ANY_DAY)
    return _time_phrases(text, [(one.start, one.end) for one in spans])[0][2] if spans else None


def without_times(question: str) -> str:
    """The question without the times that it names."""
    spans = [(one.start, one.end) for one in resolve_dates(question, _ANY_DAY)]
    for start, end, _ in reversed(_time_phrases(question, spans)):
        question = question[:start] + question[end:]
    return " ".join(question.split())


def _time_phrases(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int, str]]:
    phrases: list[tuple[int, int, str]] = []
    for start, end in spans:
        before = re.search(rf"\b{_PREPOSITIONS} (?:the )?$", text[:start], re.IGNORECASE)
        begin = before.start() if before else start
        phrases.append((begin, end, text[begin:end]))
    return phrases


def _with_phrase(question: str, phrase: str) -> str:
    """With this phrase of place or relation, in place of one that opens alike."""
    if time_of(phrase) and not names(phrase):
        return f"{without_times(question)} {_lowered(phrase)}"
    preposition = phrase.split()[0].casefold()
    alike = "|".join(_PLACING) if preposition in _PLACING else re.escape(preposition)
    found = list(re.finditer(rf"(?<= )(?:{alike}) {_OBJECT}(?= {_PREPOSITIONS} |,|$)", question))
    same = [one for one in found if _alike(one[0], phrase)]
    if not same:
        return f"{question} {_lowered(phrase)}"
    old = next((one for one in same if one[0].split()[0] == preposition), same[-1])
    named = names(old[0])
    end = old.end()
    if named and named[0].start == len(old[0].split()[0]) + 1:
        end = old.start() + named[0].end  # in "of Lion Air crash" a verb follows the name
    return f"{question[: old.start()]}{_lowered(phrase)}{question[end:]}"


def _alike(one: str, other: str) -> bool:
    """Whether two phrases may stand for each other: both with a name, or both "in his speech"."""
    return bool(names(one)) == bool(names(other)) or bool(_OWNED.match(one) and _OWNED.match(other))


def _with_name(question: str, piece: str) -> str | None:
    """With the piece in place of the name that is most like it."""
    given = names(f"about {piece}")
    if not given:
        return None
    place = given[0].kind == "place"
    fitting = [one for one in names(question) if place or one.subject or one.kind != "place"]
    if not fitting:
        return None
    old = max(fitting, key=lambda one: _likeness(one, given[0]))
    start = old.start
    if article := re.search(r"\b(?:the|a|an) $", question[:start]):
        start = article.start() if re.match(r"(?:the|a|an) ", piece, re.IGNORECASE) else start
    piece = _lowered(piece) if start else piece
    return question[:start] + re.sub(r"['’]s$", "", piece) + question[old.end :]


def _likeness(old: Name, new: Name) -> tuple[int, int, int, int]:
    same_kind = (old.kind == new.kind) + (old.kind == "place") * (new.kind == "place")
    last, other = old.text.split()[-1].casefold(), new.text.split()[-1].casefold()
    kindred = len(last) > 2 and len(other) > 2 and last[:3] == other[:3]  # Air and Airlines
    return same_kind + 2 * kindred, old.subject, -abs(len(old.words) - len(new.words)), -old.start


def _lowered(piece: str) -> str:
    """With a small first letter, unless it belongs to a name."""
    return piece if names(f"about {piece.split()[0]}") else piece[0].lower() + piece[1:]
