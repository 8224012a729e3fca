"""The seam between the index and an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Document:
    """What an embedder sees of one article: its headline, its passages in order, its day of publication."""

    headline: str
    passages: tuple[str, ...]
    published: date | None = None


class Embedder(Protocol):
    """Text to unit-length vectors. Thread-safe."""

    @property
    def name(self) -> str:
        """Written into the index; vectors of two names are never mixed: "minilm-int8"."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed_documents(self, documents: Sequence[Document]) -> list[Vectors]:
        """One (passages, dimensions) array per document, in order; every row of unit length."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text, in order: (n, dimensions)."""
