"""The write side of the ledger: which files were read, in which state, and what of them was not taken."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from dateline.index.ledger.database import Connection
from dateline.index.ledger.reader import Ledger
from dateline.types import Skipped

AS_ARTICLE = "the same text and source as article "  # its id: why a copy was skipped
THE_ID = "the id "  # why a second article of an id was skipped
EMPTIED = "it holds no article any more"  # why what was read from a file before is kept


class LedgerFiles(Ledger):
    """What `sync` asks and tells of files."""

    _db: Connection  # the writer's

    def file_is_current(self, path: str, size: int, modified: int) -> bool:
        """True when the file was read as it is now."""
        row = self._db.execute("SELECT size, modified FROM files WHERE path = ?", (path,)).fetchone()
        return bool(row == (size, modified))

    def skipped_of(self, path: str) -> list[Skipped]:
        """What was skipped when the file was last read."""
        row = self._db.execute("SELECT skipped FROM files WHERE path = ?", (path,)).fetchone()
        return [] if row is None else [Skipped(path, line, reason) for line, reason in json.loads(row[0])]

    def was_emptied(self, path: str) -> bool:
        """True where the file, when it was last read, held no article any more, and what it had was kept."""
        return any(one.reason.startswith(EMPTIED) for one in self.skipped_of(path))

    def record_file(self, path: str, size: int, modified: int, skipped: Sequence[Skipped]) -> None:
        """Remembers that the file was read in this state."""
        reasons = json.dumps([(one.line, one.reason) for one in skipped])
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, size, modified, reasons))

    def add_skipped(self, path: str, one: Skipped) -> None:
        """Remembers that something more of a file was not taken than was known when it was read."""
        row = self._db.execute("SELECT skipped FROM files WHERE path = ?", (path,)).fetchone()
        if row is not None:
            reasons = json.dumps([*json.loads(row[0]), (one.line, one.reason)])
            self._db.execute("UPDATE files SET skipped = ? WHERE path = ?", (reasons, path))

    def forget_refused_for(self, ids: Collection[str]) -> set[str]:
        """Files of which something was skipped since one of these articles was in its place.

        The ledger no longer takes them as read.
        """
        rows = self._db.execute("SELECT path, skipped FROM files WHERE skipped != '[]'").fetchall()
        ends = tuple(f"{AS_ARTICLE}{id}" for id in ids)
        starts = tuple(f"{THE_ID}{id!r} " for id in ids)
        found = {
            path
            for path, skipped in rows
            if any(reason.endswith(ends) or reason.startswith(starts) for _, reason in json.loads(skipped))
        }
        self._db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in found])
        return found

    def known_files(self) -> set[str]:
        """The files that were read, with or without finding articles."""
        return {path for (path,) in self._db.execute("SELECT path FROM files")}

    def forget_file(self, path: str) -> None:
        """No longer remembers that the file was read."""
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def paths(self) -> list[str]:
        """The files that live articles were read from."""
        rows = self._db.execute(
            "SELECT DISTINCT path FROM articles WHERE died IS NULL AND path IS NOT NULL ORDER BY path"
        )
        return [path for (path,) in rows]

    def ids_of(self, path: str) -> set[str]:
        """Ids of the live articles that were read from the file."""
        rows = self._db.execute("SELECT id FROM articles WHERE path = ? AND died IS NULL", (path,))
        return {id for (id,) in rows}
