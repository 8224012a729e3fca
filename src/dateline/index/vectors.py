"""Vectors of passages in Chroma: nearest neighbours by cosine. The only room that knows Chroma.

A folder is written once, by `write`, and only read after that: Chroma overwrites its files in place, so
one that is being written is never one that is being read. Readers open it as a borrowed folder.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dateline.index.borrowed import Borrowed
from dateline.index.damage import noticed, stored
from dateline.index.embedder import Vectors
from dateline.index.ledger import Row

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

_Item = TypeVar("_Item")
_NAME = "passages"
_DATABASE = "chroma.sqlite3"
_BATCH = 2000  # Chroma refuses more than 5,461 at once
_SEARCH_WIDTH = 256  # candidates kept while walking the graph; recall of the first 200 stays above .99


class VectorIndex:
    """The vectors of one generation."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexDamaged, here and in all that follows."""
        self._folder = folder
        place = Borrowed(folder, copied=[_DATABASE])
        with noticed(folder):
            client = _client(place.folder)
            weakref.finalize(self, _let_go, client, place)  # a generation is held only while it is read
            self._passages: Collection = client.get_collection(_NAME, embedding_function=None)

    def nearest(self, query: Vectors, k: int) -> dict[int, float]:
        """Keys of the k passages nearest to the query vector with their cosine, nearest first."""
        with noticed(self._folder):
            found = self._passages.query(
                query_embeddings=[query],  # type: ignore[arg-type]  # a row of float32 is what it takes
                n_results=k,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return {int(id): 1.0 - far for id, far in zip(found["ids"][0], distances[0], strict=True)}

    def count(self) -> int:
        """How many vectors are stored."""
        with noticed(self._folder):
            return self._passages.count()

    def keys(self) -> set[int]:
        """The key of every vector that is stored."""
        with noticed(self._folder):
            return {int(id) for id in self._passages.get(include=[])["ids"]}


def write(folder: Path, rows: Iterable[Row], *, dead: Iterable[int] = ()) -> int:
    """How many vectors were added to the collection in `folder`, after the dead keys were taken out.

    The folder is made where there is none. Nobody may be reading it. Raises StorageError.
    """
    with ExitStack() as held:
        with stored(folder):
            client = held.enter_context(closing(_client(folder)))
            passages = client.get_or_create_collection(
                _NAME,
                embedding_function=None,  # or the first use fetches a model
                configuration={
                    "hnsw": {"space": "cosine", "ef_search": _SEARCH_WIDTH, "sync_threshold": 5000}
                },
            )
            for part in _batches(str(key) for key in dead):
                passages.delete(ids=part)
        return sum(
            _added(passages, batch, folder)
            for batch in _batches(row for row in rows if row.vector is not None)
        )


def _added(passages: Collection, batch: Sequence[Row], folder: Path) -> int:
    with stored(folder):
        passages.upsert(
            ids=[str(row.key) for row in batch],
            embeddings=np.stack([row.vector for row in batch if row.vector is not None]),
        )
    return len(batch)


def _client(folder: Path) -> Client:
    """A client with a system of its own.

    Chroma's constructors share one system per path as long as the process lives, also when the folder was
    deleted and made again: writes then go to files that no longer have a name.
    """
    from chromadb.api import ServerAPI
    from chromadb.api.client import Client
    from chromadb.config import Settings, System

    system = System(
        Settings(is_persistent=True, persist_directory=str(folder.resolve()), anonymized_telemetry=False)
    )
    system.instance(ServerAPI)  # type: ignore[type-abstract]  # an interface stands for what implements it
    system.start()
    return Client.from_system(system)


def _let_go(client: Client, place: Borrowed) -> None:
    client.close()
    place.close()


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    items = iter(items)
    while batch := list(islice(items, _BATCH)):
        yield batch
