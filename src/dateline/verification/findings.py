"""What a check of facts has to say about a claim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dateline.verification.tokens import Token

Weight = Literal["against", "turned", "quoted", "missing", "slight"]  # gravest first


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing of the claim that its sentence does not carry.

    "against": the sentence says something else in its place, or the contrary.
    "turned": a "may", an "allegedly", a "more than" is in one of the two alone.
    "quoted": the sentence gives it as somebody's words.
    "missing": no sentence near says it.
    "slight": another sentence says it, or it is said less exactly.
    """

    weight: Weight
    reason: str
    keys: frozenset[str] = frozenset()  # of the claim's tokens it is about


def contradiction(said: str, claimed: str, tokens: Iterable[Token]) -> Finding:
    """That the article has one thing where the claim has another: these tokens."""
    keys = frozenset(token.key for token in tokens)
    return Finding("against", f"the article says {said}, the claim says {claimed}", keys)
