from __future__ import annotations

import numpy as np
import pytest

from chroma_server import ChromaServer
from dateline.backends import silent
from dateline.index import Snapshot, lock, sync
from dateline.index.store import StoreReader
from dateline.index.store.publish import publish
from dateline.types import Filters
from newsroom import RECORDS, report, write_articles
from store_desk import QUESTIONS, Desk, found


def reader_of(desk: Desk) -> StoreReader:
    return StoreReader(desk.place, desk.settings.cache, silent)


def test_an_older_generation_finds_its_own_passages_among_newer_ones(desk: Desk) -> None:
    more = [report(f"ferry-{n}", f"Ferry {n} of the crews in Port Ansel stopped work.") for n in range(40)]
    desk.publish(*RECORDS)
    snapshot = reader_of(desk).newest()
    own = Snapshot(desk.index)
    (query,) = desk.embedder.embed_queries(["Ferry crews in Port Ansel stopped work"])
    everything = own.nearest(query, 100, Filters())
    desk.publish(
        RECORDS[0] | {"text": "The bridge over the Tarn is closed. Nobody knows why."}, *RECORDS[1:], *more
    )
    assert snapshot.nearest(query, 3, Filters()) == pytest.approx(dict([*everything.items()][:3]), abs=1e-6)
    left = snapshot.nearest(query, 100, Filters())
    assert list(left) == list(everything)  # what died stays for as long as a generation may be behind
    assert list(left.values()) == pytest.approx(list(everything.values()), abs=1e-6)


def test_without_the_store_the_copy_finds_the_same(own: tuple[Desk, ChromaServer]) -> None:
    desk, server = own
    desk.publish(*RECORDS)
    reader = reader_of(desk)
    (query,) = desk.embedder.embed_queries([QUESTIONS[0]])
    of_the_store = reader.newest().nearest(query, 5, Filters())
    server.kill()
    of_the_copy = reader.newest().nearest(query, 5, Filters())
    assert list(of_the_copy) == list(of_the_store)
    assert np.allclose(list(of_the_copy.values()), list(of_the_store.values()), atol=1e-3)  # float16
    assert "in this machine's copy" in reader.notices()[0]


def test_too_many_are_not_compared_one_by_one(
    own: tuple[Desk, ChromaServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("neighbours", "reader"):
        monkeypatch.setattr(f"dateline.index.store.{module}.MOST", 3)
    desk, server = own
    desk.publish(*RECORDS)
    archive = desk.reader()
    server.kill()
    assert found(archive, QUESTIONS[0])
    (notice,) = archive.notices
    assert notice.endswith(", by words only.")


def test_an_index_without_vectors_is_read_by_words(desk: Desk) -> None:
    source = write_articles(desk.folder / "articles.jsonl", *RECORDS)
    with lock.writing(desk.index) as ledger:
        sync.synchronise([source], ledger, None, silent)
        publish(ledger, desk.place, silent)
    archive = desk.reader()
    assert found(archive, QUESTIONS[0])
    assert "the index has no vectors" in archive.notices[0]
