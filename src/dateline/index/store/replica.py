"""Store → this machine: a copy of the ledger in the cache, and the word indexes that are derived from it.

    CACHE/stores/KEY/
      current                 the epoch that readers open
      EPOCH/                  laid out as an index folder is, but for the vectors, which the server searches

All processes of a machine share a copy; the first of them that sees a new edition brings it up to date.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from dateline.errors import DatelineError, IndexDamaged, IndexMismatch, IndexMissing, StoreAway
from dateline.index import generations
from dateline.index.damage import stored
from dateline.index.ledger import Ledger
from dateline.index.ledger.schema import SCHEMA
from dateline.index.store import editions
from dateline.index.store.copy import Copy, edition_in
from dateline.index.store.editions import Current, Entry, Link, Shelf
from dateline.index.store.payload import loaded
from dateline.index.store.wire import Server, parts
from dateline.types import Tell

_STAGE = "fetching articles"
_NAME = "current"
_LEFT = "left"  # lies in the folder of an epoch that is no longer read
_KEPT_SECONDS = 60  # so long, for answers that are in the middle
_TRIES = 5  # an edition may be replaced while it is fetched


class Replica:
    """This machine's copy of what a store publishes, in a folder of the cache."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server, self._folder = server, folder
        self._at: tuple[str, int] | None = None  # epoch and edition that this process knows to be there

    @property
    def index(self) -> Path | None:
        """The folder to be read, laid out as an index; None before the first edition is there."""
        try:
            epoch = (self._folder / _NAME).read_text().strip()
        except FileNotFoundError:
            return None
        return self._folder / epoch

    @property
    def vectors(self) -> str:
        """The name of the collection of the vectors of what is read."""
        index = self.index
        return f"dateline-{index.name}-vectors" if index else ""

    def catch_up(self, tell: Tell) -> None:
        """Brings the copy to the published edition.

        Raises StoreAway; IndexMissing where nothing was published; IndexMismatch where another version did;
        IndexBusy while another process of this machine is at it; StorageError.
        """
        for _ in range(_TRIES):
            now = editions.current(self._server)
            if now is None:
                raise IndexMissing(
                    f"nothing was published to {self._server.address} yet; publish an index with: "
                    f"dateline index FOLDER --store {self._server.address}"
                )
            if now.schema != SCHEMA:
                raise IndexMismatch(
                    f"{self._server.address} holds an index of schema {now.schema}, this program reads "
                    f"{SCHEMA}; use the same version on both sides"
                )
            if self._at == (now.epoch, now.edition) or self._is_at(now):
                return
            try:
                done = self._brought_to(now, tell)
            except (IndexDamaged, IndexMismatch):  # of the copy: it is made anew
                _emptied(self._folder / now.epoch)
                done = False
            if done:
                self._at = (now.epoch, now.edition)
                self._tidy(now)
                return
        raise StoreAway(
            f"{self._server.address} does not hold all that it announces; write it anew with: "
            f"dateline index FOLDER --republish --store {self._server.address}"
        )

    def discard(self) -> None:
        """Takes away a copy that can't be read; the next `catch_up` makes it anew."""
        index, self._at = self.index, None
        if index is not None:
            _emptied(index)

    def _is_at(self, now: Current) -> bool:
        """True where this machine has the edition, also when another process has brought it here."""
        index = self._folder / now.epoch
        if self.index != index:
            return False
        try:
            ledger = Ledger(index)
            edition = edition_in(ledger.settings())
            ledger.close()
        except DatelineError:  # `_brought_to` sees to it
            return False
        if edition == now.edition:
            self._at = (now.epoch, now.edition)
        return edition == now.edition

    def _brought_to(self, now: Current, tell: Tell) -> bool:
        """False where the store went on meanwhile."""
        from dateline.index import lock

        folder = self._folder / now.epoch
        with lock.writing(folder):
            copy = Copy(folder)
            try:
                if copy.edition != now.edition and not self._filled(copy, now, tell):
                    return False
            finally:
                copy.close()
            self._open(now.epoch)
            return True

    def _filled(self, copy: Copy, now: Current, tell: Tell) -> bool:
        collection = self._server.collection(now.articles)
        if collection is None:
            return False
        shelf = Shelf(self._server, collection)
        links = self._links(shelf, now, after=copy.edition)
        relations = shelf.take([editions.relations_id(now.relations)])
        if links is None or not relations:
            return False
        born, died = _changes(copy, now, links)
        copy.leave(died)
        if not _fetched(shelf, copy, born, tell):
            return False
        (told,) = relations.values()
        copy.take_relations(loaded(told))
        erased = 0 < copy.edition < now.erased
        copy.say(edition=now.edition, embedder=now.embedder)
        generations.publish(copy, tell, erase=erased, replica=True)
        if erased:
            copy.purge()
        return True

    def _links(self, shelf: Shelf, now: Current, *, after: int) -> list[Link] | None:
        """The links after an edition; all, where the chain does not lead there. None: they are gone."""
        chain: Sequence[int] = now.chain
        if after in chain:
            chain = chain[chain.index(after) + 1 :]
        found = shelf.take([editions.link_id(edition) for edition in chain])
        if len(found) < len(chain):
            return None
        return [editions.link_of(found[editions.link_id(edition)]) for edition in chain]

    def _open(self, epoch: str) -> None:
        before = self.index
        if before is not None and before.name == epoch:
            return
        with stored(self._folder):
            coming = self._folder / f"{_NAME}.{epoch}"
            coming.write_text(epoch)
            coming.replace(self._folder / _NAME)
            if before is not None and before.is_dir():
                (before / _LEFT).touch()

    def _tidy(self, now: Current) -> None:
        """Takes away what was copied of epochs that are over."""
        for left in self._folder.glob(f"*/{_LEFT}"):
            if left.parent.name != now.epoch and time.time() - left.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(left.parent, ignore_errors=True)


def _changes(copy: Copy, now: Current, links: Sequence[Link]) -> tuple[list[Entry], list[int]]:
    """The articles that are to be fetched, and the keys of those that are to go."""
    held = copy.held()
    died = {one.id for link in links for one in link.died}
    born = {one.id: one for link in links for one in link.born if one.id not in died}
    if copy.edition not in now.chain:  # the links tell of everything
        died = held.keys() - born.keys()
    return [one for id, one in born.items() if id not in held], [held[id] for id in died if id in held]


def _fetched(shelf: Shelf, copy: Copy, born: Sequence[Entry], tell: Tell) -> bool:
    """Takes the articles in, some at a time; False where one is no longer in the store."""
    done = 0
    for part in parts(born):
        tell(_STAGE, done, len(born))
        found = shelf.take([one.id for one in part])
        if len(found) < len(part):
            return False
        copy.enter({one: loaded(found[one.id]) for one in part})
        done += len(part)
    tell(_STAGE, done, len(born))
    return True


def _emptied(folder: Path) -> None:
    """Takes away everything in the folder of an index but its lock, which is held."""
    with stored(folder):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif not path.name.startswith("writer."):
                path.unlink()
