"""The seam between a generation and what finds its nearest passages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from dateline.index.embedder import Vectors
from dateline.index.ledger import Ledger


class Neighbours(Protocol):
    """The vectors of one generation, to be asked. Thread-safe."""

    def nearest(self, query: Vectors, k: int) -> dict[int, float]:
        """Keys of the k passages nearest to the query vector with their cosine, nearest first."""


NeighboursOf = Callable[[Ledger, int], Neighbours]  # of a ledger's generation
