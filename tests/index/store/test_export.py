from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from dateline.errors import IndexDamaged
from dateline.index.ledger.schema import FILE, TABLES
from dateline.index.store.export import OF_AN_ARTICLE, OF_THE_WRITER, OF_TWO_ARTICLES, Export
from newsroom import RECORDS
from store_desk import Desk


def test_of_every_table_it_is_said_whether_readers_need_it() -> None:
    tables = re.findall(r"CREATE TABLE (\w+)", TABLES)
    said = [*(table.name for table in OF_AN_ARTICLE), *OF_TWO_ARTICLES, *OF_THE_WRITER]
    assert sorted(said) == sorted(tables)
    for table in OF_AN_ARTICLE:
        (columns,) = re.findall(rf"CREATE TABLE {table.name} \((.*?)\n?\)", TABLES, re.DOTALL)
        assert f"{table.key} INTEGER PRIMARY KEY" in columns
        assert "seal INTEGER" in TABLES


def test_a_damaged_row_is_not_told_to_anybody(desk: Desk) -> None:
    desk.publish(*RECORDS, store=False)
    with sqlite3.connect(desk.index / FILE) as db:
        db.execute('UPDATE passages SET "end" = "end" - 1 WHERE key = 3')
    db.close()
    export = Export(desk.index)
    with pytest.raises(IndexDamaged, match="is damaged"):
        list(export.rows(range(1, 20)))
    export.close()


def test_what_is_dead_is_told_apart_from_what_is_gone(desk: Desk, tmp_path: Path) -> None:
    desk.publish(*RECORDS, store=False)
    desk.publish(*RECORDS[1:], store=False)
    export = Export(desk.index)
    assert 1 not in export.articles_now()
    assert 1 in export.kept([1, 2, 99])
    assert 99 not in export.kept([1, 2, 99])
    assert len(export.sample(3)) == 3
    assert len(export.sample(1000)) == export.count_passages(generation=export.generation)
    export.close()
