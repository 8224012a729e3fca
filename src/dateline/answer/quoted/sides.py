"""Which side of a yes-or-no question a sentence is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from dateline.patterns import lazy
from dateline.search import Question
from dateline.verification.evidence import read
from dateline.verification.tokens import Kind, Token, tokens
from dateline.verification.verify import readings

Side = Literal["for", "against"]

_AUXILIARY = (
    "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    "isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t"
)
_ASKS = lazy(rf"^\W*(?:{_AUXILIARY})\b", re.IGNORECASE)
_ASKS_LATE = lazy(r", (?:is|are|was|were|do|does|did|has|have|had) ", re.IGNORECASE)
_ASKS_ELSE = lazy(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_EITHER = lazy(r"\bor\b", re.IGNORECASE)
_OPENS = lazy(rf"^(?:and|or|but|while|whereas|with|as)?\W*(?:(?:{_AUXILIARY})\s+)?", re.IGNORECASE)
_REPORTER = lazy(
    r"^.{0,80}?\b(?:article|report|piece|story)\b.{0,120}?\b(?:claim|suggest|report|indicate|state|say|mention|"
    r"argue|describe|discuss)(?:s|ed|ing)?\b(?: that)?\s*",
    re.IGNORECASE,
)
_LEAST: Mapping[Kind, int] = {"word": 3, "name": 1}  # of a part that is a statement and no fragment
_LEAST_ALONE: Mapping[Kind, int] = {"word": 1}  # of names alone nothing is said
_ABOUT = 0.6  # of a statement's words, and of its names and numbers, in a sentence about the same


def is_yes_or_no(question: Question) -> bool:
    """Whether "yes" or "no" would be an answer; not where one of two things is to be chosen."""
    text = question.text
    late = _ASKS_LATE.search(text) is not None and _ASKS_ELSE.search(text) is None
    return (late or _ASKS.match(text) is not None) and _EITHER.search(text) is None


def side(question: Question, text: str) -> Side | None:
    """The side that a text is on; None where it is about something else, or leaves it open.

    The question, or each of its parts, is read as a statement. Against it is a text about the same that has
    another fact in its place, the contrary, or a "not".
    """
    found = {_side(statement, text) for statement in statements(question)} - {None}
    return "against" if "against" in found else "for" if found else None


def statements(question: Question) -> Iterator[str]:
    """What a yes would state: the question or its parts, without the words of asking and of who reports."""
    for part in question.parts or (question.text,):
        statement = _OPENS.sub("", _REPORTER.sub("", part.strip())).strip(" ?,;")
        kinds = Counter(token.kind for token in tokens(statement))
        least = _LEAST if question.parts else _LEAST_ALONE
        if all(kinds[kind] >= number for kind, number in least.items()):
            yield statement


def _side(statement: str, text: str) -> Side | None:
    mine, sentences = tokens(statement), read([text])
    if not sentences:
        return None
    best = max(readings(statement, mine, sentences, None), key=lambda one: one.score)
    contrary = [one for one in best.findings if one.weight == "against"]
    held = frozenset[str]().union(*(one.keys for one in sentences), *(one.keys for one in contrary))
    # Behind the word of asking, a capital always makes a name.
    facts = [one for one in mine if one.capital or one.kind in ("name", "number", "date")]
    words = [one for one in mine if one.kind == "word" and one not in facts]
    if not (_about(words, held) and _about(facts, held)):
        return None
    if contrary:
        return "against"
    return None if any(one.weight in ("turned", "missing") for one in best.findings) else "for"


def _about(tokens: Sequence[Token], held: Collection[str]) -> bool:
    """Whether most of the tokens are held."""
    keys = {token.key for token in tokens}
    return len(keys & {*held}) >= _ABOUT * len(keys)
