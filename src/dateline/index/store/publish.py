"""Ledger → store: makes a Chroma server hold what the published generation of an index holds.

What the server holds is asked of the server, never remembered: so it does not matter where the run before was
killed, or which runs had no store. The order of writing makes one record decide:

    1. the link of the coming edition: what will be written, for the next run to know if this one is killed
    2. articles and vectors, under ids that no reader knows yet
    3. the record that names the edition
    4. away with what died, and with what a killed run has left

A reader that is an edition behind still asks for vectors that died, so these go when the ledger no longer has
their rows either: a generation later, or at once when they are to leave no trace.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from dateline.errors import IndexMismatch, StoreAway
from dateline.index.ledger.schema import SCHEMA
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.store import editions
from dateline.index.store.address import Address
from dateline.index.store.editions import Current, Entry, Link, Shelf
from dateline.index.store.export import IDENTITY, Export, Known, runs, vectors_in
from dateline.index.store.payload import dumped
from dateline.index.store.survey import find_themselves
from dateline.index.store.wire import Record, Server, ServerFailed
from dateline.types import Tell

_STAGE = "publishing"
_LINKS = 32  # of a chain; then it begins anew
_TOGETHER = 100  # articles sent together
_PATIENCE = 20.0  # seconds that a server may take to be started again
_SAMPLED = 40  # vectors that are asked for


def publish(ledger: LedgerWriter, address: Address, tell: Tell, *, republish: bool = False) -> None:
    """Brings the store to the published generation of a ledger.

    With `republish`, all of it is written anew, also where the store holds another index. Raises StoreAway,
    after which the next run goes on; IndexMismatch where the store holds another index.
    """
    identity = _identity(ledger)
    server, export = Server(address, patience=_PATIENCE), Export(ledger.folder)
    try:
        now = _known(server, republish=republish)
        if now and now.ledger != identity and not republish:
            raise IndexMismatch(
                f"{address} holds another index than {ledger.folder}; to put this one in its place: "
                f"dateline index FOLDER --republish --store {address} --index {ledger.folder}"
            )
        if now is None:
            server.prepare()
        if republish or (now and (now.schema, now.embedder) != (SCHEMA, export.meta("embedder"))):
            now = None
        if not _published(_Publication(server, export, identity, now, tell)):
            tell("the store does not find what was written to it; writing it anew", 0, None)
            if not _published(_Publication(server, export, identity, None, tell)):
                raise StoreAway(f"{address} does not find what was written to it; look at its log and disk")
    finally:
        export.close()
        server.close()


def _known(server: Server, *, republish: bool) -> Current | None:
    """The published edition. What is not to be read any more may also be unreadable."""
    try:
        return editions.current(server)
    except StoreAway:
        if not republish or server.collection(editions.ROOT) is None:
            raise
        server.drop(editions.ROOT)
        return None


def _published(publication: _Publication) -> bool:
    """False where the server does not hold what it was given, or can't tell."""
    try:
        publication.run()
        return publication.is_found()
    except ServerFailed:
        return False


def _identity(ledger: LedgerWriter) -> str:
    """Which ledger this is; said once."""
    known = ledger.meta(IDENTITY)
    if known is None:
        known = secrets.token_hex(8)
        with ledger.transaction():
            ledger.set_meta(IDENTITY, known)
    return known


