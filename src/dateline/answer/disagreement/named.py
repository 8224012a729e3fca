"""The name that a sentence puts in the place that a question leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.answer.disagreement.asked import Asked
from dateline.answer.disagreement.told import Found, Heard, runs
from dateline.answer.disagreement.values import Name
from dateline.verification.tokens import Token

_BE = frozenset("is are was were be become becomes became remains named called specifically".split())
_HAVE = frozenset("has have had is was were been also".split())
_ASKING = frozenset("what which who whose when where how why".split())
_DENYING = frozenset("not no never nor neither than instead contrary unlike without".split())
_JOINED = re.compile(r"\w+-$")
_FAR = 4  # tokens before a name in which a "not" denies it
_LINK = 4  # tokens between a copula and the word that it links


def names(asked: Asked, heard: Heard) -> Iterator[Found]:
    """Each name that is not in the question and stands in its open place."""
    held = heard.tokens
    for run in runs(held):
        first, new = held.index(run[0]), tuple(token for token in run if token.key not in asked.keys)
        if not new or run[0].word in _ASKING or denied(held, first):
            continue
        slot = _slot(asked, held, first, first + len(run))
        if slot and held.index(new[-1]) - held.index(new[0]) < len(new):
            joined = _JOINED.search(heard.sentence.text, 0, new[0].start)  # "Miami-" in the question: "-Dade"
            yield Name(slot, new), (joined.start() if joined else new[0].start, new[-1].end)


def denied(held: Sequence[Token], place: int) -> bool:
    """Whether a name is given as what is not so: "not Cook County", "rather than Sydney"."""
    for token in reversed(held[max(0, place - _FAR) : place]):
        if token.word in _DENYING:
            return True
        if token.word == "but":
            return False
    return False


def _slot(asked: Asked, held: Sequence[Token], first: int, last: int) -> str:
    """How the name is bound to the question: it "is" the thing asked for, does it or undergoes it."""
    if _is_head(asked, held, first, last):
        return "is"
    verbs = asked.events
    if asked.of_object:
        return next((f"of {held[n].key}" for n in _before(held, first, 1) if held[n].key in verbs), "")
    verb = last + (last < len(held) and held[last].word in _HAVE)
    free = verb < len(held) and not any(token.parted for token in held[last : verb + 1])
    if free and held[verb].key in verbs and not held[verb].capital:
        return f"does {held[verb].key}"
    by = _before(held, first, 2)
    if len(by) == 2 and held[by[0]].word == "by" and held[by[1]].key in verbs:
        return f"does {held[by[1]].key}"
    return ""


def _before(held: Sequence[Token], first: int, count: int) -> list[int]:
    """Places of the tokens before the name, articles left out, nearest first."""
    places = [n for n in range(first - 1, max(-1, first - 5), -1) if held[n].word not in ("the", "a", "an")]
    return places[:count]


def _is_head(asked: Asked, held: Sequence[Token], first: int, last: int) -> bool:
    """Whether the name is that of the thing asked for: "Cook County", "the capital is Canberra"."""
    head = asked.head
    if not head:
        return False
    follows = last < len(held) and held[last].key in head and not held[last].parted
    if (
        asked.of_kind
        and not held[first].initials
        and (follows or any(one.key in head for one in held[first:last]))
    ):
        return True
    before = [] if held[first].parted else _before(held, first, 2)
    if before and held[before[0]].key in head:
        return True
    joins = _BE | {"of"} if asked.of_kind else _BE
    if len(before) == 2 and held[before[0]].word in joins and held[before[1]].key in head:
        return True
    return _linked_after(asked, held, last) or _linked_before(asked, held, first)


def _linked_after(asked: Asked, held: Sequence[Token], last: int) -> bool:
    """Canberra is the [new] capital."""
    if last == len(held) or held[last].word not in _BE:
        return False
    for token in held[last + 1 : last + 1 + _LINK]:
        if token.key in asked.head:
            return True
        if token.parted or token.kind == "name" or token.word in ("in", "of", "not"):
            return False
    return False


def _linked_before(asked: Asked, held: Sequence[Token], first: int) -> bool:
    """The capital of Australia is Canberra: between head and copula stands nothing but the question."""
    before = _before(held, first, 1)
    if not before or held[before[0]].word not in _BE:
        return False
    for token in reversed(held[max(0, before[0] - 2 * _LINK) : before[0]]):
        if token.key in asked.head:
            return True
        if token.content and token.key not in asked.keys:
            return False
    return False
