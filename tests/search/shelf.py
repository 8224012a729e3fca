"""Small indexes made for one test, and their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dateline.index import Document, Embedder, Snapshot, lock, sync
from dateline.index.embedder import Embedded, Vectors
from dateline.index.words import terms
from dateline.search.fusion import Found
from dateline.types import Hit
from newsroom import Record, write_articles

Place = tuple[str, int, int]  # a sentence: the article's id, start, end


def index_of(folder: Path, *records: Record, embedder: Embedder | None = None) -> Snapshot:
    """An index of the records and of what was in the folder; words alone without an embedder."""
    folder.mkdir(exist_ok=True)
    file = write_articles(folder / f"{len(list(folder.glob('*.jsonl')))}.jsonl", *records)
    with lock.writing(folder / "index") as ledger:
        sync.synchronise([file], ledger, embedder, lambda *_: None)
    return Snapshot(folder / "index")


def sentences(snapshot: Snapshot) -> list[Found]:
    """Every sentence of a small index."""
    return [
        Found(
            article=one.article,
            owner=one.owner,
            passage=one.passage,
            span=span,
            stems=frozenset(terms(one.article.text[slice(*span)])),
            score=0.0,
        )
        for one in snapshot.located(range(1_000)).values()
        for span in one.passage.sentences
    ]


def texts(found: Sequence[Found]) -> list[str]:
    """The words of sentences."""
    return [one.article.text[slice(*one.span)] for one in found]


def places(hits: Sequence[Hit]) -> list[Place]:
    """The sentences that the hits show."""
    return [(hit.article.id, *span) for hit in hits for span in hit.passage.sentences]


class PassagesAlone:
    """An embedder that gives no vectors of sentences."""

    name = "passages-alone"

    def __init__(self, embedder: Embedder) -> None:
        self.dimensions = embedder.dimensions
        self._embedder = embedder

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        return [Embedded(one.passages, None) for one in self._embedder.embed_documents(documents)]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)
