from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from dateline.errors import StorageError
from dateline.index.ledger.database import connect
from dateline.index.ledger.lending import AT_ONCE, Connections, OneConnection

linux = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells what is open")
NUMBERS = "SELECT n FROM t ORDER BY n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with closing(connect(tmp_path / "t.sqlite", "rwc")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE t (n INTEGER)")
        db.executemany("INSERT INTO t VALUES (?)", [(n,) for n in range(1000)])
    return tmp_path / "t.sqlite"


@pytest.fixture
def held(file: Path) -> Iterator[Connections]:
    held = Connections(file)
    yield held
    held.close()


def idle(held: Connections) -> int:
    return held._idle.qsize()


def open_files(file: Path) -> int:
    return sum(os.path.realpath(one).startswith(str(file)) for one in Path("/proc/self/fd").iterdir())


def test_a_statement_gives_its_connection_back(held: Connections) -> None:
    assert held.one(NUMBERS) == (0,)
    assert held.all(NUMBERS)[-1] == (999,)
    assert sum(n for (n,) in held.each(NUMBERS)) == 499_500
    assert idle(held) == AT_ONCE


def test_so_does_one_that_fails(held: Connections) -> None:
    for _ in range(2 * AT_ONCE):
        with pytest.raises(sqlite3.OperationalError, match="syntax"):
            held.all("SELECT FROM")
    assert idle(held) == AT_ONCE


def test_other_statements_go_on_while_many_rows_are_read(held: Connections) -> None:
    reading = [held.each(NUMBERS) for _ in range(2 * AT_ONCE)]
    assert [next(rows) for rows in reading] == [(0,)] * len(reading)
    assert held.one(NUMBERS) == (0,)
    assert [next(rows) for rows in reading] == [(1,)] * len(reading)


def test_rows_that_nobody_reads_to_the_end_let_a_writer_erase(held: Connections, file: Path) -> None:
    next(held.each(NUMBERS))
    assert held.one(NUMBERS) == (0,)
    with closing(connect(file, "rwc")) as writer:
        writer.execute("DELETE FROM t")
        assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert held.all(NUMBERS) == []


@linux
def test_threads_that_come_and_go_leave_nothing_behind(held: Connections, file: Path) -> None:
    before = open_files(file)
    for _ in range(20):
        together = Barrier(10)

        def ask(together: Barrier = together) -> int:
            together.wait()
            return len(held.all(NUMBERS))

        with ThreadPoolExecutor(10) as threads:
            assert [one.result() for one in [threads.submit(ask) for _ in range(10)]] == [1000] * 10
    assert open_files(file) == before


@linux
def test_what_is_in_use_when_all_is_closed_is_closed_when_it_is_done(file: Path) -> None:
    held = Connections(file)
    rows = held.each(NUMBERS)
    next(rows)
    with held.lent() as db:
        held.close()
        assert db.execute(NUMBERS).fetchone() == (0,)
    assert next(rows) == (1,)
    assert open_files(file) > 0
    rows.close()
    assert open_files(file) == 0


def test_a_writer_reads_what_it_has_not_committed(file: Path) -> None:
    writer, reader = OneConnection(file), Connections(file)
    with closing(writer), closing(reader):
        writer.db.execute("BEGIN")
        writer.db.execute("DELETE FROM t WHERE n > 0")
        assert writer.all(NUMBERS) == [(0,)]
        assert len(reader.all(NUMBERS)) == 1000
        writer.db.rollback()


def test_a_file_that_can_not_be_opened_is_a_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="change the permissions"):
        Connections(tmp_path / "nowhere" / "t.sqlite")
