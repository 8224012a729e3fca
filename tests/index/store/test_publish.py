"""Ledger → store: what a publication leaves there, also one that was killed."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

import dateline
from chroma_server import ChromaServer
from dateline.archive import Archive
from dateline.errors import IndexMismatch, IndexMissing
from dateline.index.ledger import Ledger
from dateline.index.store.editions import current
from dateline.index.store.wire import Record, Server
from dateline.types import Report
from newsroom import RECORDS, report, write_articles
from store_desk import QUESTIONS, Desk, Killed, eventually, same


def test_a_run_with_nothing_new_publishes_nothing(desk: Desk) -> None:
    desk.publish(*RECORDS)
    server = Server(desk.place)
    before = current(server)
    assert desk.publish(*RECORDS).published is True
    assert current(server) == before


def test_what_is_removed_leaves_no_trace_in_the_store_nor_with_readers(desk: Desk) -> None:
    desk.publish(*RECORDS)
    reader = desk.reader()
    collections, records = desk.stored()
    passages = reader.overview().passages
    assert dateline.remove(["telescope"], desk.index, store=desk.url, settings=desk.settings) == 0
    assert eventually(lambda: reader.overview().articles == len(RECORDS) - 1)
    lost = passages - reader.overview().passages
    assert desk.stored() == (collections, records - 1 - lost + 1)  # article, vectors; one link more
    traces = [
        file
        for file in (desk.folder / "cache").rglob("*")
        if file.is_file() and b"KX4471" in file.read_bytes()
    ]
    assert traces == []


def test_pruned_articles_leave_the_store(desk: Desk) -> None:
    folder = desk.folder / "sources"
    folder.mkdir()
    for record in RECORDS:
        write_articles(folder / f"{record['id']}.jsonl", record)

    def build() -> Report:
        return dateline.build(
            folder, desk.index, embedder=desk.embedder, prune=True, store=desk.url, settings=desk.settings
        )

    build()
    _, before = desk.stored()
    (folder / "flood.jsonl").unlink()
    assert build().removed == 1
    server = Server(desk.place)
    now = current(server)
    assert now is not None
    assert desk.stored()[1] == before + 1 - 1  # a link more, an article less; its vectors a generation later
    write_articles(folder / "more.jsonl", report("mill", "The mill of Larkvale burned down at night."))
    build()
    assert same(desk.reader(), desk.here())


@pytest.mark.parametrize("when", ["begun", "done"])
def test_a_publication_that_is_killed_is_seen_by_nobody_and_completed_by_the_next_run(
    desk: Desk, when: str
) -> None:
    desk.publish(*RECORDS[:3])
    reader = desk.reader()

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "publishing" and (when == "begun" or done == total):
            raise Killed

    with pytest.raises(Killed):
        desk.publish(*RECORDS, tell=tell)
    time.sleep(1.5)  # the reader looks
    assert reader.overview().articles == 3
    killed = report("killed", "The well of Osterby is dry, and KX9000 was found in it.")
    with pytest.raises(Killed):
        desk.publish(*RECORDS, killed, tell=tell)
    assert desk.publish(*RECORDS).published is True
    assert eventually(lambda: reader.overview().articles == len(RECORDS))
    assert same(reader, desk.here())
    names, records = desk.stored()
    vectors = reader.overview().passages
    assert len(names) == 3
    assert records == 1 + len(RECORDS) + vectors + 2 + 1  # current, articles, vectors, links, relations


def test_a_first_publication_that_is_killed_leaves_nothing_behind(desk: Desk) -> None:
    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "publishing" and done:
            raise Killed

    with pytest.raises(Killed):
        desk.publish(*RECORDS, tell=tell)
    with pytest.raises(IndexMissing, match=f"nothing was published to {desk.url} yet"):
        desk.reader()
    desk.publish(*RECORDS)
    assert len(desk.stored()[0]) == 3
    assert same(desk.reader(), desk.here())


def test_another_index_does_not_take_the_place_of_a_published_one_unless_it_is_told_to(desk: Desk) -> None:
    desk.publish(*RECORDS)
    reader = desk.reader()
    other = replace(desk, folder=desk.folder / "other")
    other.folder.mkdir()
    with pytest.raises(IndexMismatch, match=r"holds another index than .*; to put this one in its place: "):
        other.publish(report("mill", "The mill of Larkvale burned down at night."))
    assert reader.overview().articles == len(RECORDS)
    other.publish(report("mill", "The mill of Larkvale burned down at night."), republish=True)
    assert eventually(lambda: reader.overview().articles == 1)
    assert reader.article("mill").title == "About mill"
    assert len(desk.stored()[0]) == 3


def test_what_the_server_garbled_is_noticed_and_written_anew_when_told_to(desk: Desk) -> None:
    desk.publish(*RECORDS)
    reader, server = desk.reader(), Server(desk.place)
    root = server.collection("dateline")
    assert root
    told = {**server.metadatas(root, ["current"])["current"], "p00": "nothing"}
    server.upsert(root, [Record("current", metadata=told)])
    assert eventually(lambda: "is not what was written" in "".join(reader.notices))
    assert reader.ask(QUESTIONS[0]).answered
    said = desk.publish(*RECORDS)
    assert said.published is False
    assert "what the store holds of current is not what was written" in said.notices[-1]
    assert desk.publish(*RECORDS, republish=True).published is True
    assert same(reader, desk.here())
    server.close()


def test_vectors_that_the_server_lost_are_written_anew(desk: Desk) -> None:
    desk.publish(*RECORDS)
    server = Server(desk.place)
    now = current(server)
    assert now
    vectors = server.collection(now.vectors)
    assert vectors
    server.delete(vectors, [str(key) for key in range(1, 9)])
    assert desk.publish(*RECORDS).published is True
    after = current(server)
    assert after
    assert after.epoch != now.epoch
    assert same(desk.reader(), desk.here())
    server.close()


def test_a_key_that_is_used_again_is_not_taken_for_the_one_before(desk: Desk) -> None:
    """The ledger gives the highest keys away again after a removal."""
    desk.publish(*RECORDS)
    reader = desk.reader()
    dateline.remove(["library"], desk.index, settings=desk.settings)  # without the store
    desk.publish(*RECORDS[:-1], report("mill", "The mill of Larkvale burned down at night."))
    keys = {one.id: key for key, one in Ledger(desk.index).by_key(range(1, 50)).items()}
    assert keys["mill"] == len(RECORDS)
    assert eventually(lambda: reader.overview().articles == len(RECORDS) and holds(reader, "mill"))
    assert same(reader, desk.here())
    assert not holds(reader, "library")


def holds(archive: Archive, id: str) -> bool:
    return any(one.id == id for one in Ledger(archive.folder).articles())


def test_a_long_chain_of_editions_begins_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.index.store.publish._LINKS", 3)
    for count in range(1, len(RECORDS) + 1):
        desk.publish(*RECORDS[:count])
    now = current(Server(desk.place))
    assert now is not None
    assert len(now.chain) <= 3
    assert same(desk.reader(), desk.here())


def test_a_server_that_is_restarted_in_the_middle_of_a_publication_loses_nothing(
    own: tuple[Desk, ChromaServer],
) -> None:
    desk, server = own
    desk.publish(*RECORDS[:2])
    restarts: list[threading.Thread] = []

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "publishing" and not restarts:
            server.kill()
            restarts.append(threading.Thread(target=server.start))
            restarts[0].start()

    desk.publish(*RECORDS, tell=tell)
    restarts[0].join()
    assert desk.publish(*RECORDS).published is True
    assert same(desk.reader(), desk.here())
