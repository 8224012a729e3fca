"""The seam between a search and a reranker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Texts in a better order. Thread-safe."""

    @property
    def name(self) -> str:
        """As the user wrote it: "flashrank_rerank:ms-marco-MiniLM-L-12-v2"."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, in order; larger is better. Raises RerankerMissing when it fails."""