class _Publication:
    """One edition on its way into the store."""

    def __init__(
        self, server: Server, export: Export, identity: str, now: Current | None, tell: Tell
    ) -> None:
        self._server, self._export, self._now, self._tell = server, export, now, tell
        state = export.meta("seal") or ""
        self._next = Current(
            epoch=now.epoch if now else secrets.token_hex(4),
            edition=now.edition + 1 if now else 1,
            ledger=identity,
            state=state,
            schema=SCHEMA,
            embedder=export.meta("embedder"),
            chain=now.chain if now else (),
            relations=now.relations if now else 0,
            erased=now.erased if now else 0,
        )

    def run(self) -> None:
        """Publishes, unless the store holds all of it already."""
        if self._now and self._now.state == self._next.state:
            if not self._now.swept:
                self._open()
                self._sweep(self._now, [])
            return
        self._open()
        wanted = self._export.articles_now()
        born = [key for key, known in wanted.items() if not self._holds(key, known)]
        died = [one for key, one in self._held.items() if wanted.get(key) != (one.born, one.digest)]
        entries = self._entries(born, wanted)
        if self._used_again(entries):  # a vector under its key would be that of an article that is no more
            _Publication(self._server, self._export, self._next.ledger, None, self._tell).run()
            return
        self._clear(wanted)
        relations = self._write_relations()
        chain = self._link(Link(tuple(died), tuple(entries)))
        self._write(entries)
        edition = replace(self._next, chain=chain, relations=relations)
        if self._purged(died):
            edition = replace(edition, erased=edition.edition)
        editions.announce(self._server, edition)
        self._sweep(edition, died)

    def is_found(self) -> bool:
        """True where the vectors of a sample find themselves."""
        vectors = self._server.collection(self._next.vectors)
        return find_themselves(self._server, vectors, self._export.sample(_SAMPLED))

    def _open(self) -> None:
        articles, self._vectors = editions.made(self._server, self._next)
        self._shelf = Shelf(self._server, articles)
        self._chain = [editions.link_of(one) for one in self._links(self._next.chain)]
        self._held = editions.entries(self._chain)

    def _links(self, chain: Sequence[int]) -> list[bytes]:
        ids = [editions.link_id(edition) for edition in chain]
        found = self._shelf.take(ids)
        if len(found) < len(ids):
            raise StoreAway(f"{self._server.address} has lost a part of what was published")
        return [found[id] for id in ids]

    def _holds(self, key: int, known: Known) -> bool:
        held = self._held.get(key)
        return held is not None and known == (held.born, held.digest)

    def _entries(self, keys: Sequence[int], known: Mapping[int, Known]) -> list[Entry]:
        """What the store is told of the articles."""
        passages = self._export.passages(keys)
        return [Entry(key, *known[key], runs(passages.get(key, []))) for key in sorted(keys)]

    def _used_again(self, entries: Sequence[Entry]) -> bool:
        """True where a key of passages is still that of others."""
        dead = self._dead()
        used = _keys([*self._held.values(), *(set(dead) - self._purged(dead))])
        return bool(len(np.intersect1d(_keys(entries), used)))

    def _dead(self) -> list[Entry]:
        """What has died of which something may still be in the store."""
        chain = self._chain if self._now and not self._now.swept else self._chain[-1:]
        return [one for link in chain for one in link.died]

    def _purged(self, dead: Iterable[Entry]) -> set[Entry]:
        """Those of the dead of which the ledger has no rows any more."""
        kept = self._export.kept([one.key for one in dead])
        return {one for one in dead if kept.get(one.key) != (one.born, one.digest)}

    def _clear(self, wanted: Mapping[int, Known]) -> None:
        """Takes away what a killed run has written and nobody will want."""
        id = editions.link_id(self._next.edition)
        for content in self._shelf.take([id]).values():
            begun = editions.link_of(content).born
            left = [
                one
                for one in begun
                if self._held.get(one.key) != one and wanted.get(one.key) != (one.born, one.digest)
            ]
            self._take_away(left, left)
        self._shelf.drop([id])

    def _write_relations(self) -> int:
        """The edition since which articles tell each other's reports as they do now."""
        content = dumped(self._export.relations())
        before = editions.relations_id(self._next.relations)
        if self._next.relations and self._shelf.take([before]).get(before) == content:
            return self._next.relations
        self._shelf.put({editions.relations_id(self._next.edition): content})
        return self._next.edition

    def _link(self, link: Link) -> tuple[int, ...]:
        """Writes the link, or a chain that begins anew; the chain."""
        chain = (*self._next.chain, self._next.edition)
        if len(chain) > _LINKS:
            whole = editions.entries([*self._chain, link])
            link = Link((*self._dead(), *link.died), tuple(whole.values()))
            chain = (self._next.edition,)
        self._shelf.put({editions.link_id(self._next.edition): editions.of_link(link)})
        return chain

    def _write(self, entries: Sequence[Entry]) -> None:
        """Articles and their vectors."""
        ids = {one.key: one.id for one in entries}
        keys = sorted(ids)
        for begin in range(0, len(keys), _TOGETHER):
            self._tell(_STAGE, begin, len(keys))
            part = dict(self._export.rows(keys[begin : begin + _TOGETHER]))
            self._shelf.put({ids[key]: dumped(rows) for key, rows in part.items()})
            vectors = {key: vector for rows in part.values() for key, vector in vectors_in(rows).items()}
            self._server.upsert(self._vectors, [Record(str(key), one) for key, one in vectors.items()])
        self._tell(_STAGE, len(keys), len(keys))

    def _sweep(self, edition: Current, died: Sequence[Entry]) -> None:
        """Takes away what no reader needs."""
        dead = [*self._dead(), *died]
        self._take_away(dead, self._purged(dead))
        if self._shelf.holds([one.id for one in dead]):
            raise StoreAway(f"{self._server.address} still holds what was taken out; look at its log")
        if self._now:
            self._shelf.drop([editions.link_id(one) for one in self._now.chain if one not in edition.chain])
            if self._now.relations != edition.relations:
                self._shelf.drop([editions.relations_id(self._now.relations)])
        for name in editions.strangers(self._server, edition):
            self._server.drop(name)
        editions.announce(self._server, editions.swept(edition))

    def _take_away(self, articles: Iterable[Entry], vectors: Iterable[Entry]) -> None:
        """Articles, and the vectors of articles."""
        self._shelf.drop([one.id for one in articles])
        self._server.delete(self._vectors, [str(key) for one in vectors for key in one.vectors])


def _keys(entries: Iterable[Entry]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([key for one in entries for key in one.vectors], np.int64)
