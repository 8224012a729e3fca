"""What finds the passages nearest to a query: Chroma, a server; or memory, where they are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.index.embedder import Vectors
from dateline.index.ledger import Ledger


class Neighbours(Protocol):
    """The vectors of one generation, to be asked. Thread-safe."""

    def nearest(self, query: Vectors, k: int) -> dict[int, float]:
        """Keys of the k passages nearest to the query vector with their cosine, nearest first."""


NeighboursOf = Callable[[Ledger, int], Neighbours]  # of a ledger's generation


@dataclass(frozen=True, slots=True)
class Held:
    """Unit vectors in memory, (n, dimensions), under their keys, ascending; they are compared one by one."""

    keys: NDArray[np.int64]
    vectors: Vectors

    @staticmethod
    def of(vectors: Mapping[int, Vectors]) -> Held:
        """These vectors, brought to unit length, as Chroma does: rounded to 16 bits they had another."""
        keys = sorted(vectors)
        stacked = np.stack([vectors[key] for key in keys]) if keys else np.empty((0, 0), np.float32)
        lengths = np.linalg.norm(stacked, axis=1, keepdims=True)
        return Held(np.array(keys, np.int64), stacked / np.maximum(lengths, np.finfo(np.float32).tiny))

    def those(self, keys: NDArray[np.int64]) -> Held:
        """Those of them under the keys."""
        chosen = np.isin(self.keys, keys, assume_unique=True)
        return Held(self.keys[chosen], self.vectors[chosen])

    def nearest(self, query: Vectors, k: int) -> dict[int, float]:
        """Keys of the k passages nearest to the query vector with their cosine, nearest first."""
        if not len(self.keys):
            return {}
        cosines = self.vectors @ query
        best = np.argsort(-cosines, kind="stable")[:k]
        return {int(self.keys[place]): float(cosines[place]) for place in best}
