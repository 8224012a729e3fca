"""Which articles of the ledger tell the report of another: found for all new ones before they are published.

At the end of a run, and not one by one as they are read: a name then weighs the same for all of them, and its
articles are counted once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dateline.index.ledger.writer import LedgerWriter
from dateline.index.stories import Relation, candidates, relation, signature, weigher
from dateline.index.stories.likeness import Weigh
from dateline.types import Tell

_STAGE = "comparing articles"  # in two steps for each: its signature, its relations
_TOGETHER = 500  # articles that are committed together
_REMEMBERED = 100_000  # keys: how many articles hold them, and what they weigh


def relate(ledger: LedgerWriter, tell: Tell, *, everything: bool = False) -> None:
    """Stores how articles born in the next generation tell the reports of each other and of older ones.

    Signatures that a killed run left are used, its relations are found again; with `everything` all are.
    """
    new = ledger.waiting(everything=everything)
    for done, keys in _slices(new):
        with ledger.transaction():
            ledger.sign({key: signature(article) for key, article in ledger.unsigned(keys).items()})
        tell(_STAGE, done, 2 * len(new))
    with ledger.transaction():
        ledger.unrelate(everything=everything)
    comparison = _Comparison(ledger)
    for done, keys in _slices(new):
        with ledger.transaction():
            for key in keys:
                ledger.relate(key, comparison.relations(key))
        tell(_STAGE, len(new) + done, 2 * len(new))


class _Comparison:
    """One article against all others; also the postings of their keys, which must not change meanwhile."""

    def __init__(self, ledger: LedgerWriter) -> None:
        self.articles = ledger.count_signatures()
        self._ledger = ledger
        self._telling = lru_cache(_TOGETHER)(ledger.telling)
        self._count = lru_cache(_REMEMBERED)(ledger.count_holders)
        self._weigh: Weigh = lru_cache(_REMEMBERED)(lambda key: weigher(self, [key])(key))

    def relations(self, key: int) -> dict[int, Relation]:
        """The articles that tell the report of this one, or whose report it tells."""
        one = self._telling(key)
        found: dict[int, Relation] = {}
        for other in candidates(one.signature, self) - {key}:
            if kind := relation(one, self._telling(other), self._weigh):
                found[other] = kind
        return found

    def counts(self, keys: Sequence[int]) -> Mapping[int, int]:
        return {key: self._count(key) for key in keys}

    def holders(self, keys: Sequence[int], most: int) -> Mapping[int, Sequence[int]]:
        return {key: self._ledger.holders(key, most) for key in keys}


def _slices(keys: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """Keys, and how many there were with them."""
    for start in range(0, len(keys), _TOGETHER):
        part = keys[start : start + _TOGETHER]
        yield start + len(part), part
