"""The generations that a store publishes, for an archive: followed in the background."""

from __future__ import annotations

import time
import weakref
from pathlib import Path
from threading import Event, RLock, Thread

from dateline.errors import DatelineError, IndexBusy, IndexDamaged, IndexMismatch
from dateline.index.ledger import Ledger
from dateline.index.snapshot import Snapshot
from dateline.index.store.address import Address
from dateline.index.store.contact import Contact
from dateline.index.store.neighbours import MOST, StoreNeighbours
from dateline.index.store.replica import Replica
from dateline.index.store.wire import Server
from dateline.types import Tell

_SECONDS = 1.0  # between two looks at what is published
_WAIT_SECONDS = 5.0  # at the beginning, for another process of this machine that fetches the newest edition
_PAUSE = 0.1


class StoreReader:
    """The newest generation of a store, followed until nobody holds this any more. Thread-safe.

    Raises, where this machine has no copy yet, what keeps it from getting one: StoreAway, IndexMissing.
    """

    def __init__(self, address: Address, cache: Path, tell: Tell) -> None:
        self.where = f"--store {address}"
        self._server = Server(address)
        self._replica = Replica(self._server, cache / "stores" / address.key)
        self._contact = Contact()
        self._tell = tell
        self._lock = RLock()
        self._first()
        self._snapshot = self._opened()
        ended = Event()
        self.close = weakref.finalize(self, _close, ended, self._server)
        self._thread = Thread(
            target=_follow, args=(weakref.ref(self), ended), name=f"store {address.key}", daemon=True
        )
        self._thread.start()

    def newest(self) -> Snapshot:
        """The newest generation that is on this machine."""
        with self._lock:
            if self._snapshot.folder != self._replica.index or not self._snapshot.is_current():
                self._snapshot.forget_views()
                self._snapshot = self._opened()
            return self._snapshot

    def notices(self) -> tuple[str, ...]:
        """What is to be told while the store is away."""
        if not self._thread.is_alive():
            return ("The store is followed no more; the terminal that runs dateline says why.",)
        many = self._snapshot.words.count() > MOST
        return self._contact.told(", by words only" if many else "")

    def step(self) -> None:
        """Looks at the store once, and brings this machine's copy up to date."""
        try:
            self._replica.catch_up(self._tell)
        except IndexBusy:  # another process of this machine is at it
            return
        except DatelineError as error:
            self._contact.lose(error)
        else:
            self._contact.keep()

    def _first(self) -> None:
        begun = time.monotonic()
        while True:
            try:
                self._replica.catch_up(self._tell)
            except IndexBusy:
                if self._replica.index and time.monotonic() - begun > _WAIT_SECONDS:
                    return
                time.sleep(_PAUSE)
            except DatelineError as error:
                if self._replica.index is None:
                    raise
                self._contact.lose(error)
                return
            else:
                self._contact.keep()
                return

    def _opened(self) -> Snapshot:
        """The copy; made anew where it is damaged, or was derived by another version."""
        server, replica, contact = self._server, self._replica, self._contact

        def neighbours(ledger: Ledger, generation: int) -> StoreNeighbours:  # it must not hold this reader
            return StoreNeighbours(server, replica.vectors, contact, ledger, generation)

        for last in (False, True):
            index = self._replica.index
            assert index is not None  # `_first` has seen to it
            try:
                return Snapshot(index, neighbours=neighbours)
            except (IndexDamaged, IndexMismatch):
                if last:
                    raise
                self._replica.discard()
                self._replica.catch_up(self._tell)
        raise AssertionError


def _follow(reader: weakref.ref[StoreReader], ended: Event) -> None:
    while not ended.wait(_SECONDS):
        followed = reader()
        if followed is None:
            return
        followed.step()
        del followed


def _close(ended: Event, server: Server) -> None:
    ended.set()
    server.close()
