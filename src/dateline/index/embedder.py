"""The seam between the index and an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from dateline.index.sentences import Span

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Document:
    """What an embedder sees of one article: its headline, its passages in order, its day of publication."""

    headline: str
    passages: tuple[str, ...]
    sentences: tuple[tuple[Span, ...], ...]  # of each passage: where they stand in it
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of one article: a row for each passage and, for each passage, a row for each sentence."""

    passages: Vectors  # (passages, dimensions)
    sentences: tuple[Vectors, ...] | None  # None: the model gives no vectors of parts of what it reads


class Embedder(Protocol):
    """Text to unit-length vectors. Thread-safe."""

    @property
    def name(self) -> str:
        """Written into the index; vectors of two names are never mixed: "minilm-int8"."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        """The vectors of each document, in order; every row of unit length."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text, in order: (n, dimensions)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model makes of each token of a text: where it begins in it, and its state in this context."""

    begins: NDArray[np.int64]  # (n,): ascending
    states: Vectors  # (n, dimensions): of unit length


@runtime_checkable
class Reader(Protocol):
    """An embedder that also shows the states of tokens, from which its vectors are made. Thread-safe."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The reading of each text, in order. What is longer than the model reads is cut."""
