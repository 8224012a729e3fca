"""Store → this machine: what a reader has is what the writer has."""

from __future__ import annotations

import threading

from dateline.archive import Archive
from dateline.index.ledger import Ledger
from dateline.index.store.export import Export
from newsroom import RECORDS, report
from store_desk import Desk, same


def test_what_changed_or_was_removed_changes_for_readers_also_for_those_who_missed_some(desk: Desk) -> None:
    desk.publish(*RECORDS)
    late = desk.folder / "late"
    desk.reader("late")
    changed = RECORDS[0] | {
        "text": "The new bridge over the Tarn was closed again on Tuesday. It had cracks."
    }
    desk.publish(changed, *RECORDS[1:])
    desk.publish(changed, *RECORDS[2:], report("market", "The market of Osterby moves to the quay."))
    desk.publish(changed, *RECORDS[3:], report("mill", "The mill of Larkvale burned down at night."))
    reader = desk.reader("late")
    assert late.is_dir()
    assert same(reader, desk.here())
    assert {one.id for one in Ledger(reader.folder).articles()} == {
        "bridge-opens", *(str(record["id"]) for record in RECORDS[3:]), "mill",
    }  # fmt: skip


def test_relations_between_articles_come_along(desk: Desk) -> None:
    copy = RECORDS[0] | {"id": "copied", "source": "Weekly Kiln", "title": "The bridge of Larkvale is open"}
    desk.publish(*RECORDS, copy)
    reader = desk.reader()
    pairs = Ledger(desk.index).retold(generation=1)
    assert pairs
    assert Ledger(reader.folder).retold(generation=1) == pairs
    (hit, *_) = reader.search("Who opened the new bridge?")
    assert [article.id for article in hit.also] == [
        article.id for article in desk.here().search("Who opened the new bridge?")[0].also
    ]


def test_rows_are_the_same_in_all_columns_that_are_not_of_a_generation(desk: Desk) -> None:
    desk.publish(*RECORDS)
    there = {key: rows for key, rows in Export(desk.index).rows(range(1, 50)) if rows["articles"]}
    here = {key: rows for key, rows in Export(desk.reader().folder).rows(range(1, 50)) if rows["articles"]}
    assert there.keys() == here.keys()
    assert there == here  # also the generation: both have published once


def test_a_damaged_copy_is_made_anew(desk: Desk) -> None:
    desk.publish(*RECORDS)
    folder = desk.reader().folder
    for damaged in ("ledger.sqlite", "generation-000001/words/meta.json"):
        (folder / damaged).write_bytes(b"nothing" * 1000)
        assert same(desk.reader(), desk.here())


def test_two_that_begin_together_make_one_copy(desk: Desk) -> None:
    desk.publish(*RECORDS)
    readers: list[Archive] = []
    threads = [threading.Thread(target=lambda: readers.append(desk.reader())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(readers) == 3
    assert all(same(reader, desk.here()) for reader in readers)
