from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index.mending.pages import PAGE, Record, is_database, records

VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False).filter(lambda number: not number.is_integer()),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.binary(),
    st.integers(0, 20_000).map(lambda size: b"\1" * size),
)


def rows_of(file: Path) -> Iterator[tuple[object, ...]]:
    for record in records(file):
        if record.key is not None and len(record.values) == 3:
            yield record.key, *record.values


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(-(2**63), 2**63 - 1), st.tuples(VALUES, VALUES, VALUES), max_size=12))
def test_every_row_is_read_as_sqlite_reads_it(rows: dict[int, tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "some.sqlite"
        with closing(sqlite3.connect(file)) as db, db:
            db.execute("CREATE TABLE held (a, b, c)")
            db.executemany(
                "INSERT INTO held (rowid, a, b, c) VALUES (?, ?, ?, ?)",
                [(key, *values) for key, values in rows.items()],
            )
        assert sorted(map(repr, rows_of(file))) == sorted(
            repr((key, *values)) for key, values in rows.items()
        )


def numbered(file: Path, count: int) -> None:
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("CREATE TABLE held (a INTEGER, b TEXT, c TEXT)")
        db.execute("CREATE INDEX by_b ON held (b)")
        db.executemany(
            "INSERT INTO held VALUES (?, ?, ?)", [(n, f"name {n:04}", "x" * 300) for n in range(count)]
        )


def test_rows_of_indexes_are_read_without_a_key_of_their_own(tmp_path: Path) -> None:
    numbered(tmp_path / "some.sqlite", 1000)
    named = {record.values for record in records(tmp_path / "some.sqlite") if record.key is None}
    assert named == {(f"name {n:04}", n + 1) for n in range(1000)}


def test_a_damaged_page_costs_the_rows_on_it_alone(tmp_path: Path) -> None:
    file = tmp_path / "some.sqlite"
    numbered(file, 1000)
    content = bytearray(file.read_bytes())
    whole = {*rows_of(file)}
    assert len(whole) == 1000
    for page in range(len(content) // PAGE):
        file.write_bytes(content[: page * PAGE] + b"\xff" * PAGE + content[(page + 1) * PAGE :])
        left = {*rows_of(file)}
        assert left <= whole
        assert len(whole) - len(left) <= PAGE // 300


def test_what_the_log_holds_stands_in_place_of_the_page_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "some.sqlite"
    numbered(file, 10)
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        with db:
            db.execute("UPDATE held SET c = 'new' WHERE a = 3")
        with db:
            db.execute("INSERT INTO held VALUES (10, 'name 0010', 'later')")
        shutil.copytree(tmp_path, tmp_path.with_name("copy"))  # as a killed process leaves it
    copy = tmp_path.with_name("copy") / "some.sqlite"
    assert {(row[1], row[3]) for row in rows_of(copy)} >= {(3, "new"), (10, "later")}
    assert len([*rows_of(copy)]) == 11


def test_a_log_of_which_the_end_is_missing_counts_up_to_its_last_whole_transaction(tmp_path: Path) -> None:
    file = tmp_path / "some.sqlite"
    numbered(file, 10)
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        for name in ("first", "second"):
            with db:
                db.execute("INSERT INTO held VALUES (10, ?, '')", (name,))
        log = file.with_name("some.sqlite-wal").read_bytes()
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes(file.read_bytes())
        copy.with_name("copy.sqlite-wal").write_bytes(log[:-1])
    assert [row[2] for row in rows_of(copy) if row[1] == 10] == ["first"]


def test_what_is_no_database_has_no_records(tmp_path: Path) -> None:
    for content in (b"", b"text", b"\x0d" * 3 * PAGE, bytes(range(256)) * 64):
        (tmp_path / "other").write_bytes(content)
        assert not is_database(tmp_path / "other")
        assert all(isinstance(one, Record) for one in records(tmp_path / "other"))
