"""Does a store hold what it announces, and the newest of its index? All is fetched, as by a new reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dateline.errors import IndexMismatch, StoreAway
from dateline.index.embedder import Vectors
from dateline.index.store import editions
from dateline.index.store.address import Address
from dateline.index.store.editions import Current, Entry, Shelf
from dateline.index.store.export import IDENTITY, Export, vectors_in
from dateline.index.store.payload import Damaged, loaded
from dateline.index.store.wire import Server
from dateline.types import Finding, Tell

_STAGE = "checking the store"
_TOGETHER = 100  # articles fetched together: some MB
_SAMPLED = 40  # vectors that are searched for
_NEIGHBOURS = 3
_SAME = 0.999  # cosine of a vector and itself; a copy of its text will do
_MISSED = 0.1  # of the sample: a graph of neighbours does not lead everywhere


def examine(address: Address, index: Path | None, tell: Tell) -> list[Finding]:
    """All that is wrong with what a store holds; nothing in it is changed.

    Where it was published from `index`, also whether that has gone on since.
    """
    server = Server(address)
    try:
        now = editions.current(server)
        if now is None:
            publish = f"publish an index: dateline index FOLDER --store {address}"
            return [Finding("nothing was published", str(address), publish)]
        older, mend = _compared(now, index, address)
        return [*older, *(Finding(what, str(address), mend) for what in _content(server, now, tell))]
    except (StoreAway, IndexMismatch) as error:
        what, _, mend = str(error).removeprefix(f"{address} ").partition("; ")
        return [Finding(what, str(address), mend)]
    finally:
        server.close()


def find_themselves(server: Server, collection: str | None, sample: Mapping[int, Vectors]) -> bool:
    """True where the vectors of a sample, by the keys of their passages, are found by a search for them."""
    missed = 0
    for key, vector in sample.items():
        near = server.nearest(collection, vector, _NEIGHBOURS) if collection else {}
        missed += key not in near and max(near.values(), default=0.0) < _SAME
    return missed <= _MISSED * len(sample)


def _compared(now: Current, index: Path | None, address: Address) -> tuple[list[Finding], str]:
    """What is wrong with the edition as that of the index, and what mends its content."""
    ledger = Export(index) if index else None
    own = ledger is not None and ledger.meta(IDENTITY) == now.ledger
    newest = ledger is None or ledger.meta("seal") == now.state
    if ledger:
        ledger.close()
    if not own:
        return [], f"where its index is: dateline doctor --repair --store {address}"
    mend = f"dateline doctor --repair --store {address} --index {index}"
    publish = f"dateline index FOLDER --store {address} --index {index}"
    return [] if newest else [Finding(f"it holds an older state of {index}", str(address), publish)], mend


def _content(server: Server, now: Current, tell: Tell) -> Iterator[str]:
    articles, vectors = server.collection(now.articles), server.collection(now.vectors)
    if articles is None or vectors is None:
        yield "a collection that it announces is not there"
        return
    shelf = Shelf(server, articles)
    links, broken = _taken(shelf, [*map(editions.link_id, now.chain), editions.relations_id(now.relations)])
    if broken or len(links) <= len(now.chain):
        yield "what it tells of its articles is not what was written"
        return
    told = [editions.link_of(links[editions.link_id(edition)]) for edition in now.chain]
    entries = [*editions.entries(told).values()]
    missing, damaged, sample = _of_articles(shelf, entries, tell)
    of_all = f"of {len(entries):,} articles"
    if missing:
        yield f"{missing:,} {of_all} are missing"
    if damaged:
        yield f"{damaged:,} {of_all} are not what was written"
    if lost := _without_vectors(server, vectors, entries):
        yield f"the vectors of {lost:,} passages are missing"
    if not find_themselves(server, vectors, sample):
        yield "vectors are not found by a search for them"


def _of_articles(
    shelf: Shelf, entries: Sequence[Entry], tell: Tell
) -> tuple[int, int, Mapping[int, Vectors]]:
    """How many articles are missing and how many damaged; vectors from all over them, by passages' keys."""
    missing = damaged = 0
    sample = dict[int, Vectors]()
    each = max(1, _SAMPLED * _TOGETHER // max(1, len(entries)))
    for begin in range(0, len(entries), _TOGETHER):
        tell(_STAGE, begin, len(entries))
        part = entries[begin : begin + _TOGETHER]
        found, broken = _taken(shelf, [one.id for one in part])
        missing += len(part) - len(found) - broken
        damaged += broken
        sample |= _some_of(found, each)
    tell(_STAGE, len(entries), len(entries))
    return missing, damaged, sample


def _taken(shelf: Shelf, ids: Sequence[str]) -> tuple[dict[str, bytes], int]:
    """What stands under the ids, and how many of them hold something else than was written."""
    try:
        return shelf.take(ids), 0
    except Damaged:
        if len(ids) == 1:
            return {}, 1
    one, other = (_taken(shelf, part) for part in (ids[: len(ids) // 2], ids[len(ids) // 2 :]))
    return one[0] | other[0], one[1] + other[1]


def _some_of(articles: Mapping[str, bytes], count: int) -> dict[int, Vectors]:
    """The first vector of each of so many articles, by the key of its passage."""
    found = [vectors_in(loaded(content)) for _, content in zip(range(count), articles.values(), strict=False)]
    return dict(next(iter(one.items())) for one in found if one)


def _without_vectors(server: Server, vectors: str, entries: Sequence[Entry]) -> int:
    ids = [str(key) for one in entries for key in one.vectors]
    return len(ids) - len(server.metadatas(vectors, ids))
