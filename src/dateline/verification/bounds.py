"""What "more than", "at least", "about" before a number allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from dateline.verification.align import Alignment
from dateline.verification.findings import Finding
from dateline.verification.tokens import Token

Bound = Literal["over", "under", "about", ""]

_PHRASES: Mapping[Bound, str] = {
    "over": "more than|over|at least|above|exceeding|no fewer than|no less than|upwards of",
    "under": "less than|fewer than|under|below|at most|up to|no more than",
    "about": "about|around|approximately|roughly|nearly|almost|some|close to|an estimated|estimated",
}
_BOUND_OF = {tuple(phrase.split()): one for one, row in _PHRASES.items() for phrase in row.split("|")}
_SAID: Mapping[Bound, str] = {"over": "more than", "under": "less than", "about": "about"}
_LONGEST = 3
_NEAR = Decimal("1.5")  # "more than 100" is said of 130, not of 1,000
_ABOUT = Decimal("0.05")  # how far from the value "about" may be, as a share of it


def check_bounds(laid: Alignment) -> Iterator[Finding]:
    """A finding for each number that both give, one of them with another bound."""
    for i, j in laid.pairs:
        if laid.claim[i].kind != "number":
            continue
        mine, theirs = bound(laid.claim, i), bound(laid.sentence, j)
        if {mine, theirs} == {"over", "under"}:
            yield Finding("against", f"the article says {_SAID[theirs]} that number, the claim {_SAID[mine]}")
        elif mine != theirs and mine in ("over", "under"):
            yield Finding("turned", f"the claim says {_SAID[mine]} that number, the article does not")
        elif theirs and not mine:
            yield Finding("slight", f"the article says {_SAID[theirs]} that number")


def bound(tokens: Sequence[Token], place: int) -> Bound:
    """The bound that the words before a number set; the longest phrase counts."""
    for length in range(_LONGEST, 0, -1):
        words = tuple(token.word for token in tokens[max(0, place - length) : place])
        if words in _BOUND_OF:
            return _BOUND_OF[words]
    return ""


def allows(evidence: Sequence[Token], there: int, claim: Sequence[Token], here: int) -> bool:
    """Whether the evidence's number makes the claim's true, with the bounds before both."""
    given, said = evidence[there].quantity, claim[here].quantity
    if given is None or said is None or (given.unit and said.unit and given.unit != said.unit):
        return False
    limit, known = bound(claim, here), bound(evidence, there)
    if given.value == said.value or limit == known:
        return given.value == said.value
    if limit == "over" and known != "under":
        return said.value <= given.value <= said.value * _NEAR
    if limit == "under" and known != "over":
        return said.value <= given.value * _NEAR and given.value <= said.value
    return limit == "about" and abs(given.value - said.value) <= _ABOUT * abs(given.value)
