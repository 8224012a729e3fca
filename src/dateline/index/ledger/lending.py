"""Who lends connections to a ledger, and what is read over them.

Threads come and go with every question, and a connection of each would outlive them. So there is a handful,
opened once, and each is lent for as long as one statement takes.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from dateline.index.ledger.database import Connection, Values, connect

AT_ONCE = 4  # statements: they hold the interpreter for most of their time


class Connections:
    """A handful of connections to read a file, each lent to one statement at a time. Thread-safe."""

    def __init__(self, file: Path) -> None:
        """Raises what `connect` raises."""
        self._file = file
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        for _ in range(AT_ONCE):
            self._idle.put(_opened(file))

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """A connection that nobody else uses meanwhile, as soon as there is one. Hold one at a time."""
        db = self._idle.get()
        try:
            yield db
        finally:
            with self._lock:
                if self._closed:
                    db.close()
                self._idle.put(db)

    @contextmanager
    def own(self) -> Iterator[Connection]:
        """A connection of one's own, to be held for as long as it takes."""
        with closing(_opened(self._file)) as db:
            yield db

    def one(self, sql: str, values: Values = ()) -> Any:  # noqa: ANN401  # as sqlite3's own
        """The first row of a statement, or None."""
        with self.lent() as db, closing(db.execute(sql, values)) as rows:
            return rows.fetchone()

    def all(self, sql: str, values: Values = ()) -> list[Any]:
        """The rows of a statement."""
        with self.lent() as db:
            return db.execute(sql, values).fetchall()

    def each(self, sql: str, values: Values = ()) -> Generator[Any]:
        """The rows of a statement that has many, one by one; who wants no more of them drops this."""
        with self.own() as db, closing(db.execute(sql, values)) as rows:
            yield from rows

    def close(self) -> None:
        """Closes all of them; those that are lent as soon as they are given back."""
        with self._lock:
            self._closed = True
            waiting = [self._idle.get() for _ in range(self._idle.qsize())]
            for db in waiting:
                db.close()
                self._idle.put(db)


class OneConnection(Connections):
    """A writer's: one and the same for every statement, so that what is read is what was written."""

    def __init__(self, file: Path) -> None:
        """Makes the file where there is none. Raises what `connect` raises."""
        self.db = connect(file, "rwc")

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """The connection. A statement may begin while another is being read."""
        yield self.db

    own = lent

    def close(self) -> None:
        """Closes it."""
        self.db.close()


def _opened(file: Path) -> Connection:
    """A connection that has its files open: SQLite opens them when it first reads."""
    db = connect(file, "ro")
    db.execute("PRAGMA schema_version").fetchone()
    return db
