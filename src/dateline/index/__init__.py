"""Article → Passage → vectors and words: how an index is written, and how it is read."""

from dateline.index.embedder import Document, Embedder, Reader
from dateline.index.snapshot import Snapshot
from dateline.index.source import IndexFolder, Source

__all__ = ["Document", "Embedder", "IndexFolder", "Reader", "Snapshot", "Source"]
