"""Which side of a yes-or-no question a sentence is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from dateline.answer.otherwise import alike
from dateline.answer.quoted.assertion import Assertion, assertion
from dateline.patterns import lazy
from dateline.search import Question
from dateline.text import Parser
from dateline.verification.evidence import Sentence, read
from dateline.verification.findings import Finding
from dateline.verification.opposites import opposite
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
_FOR, _SOME = 0.75, 0.5  # of a statement's words, in a sentence that says or denies it; that has none of some
_NAMED = 0.6  # of its names, in the text and its headline
_EVERY = frozenset("all every each both always".split())
_NONE = frozenset("no none without never neither nobody nothing".split())
_HARMLESS = frozenset("only just merely simply least longer".split())  # "not only"
_CUTS = frozenset(
    "and but or who which where when while although though because since as after before".split()
)
_MAY = frozenset("may might could can if whether unless would".split())
_REACH = 5  # words further on that a "not" still turns
_NO_SIGN = lazy(
    r"\b(?:no|not any|without|little) (?:sign|evidence|proof|indication|reason to believe)s?\b|"
    r"\b(?:tough|hard|difficult) to (?:argue|say|claim|believe)\b",
    re.IGNORECASE,
)
_AHEAD = lazy(r"^\W*will\b", re.IGNORECASE)


def is_yes_or_no(question: Question) -> bool:
    """Whether "yes" or "no" would be an answer; not where one of two things is to be chosen."""
    text = question.text
    late = _ASKS_LATE.search(text) is not None and _ASKS_ELSE.search(text) is None
    return (late or _ASKS.match(text) is not None) and _EITHER.search(text) is None


def side(question: Question, text: str, about: str, parser: Parser) -> Side | None:
    """The side that a text is on; None where it is about something else, or leaves it open.

    The question, or each of its parts, is read as a statement. Against it is a text about the same that has
    another number in its place, the contrary, or a "not". `about`, a headline, may have the names. What is
    only demanded, planned, doubted or rumoured is on no side: the parser tells how it is put.
    """
    sentences, named = read([text]), read([about])
    if not sentences:
        return None
    put = assertion(parser, question.text, [one.text for one in sentences])
    found = {_side(statement, text, sentences, named, put) for statement in statements(question)} - {None}
    return "against" if "against" in found else "for" if found else None


def statements(question: Question) -> Iterator[str]:
    """What a yes would state: the question or its parts, without the words of asking and of who reports."""
    for part in question.parts or (question.text,):
        ahead = "will " if _AHEAD.match(part) else ""
        statement = ahead + _OPENS.sub("", _REPORTER.sub("", part.strip())).strip(" ?,;")
        kinds = Counter(token.kind for token in tokens(statement))
        least = _LEAST if question.parts else _LEAST_ALONE
        if all(kinds[kind] >= number for kind, number in least.items()):
            yield statement


def _side(
    statement: str,
    text: str,
    sentences: Sequence[Sentence],
    about: Sequence[Sentence],
    put: Assertion | None,
) -> Side | None:
    mine = tokens(f"{statement}.")  # with a full stop it is no headline
    if not _same_names(mine, [*sentences, *about]):
        return None
    words = [token for token in mine if token.kind == "word" and not token.capital]
    best = max(sentences, key=lambda one: len(_held(words, one.tokens)))
    held = _held(words, best.tokens)
    share = len(held) / len(words) if words else 1.0
    figures = [token.key for token in mine if token.kind in ("number", "date")]
    found = _findings(statement, mine, sentences)
    other = any(one.weight == "against" and one.keys and one.keys <= {*figures} for one in found)
    if any(_turned(best.tokens, place, _MAY) for place in held.values()):
        return None
    none = share >= _SOME and (
        _NO_SIGN.search(text) or any(_turned(best.tokens, n, _NONE) for n in held.values())
    )
    if (
        none
        or put == "denied"
        or (share >= _SOME and (other or (put is None and _contrary(words, held, best))))
    ):
        return "against"
    every = {token.word for token in mine} & _EVERY <= {token.word for token in best.tokens}
    left_open = any(one.weight in ("turned", "missing", "against") for one in found)
    whole = {*figures} <= {token.key for token in best.tokens}
    return "for" if put == "asserted" and share >= _FOR and every and whole and not left_open else None


def _findings(statement: str, mine: Sequence[Token], sentences: Sequence[Sentence]) -> Sequence[Finding]:
    return max(readings(statement, mine, sentences, None), key=lambda one: one.score).findings


def _same_names(mine: Sequence[Token], sentences: Sequence[Sentence]) -> bool:
    """Whether most names of the statement stand there, of two both; each in part or by its initials."""
    keys = frozenset[str]().union(*(one.keys for one in sentences))
    runs = [*_names(mine)]
    told = sum(
        bool(keys & {token.key for token in run})
        or (len(run) > 1 and "".join(token.word[0] for token in run) in keys)
        for run in runs
    )
    return told >= _NAMED * len(runs)


def _names(mine: Sequence[Token]) -> Iterator[list[Token]]:
    """Words in capitals, side by side."""
    run: list[Token] = []
    for token in mine:
        if token.kind in ("word", "name") and token.capital and not token.parted:
            run.append(token)
            continue
        if run:
            yield run
        run = [token] if token.kind in ("word", "name") and token.capital else []
    if run:
        yield run


def _held(words: Sequence[Token], there: Sequence[Token]) -> dict[str, int]:
    """Key of a word → the place of the token that says it, in its words or in others."""
    places = {one.key: place for place, one in reversed([*enumerate(there)])}
    held = dict[str, int]()
    for token in words:
        said = [places[key] for key in (token.key, *alike(token.key)) if key in places]
        if said:
            held[token.key] = min(said)
    return held


def _turned(there: Sequence[Token], place: int, by: Collection[str]) -> bool:
    """Whether one of the words stands before the token in its clause, near enough to turn it."""
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        if there[before + 1].parted or there[before].word in _CUTS:
            return False
        if there[before].word in by and there[before + 1].word not in _HARMLESS:
            return True
    return False


def _contrary(words: Sequence[Token], held: Mapping[str, int], there: Sentence) -> bool:
    """Whether the contrary of a word that is not there stands there."""
    free = [one for n, one in enumerate(there.tokens) if n not in held.values() and one.kind == "word"]
    return any(opposite(token.word, one.word) for token in words if token.key not in held for one in free)
