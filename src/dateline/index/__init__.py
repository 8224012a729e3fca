"""Article → Passage → vectors and words: how an index is written, and how it is read."""

from dateline.index.embedder import Document, Embedder
from dateline.index.snapshot import Snapshot

__all__ = ["Document", "Embedder", "Snapshot"]
