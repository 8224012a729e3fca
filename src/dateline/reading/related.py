"""Which articles tell of the same things: those that share many names which few others have."""

from __future__ import annotations

import heapq
import math
import sys
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from dateline.reading.clues import Event, names_in, read_events
from dateline.types import Article

_READ = 3000  # characters of an article that make its signature: reports begin with what matters
_MOST_NAMES = 60
_MOST_EVENTS = 6
_LEAST_SHARED = 3  # rare names that related articles have in common
_RARE = 0.01  # a name is rare in this share of the articles or less, or in ten of them
_BACKGROUND = 300  # articles that a corpus is imagined to stand among, so that a small one weighs alike


@dataclass(slots=True)
class Signature:
    """What is kept of an article: its day (None: unknown), the names in it, the months it gives a year."""

    day: date | None
    names: tuple[str, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Another article, and how much it is related: the cosine of their weighted names, 0 to 1."""

    other: Signature
    similarity: float


def sign(article: Article) -> Signature:
    """The article's signature: a few hundred bytes."""
    text = article.text[:_READ]
    names = names_in(text).most_common(_MOST_NAMES)
    events = [event for event in read_events(text) if event.year is not None]
    return Signature(article.day, tuple(sys.intern(name) for name, _ in names), tuple(events[:_MOST_EVENTS]))


class Neighbourhood:
    """Who has which names, among the articles of these signatures."""

    def __init__(self, signatures: list[Signature]) -> None:
        self._signatures = signatures
        counts = Counter(name for one in signatures for name in one.names)
        size = len(signatures)
        self._weights = {
            name: math.log1p((size + _BACKGROUND) / count) ** 2 for name, count in counts.items()
        }
        self._lengths = array("d", (math.sqrt(self._weight(one.names)) for one in signatures))
        self._holders: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(signatures):
            for name in one.names:
                if counts[name] <= max(10, _RARE * size):
                    self._holders[name].append(number)

    def related_to(self, number: int, most: int) -> list[Relation]:
        """The articles most related to the one of this number, best first."""
        shared: defaultdict[int, list[str]] = defaultdict(list)
        for name in self._signatures[number].names:
            for other in self._holders.get(name, ()):
                shared[other].append(name)
        shared.pop(number, None)
        relations = [
            Relation(
                self._signatures[other], self._weight(names) / (self._lengths[number] * self._lengths[other])
            )
            for other, names in shared.items()
            if len(names) >= _LEAST_SHARED
        ]
        return heapq.nlargest(most, relations, key=lambda relation: relation.similarity)

    def _weight(self, names: list[str] | tuple[str, ...]) -> float:
        return sum(self._weights[name] for name in names)
