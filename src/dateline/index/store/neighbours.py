"""The neighbours that a store finds, for a reader who has everything else."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dateline.errors import StoreAway
from dateline.index.embedder import Vectors
from dateline.index.ledger import Ledger
from dateline.index.neighbours import Held
from dateline.index.store.contact import Contact
from dateline.index.store.wire import Server

MOST = 100_000  # passages: compared one by one in 20 ms, with 150 MB of vectors
_SPARE = 16  # asked for besides: for what was added or taken away since


class StoreNeighbours:
    """The passages of one generation nearest to a query. Thread-safe.

    Where the store is away, the vectors in this machine's copy are compared one by one, if they are not too
    many; else nothing is near. The contact knows of it.
    """

    def __init__(self, server: Server, collection: str, contact: Contact, ledger: Ledger, now: int) -> None:
        self._server, self._collection, self._contact = server, collection, contact
        self._ledger, self._generation = ledger, now
        self._id: str | None = None

    def nearest(self, query: Vectors, k: int) -> dict[int, float]:
        """Keys of the k passages nearest to the query vector with their cosine, nearest first."""
        if not self._contact.lost:
            try:
                return self._of_the_store(query, k)
            except StoreAway as error:
                self._contact.lose(error)
        return self._of_this_machine(query, k)

    def _of_the_store(self, query: Vectors, k: int) -> dict[int, float]:
        if self._id is None:
            self._id = self._server.collection(self._collection)
        if self._id is None:
            raise StoreAway(f"{self._server.address} no longer holds what was published last")
        wide = k + _SPARE
        while True:
            found = self._server.nearest(self._id, query, wide)
            keys = np.array(list(found), np.int64)
            known = keys[np.isin(keys, self._keys)][:k].tolist()
            if len(known) >= min(k, len(self._keys)) or len(found) < wide:
                return {key: found[key] for key in known}
            wide *= 2

    def _of_this_machine(self, query: Vectors, k: int) -> dict[int, float]:
        if len(self._keys) > MOST:
            return {}
        return self._vectors.nearest(query, k)

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        """The keys of all passages, ascending."""
        places = self._ledger.places(generation=self._generation)
        return np.fromiter((key for key, *_ in places), np.int64)

    @cached_property
    def _vectors(self) -> Held:
        return Held.of(self._ledger.vectors(self._keys.tolist()))
