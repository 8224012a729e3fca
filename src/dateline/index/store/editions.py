"""What a store holds: which articles there are in each edition, and which edition is the current one.

    dateline                 one record: the current edition, and in which collections it stands
    dateline-EPOCH           an article each, whole; the links; how articles tell each other's reports
    dateline-EPOCH-vectors   a vector of each passage

An edition is what the writer's ledger held when it published. It is told as a chain of links: what was added
and what was taken away since the link before. Records are never changed: new ones are written, and then, in
one record, which of them count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from dateline.errors import IndexMismatch
from dateline.index.store.payload import packed, rest, under, unpacked
from dateline.index.store.wire import Metadata, Server, parts

FORMAT = 1
ROOT = "dateline"
_CURRENT = "current"
_SPACE = {"hnsw": {"space": "cosine", "ef_search": 256, "sync_threshold": 5000}}  # as in an index folder
_AT_ONCE = 40  # records of one request: 4 MB at most
_WHERE = "dateline index FOLDER --republish --store URL"

Runs = tuple[tuple[int, int], ...]  # keys in a row: the first, and how many


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the writer's ledger, under its key there, and the keys of its passages that have vectors.

    No two articles that were ever published are equal in `id`; keys are used again after a removal.
    """

    key: int
    born: int
    digest: str
    passages: Runs

    @property
    def id(self) -> str:
        """Under which it stands in the store."""
        return f"{self.key}-{self.born}-{self.digest}"

    @property
    def vectors(self) -> list[int]:
        """The keys of its passages."""
        return [key for first, count in self.passages for key in range(first, first + count)]


@dataclass(frozen=True, slots=True)
class Link:
    """What changed from one edition to the next."""

    died: tuple[Entry, ...]
    born: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Current:
    """The published edition."""

    epoch: str  # of the collections
    edition: int
    ledger: str  # which ledger it tells of
    state: str  # of that ledger: changes with every generation
    schema: str
    embedder: str | None
    chain: tuple[int, ...]  # the editions whose links lead to it
    relations: int  # the edition since which articles tell each other's reports as they do
    erased: int = 0  # the last edition in which something died that must leave no trace, also with readers
    swept: bool = False  # what died is gone from the store
    format: int = FORMAT

    @property
    def articles(self) -> str:
        """The name of the collection of articles and links."""
        return f"{ROOT}-{self.epoch}"

    @property
    def vectors(self) -> str:
        """The name of the collection of vectors."""
        return f"{ROOT}-{self.epoch}-vectors"


class Shelf:
    """A collection of bytes under ids."""

    def __init__(self, server: Server, collection: str) -> None:
        self._server, self._collection = server, collection

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Stores each under its id."""
        records = [record for id, content in contents.items() for record in packed(id, content)]
        for begin in range(0, len(records), _AT_ONCE):
            self._server.upsert(self._collection, records[begin : begin + _AT_ONCE])

    def take(self, ids: Sequence[str]) -> dict[str, bytes]:
        """What stands under each id that is there. Raises Damaged."""
        found = self._server.metadatas(self._collection, ids)
        more = [name for id, first in found.items() for name in rest(id, first)]
        found |= self._server.metadatas(self._collection, more)
        parts = {id: [id, *rest(id, found[id])] for id in ids if id in found}
        return {
            id: unpacked(id, [found[name] for name in part])
            for id, part in parts.items()
            if all(name in found for name in part)
        }

    def drop(self, ids: Sequence[str]) -> None:
        """Takes away what stands under the ids."""
        for part in parts(ids):
            self._server.delete_where(self._collection, under(part))

    def holds(self, ids: Sequence[str]) -> bool:
        """True where something stands under one of the ids."""
        return any(self._server.holds(self._collection, under(part)) for part in parts(ids))


def current(server: Server) -> Current | None:
    """The published edition; None where nothing was published. Raises IndexMismatch, StoreAway."""
    root = server.collection(ROOT)
    found: Mapping[str, Metadata] = server.metadatas(root, [_CURRENT]) if root else {}
    if not found:
        return None
    told = json.loads(unpacked(_CURRENT, [found[_CURRENT]]))
    if told["format"] != FORMAT:
        raise IndexMismatch(
            f"{server.address} was published in format {told['format']}, this program knows {FORMAT}; "
            f"use the same version on both sides, or write it anew with: {_WHERE}"
        )
    return Current(**told | {"chain": tuple(told["chain"])})


def announce(server: Server, edition: Current) -> None:
    """Makes this the published edition: one record, so all of it or nothing."""
    root = server.make(ROOT, {})
    (record,) = packed(_CURRENT, json.dumps(asdict(edition)).encode())
    server.upsert(root, [record])


def made(server: Server, edition: Current) -> tuple[str, str]:
    """The ids of the two collections of an edition, which are made where they are not there."""
    return server.make(edition.articles, {}), server.make(edition.vectors, _SPACE)


def strangers(server: Server, edition: Current) -> list[str]:
    """Collections of dateline's that the edition does not need."""
    needed = (ROOT, edition.articles, edition.vectors)
    return [name for name in server.names() if name.startswith(f"{ROOT}-") and name not in needed]


def link_id(edition: int) -> str:
    """Under which id the link to an edition stands."""
    return f"link-{edition}"


def relations_id(edition: int) -> str:
    """Under which id it stands how articles tell each other's reports."""
    return f"relations-{edition}"


def of_link(link: Link) -> bytes:
    """A link as bytes."""
    return json.dumps(
        {"died": [_row(one) for one in link.died], "born": [_row(one) for one in link.born]}
    ).encode()


def link_of(content: bytes) -> Link:
    """The link in these bytes."""
    told = json.loads(content)
    return Link(tuple(map(_entry, told["died"])), tuple(map(_entry, told["born"])))


def entries(links: Iterable[Link]) -> dict[int, Entry]:
    """The articles that a chain leads to, by their keys."""
    found: dict[int, Entry] = {}
    for link in links:
        for one in link.died:
            if found.get(one.key) == one:
                del found[one.key]
        found |= {one.key: one for one in link.born}
    return found


def swept(edition: Current) -> Current:
    """The same edition, of which nothing that died is left."""
    return replace(edition, swept=True)


def _row(one: Entry) -> list[object]:
    return [one.key, one.born, one.digest, one.passages]


def _entry(row: Sequence[Any]) -> Entry:
    key, born, digest, passages = row
    return Entry(key, born, digest, tuple((first, count) for first, count in passages))
