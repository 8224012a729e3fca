"""Values that sentences give, in a form that shows when two of them can't both be right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from dateline.verification.bounds import Bound, allows, bound
from dateline.verification.names import same_name
from dateline.verification.tokens import Token

_CLOSE = Decimal("0.05")  # "1,200" may be said of 1,234; "20" is not said of 15


class Value(Protocol):
    """What a sentence says of the thing that is asked for."""

    @property
    def slot(self) -> str:
        """What is measured or named, and how; values of two slots don't compare."""

    def agrees(self, other: Value) -> bool:
        """Whether both can be right. Symmetric; True for itself."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of something: the last of the tokens, after those that may bound it."""

    slot: str
    tokens: tuple[Token, ...]

    @property
    def amount(self) -> Decimal:
        """Its value."""
        quantity = self.tokens[-1].quantity
        return quantity.value if quantity else Decimal(0)

    @property
    def bound(self) -> Bound:
        """What "more than" or "about" before it leave open."""
        return bound(self.tokens, len(self.tokens) - 1)

    def agrees(self, other: Value) -> bool:
        """Equal values do, and what rounding, "about" and "more than" leave open."""
        if not isinstance(other, Number):
            return False
        one, two = self.amount, other.amount
        if _rounds(one, two) or _rounds(two, one) or self._allows(other) or other._allows(self):
            return True
        return self.bound == other.bound == "about" and abs(one - two) <= _CLOSE * max(one, two)

    def _allows(self, other: Number) -> bool:
        return allows(self.tokens, len(self.tokens) - 1, other.tokens, len(other.tokens) - 1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `since` until before `until`; `year` where one is said."""

    slot: str
    since: date
    until: date
    year: bool

    def agrees(self, other: Value) -> bool:
        """Spans that overlap do, and one day of two years where neither names its year."""
        if not isinstance(other, Days):
            return False
        if self.since < other.until and other.since < self.until:
            return True
        if self.year and other.year:
            return False
        return (self.since.month, self.since.day) == (other.since.month, other.since.day)


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a name."""

    slot: str
    tokens: tuple[Token, ...]

    def agrees(self, other: Value) -> bool:
        """Names that share a word do: "Kim", "Kim Jong Un"; so do a name and its initials."""
        if not isinstance(other, Name):
            return False
        if any(same_name(mine, theirs) for mine in self.tokens for theirs in other.tokens):
            return True
        return self._initials(other) or other._initials(self)

    def _initials(self, other: Name) -> bool:
        letters = "".join(token.word[0] for token in other.tokens)
        return len(letters) > 1 and self.tokens[0].word.replace(".", "") == letters


@dataclass(frozen=True, slots=True)
class Outcome:
    """A word that says how something came out, or that it did not."""

    slot: str
    word: str

    def agrees(self, other: Value) -> bool:
        """The same word does."""
        return isinstance(other, Outcome) and self.word == other.word


def _rounds(rough: Decimal, exact: Decimal) -> bool:
    """Whether the one is the other, rounded to the last digit of it that is not 0."""
    if not rough or abs(rough - exact) > _CLOSE * abs(rough):
        return False
    grain = Decimal(1).scaleb(int(rough.normalize().as_tuple().exponent))
    return grain > 1 and exact.quantize(grain) == rough
