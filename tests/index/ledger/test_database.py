from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import IndexBusy, IndexDamaged, StorageError
from dateline.index.ledger.database import Connection, connect, seal

VALUE = st.none() | st.integers(-(2**62), 2**62) | st.text(max_size=5) | st.binary(max_size=5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def db(file: Path) -> Iterator[Connection]:
    with closing(connect(file, "rwc")) as db:
        db.execute("CREATE TABLE t (key INTEGER PRIMARY KEY, text TEXT, seal INTEGER)")
        db.executemany("INSERT INTO t VALUES (?, ?, NULL)", [(1, "one"), (2, "two")])
        db.execute("UPDATE t SET seal = seal(key, text)")
        db.commit()
        yield db


@given(st.lists(VALUE, max_size=4), st.lists(VALUE, max_size=4))
def test_a_seal_changes_with_any_value(one: list[str | None], other: list[str | None]) -> None:
    kinds = [[(type(value), value) for value in values] for values in (one, other)]
    assert (seal(*one) == seal(*other)) == (kinds[0] == kinds[1])


def test_a_row_that_is_not_what_was_written_is_refused(db: Connection) -> None:
    statement = "SELECT key, text, intact(seal, key, text) FROM t"
    assert db.execute(statement).fetchall() == [(1, "one", 1), (2, "two", 1)]
    db.execute("UPDATE t SET text = 'won' WHERE key = 2")
    with pytest.raises(IndexDamaged, match="dateline doctor --repair"):
        list(db.execute(statement))


def test_a_row_that_was_never_sealed_is_read(db: Connection) -> None:
    db.execute("UPDATE t SET text = 'won', seal = NULL WHERE key = 2")
    assert db.execute("SELECT intact(seal, key, text) FROM t WHERE key = 2").fetchone() == (1,)


def test_text_that_is_no_text_is_damage(db: Connection) -> None:
    db.execute("UPDATE t SET text = CAST(x'ff' AS TEXT)")
    with pytest.raises(IndexDamaged):
        db.execute("SELECT text FROM t").fetchone()


def test_a_file_that_can_not_be_opened_is_a_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="change the permissions"):
        connect(tmp_path / "nowhere" / "ledger.sqlite", "rwc")


def test_a_file_that_another_process_holds_is_a_line(db: Connection, file: Path) -> None:
    with closing(connect(file, "rwc")) as other:
        other.execute("BEGIN EXCLUSIVE")
        db.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(IndexBusy):
            db.execute("SELECT * FROM t").fetchall()


def test_a_mistake_of_ours_stays_one(db: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO t VALUES (1, 'again', NULL)")
