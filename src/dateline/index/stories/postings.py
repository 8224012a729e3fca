"""Which articles to compare at all: those that share keys. The work for one article does not grow with
the corpus, however many articles hold a key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import Protocol

from dateline.index.stories.likeness import SHARED, Weigh
from dateline.index.stories.signatures import Signature

HOLDERS = 16  # of a shingle are looked at, the first: every copy of a report meets the first ones
POPULAR = 64  # articles: a name that more of them hold finds none
RAREST = 16  # names an article is looked up by
SHARED_NAMES = 2


class Postings(Protocol):
    """The keys of all signatures, and the articles that hold them: a dict, or an indexed table."""

    @property
    def articles(self) -> int:
        """How many articles there are."""

    def counts(self, keys: Sequence[int]) -> Mapping[int, int]:
        """How many articles hold each key; keys that none holds may be left out."""

    def holders(self, keys: Sequence[int], most: int) -> Mapping[int, Sequence[int]]:
        """Numbers of the articles that hold each key, ascending, `most` at most."""


class InMemory:
    """The postings of signatures, whose places in the list are their articles' numbers."""

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self.articles = len(signatures)
        self._holders: defaultdict[int, list[int]] = defaultdict(list)
        for number, signature in enumerate(signatures):
            for key in signature.keys:
                self._holders[key].append(number)

    def counts(self, keys: Sequence[int]) -> dict[int, int]:
        return {key: len(self._holders[key]) for key in keys if key in self._holders}

    def holders(self, keys: Sequence[int], most: int) -> dict[int, list[int]]:
        return {key: self._holders[key][:most] for key in keys if key in self._holders}


def candidates(signature: Signature, postings: Postings) -> set[int]:
    """Numbers of the articles worth comparing with this one, itself among them if it is there."""
    counts = postings.counts(signature.names)
    rare = sorted(
        (name for name in signature.names if 0 < counts.get(name, 0) <= POPULAR),
        key=lambda name: (counts[name], name),
    )[:RAREST]
    return _shared(postings, signature.shingles, HOLDERS, SHARED) | _shared(
        postings, rare, POPULAR, SHARED_NAMES
    )


def weigher(postings: Postings, keys: Sequence[int]) -> Weigh:
    """The weight of each of these keys: log(1 + articles / articles that hold it)."""
    counts, total = postings.counts(keys), max(1, postings.articles)
    weights = {key: log(1 + total / max(1, counts.get(key, 1))) for key in keys}
    return weights.__getitem__


def _shared(postings: Postings, keys: Sequence[int], most: int, least: int) -> set[int]:
    holders = postings.holders(keys, most).values()
    times = Counter(number for numbers in holders for number in numbers)
    return {number for number, shared in times.items() if shared >= least}
