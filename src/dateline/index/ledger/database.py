"""SQLite as the ledger uses it: connections whose failures are errors of errors.py, and sealed rows.

A row is sealed by a hash of its other columns, stored in it. SQLite has no checksums of its own: a bit that
flips inside a text is still a text, and would be quoted.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from dateline.errors import DatelineError, IndexBusy, IndexDamaged, StorageError
from dateline.index.damage import doctor

Value = str | bytes | int | float | None
Values = Sequence[object] | Mapping[str, object]

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DAMAGE_SAID = ("user-defined function raised", "Could not decode", "no such ")
_REFUSALS = {
    sqlite3.SQLITE_FULL: "there is no space left; make some",
    sqlite3.SQLITE_IOERR: "reading or writing the file failed; look at its disk",
    sqlite3.SQLITE_READONLY: "it can't be written; change its permissions",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; change the permissions of its folder",
}


def connect(file: Path, mode: Literal["ro", "rwc"]) -> Connection:
    """A connection of the calling thread; "rwc" makes the file where there is none.

    Beside SQLite's functions it has casefold(text), seal(column, ...) and intact(seal, column, ...).
    """
    address = f"{file.resolve().as_uri()}?mode={mode}"
    if mode == "ro" and not _journal_can_be_made(file):
        address += "&immutable=1"  # a journal of nothing would have to be made to read it otherwise
    with explained(file):
        db = sqlite3.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=Connection
        )  # without a level, a transaction begins where it is said, and nowhere else
    db.file = file
    db.create_function("casefold", 1, _casefold, deterministic=True)
    db.create_function("seal", -1, seal, deterministic=True)
    db.create_function("intact", -1, _intact, deterministic=True)
    db.execute("PRAGMA busy_timeout = 10000")
    return db


class Cursor(sqlite3.Cursor):
    """A cursor whose failures are explained."""

    connection: Connection

    def execute(self, sql: str, parameters: Values = (), /) -> Cursor:  # type: ignore[override]
        with explained(self.connection.file):
            super().execute(sql, parameters)
        return self

    def executemany(self, sql: str, parameters: Iterable[Values], /) -> Cursor:  # type: ignore[override]
        with explained(self.connection.file):
            super().executemany(sql, parameters)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401  # as sqlite3's own
        with explained(self.connection.file):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with explained(self.connection.file):
            return super().fetchall()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]  # a generator, so that failures pass here
        with explained(self.connection.file):
            yield from iter(super().__next__, None)


class Connection(sqlite3.Connection):
    """A connection to `file` whose cursors explain their failures."""

    file: Path

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> Cursor:  # type: ignore[override]
        return super().cursor(Cursor)

    def execute(self, sql: str, parameters: Values = (), /) -> Cursor:  # type: ignore[override]
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Values], /) -> Cursor:  # type: ignore[override]
        return self.cursor().executemany(sql, parameters)


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Failures of SQLite inside become IndexDamaged, StorageError or IndexBusy; a misuse of it stays one."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if meant := _meant(error, file):
            raise meant from None
        raise


def seal(*values: Value) -> int:
    """A number of 63 bits that changes with any of the values."""
    made = hashlib.blake2b(digest_size=8)
    for value in values:
        content = value if isinstance(value, bytes) else b"" if value is None else str(value).encode()
        made.update(f"{type(value).__name__} {len(content)} ".encode() + content)
    return int.from_bytes(made.digest()) >> 1


def _intact(sealed: int | None, *values: Value) -> bool:
    """True for a row as it was sealed, or never sealed. An error ends the statement."""
    if sealed is not None and sealed != seal(*values):
        raise ValueError("the row is not what was written")
    return True


def _meant(error: sqlite3.DatabaseError, file: Path) -> DatelineError | None:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _DAMAGE or str(error).startswith(_DAMAGE_SAID):
        return IndexDamaged(f"{file} is damaged ({error}); see what can be mended: {doctor(file.parent)}")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexBusy(f"{file} is held by another process; try again when it is done")
    if code in _REFUSALS:
        return StorageError(f"{file}: {_REFUSALS[code]}, then run the command again; nothing was lost")
    return None


def _journal_can_be_made(file: Path) -> bool:
    """False where a reader can't make the files that SQLite keeps beside a ledger, and needs none."""
    journal = file.with_name(f"{file.name}-wal")
    waiting = journal.is_file() and journal.stat().st_size > 0
    return waiting or os.access(file.parent, os.W_OK)


def _casefold(text: str | None) -> str | None:
    """SQLite's own comparison without case knows ASCII alone."""
    return None if text is None else text.casefold()
