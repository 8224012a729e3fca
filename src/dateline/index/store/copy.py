"""The ledger of a machine that only reads: what the writer's ledger held in one edition of a store.

Articles and passages keep their keys, since vectors in the store stand under them. Generations are this
ledger's own: it may have missed some of the writer's. So each row is checked against the seal that it came
with, and then sealed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dateline.errors import IndexDamaged, StoreAway
from dateline.index.ledger import marks, slices
from dateline.index.ledger.database import Value
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.store.editions import Entry
from dateline.index.store.export import OF_AN_ARTICLE, OF_TWO_ARTICLES
from dateline.index.store.payload import Rows

_HELD = """
CREATE TABLE IF NOT EXISTS held (
    article INTEGER PRIMARY KEY REFERENCES articles (key) ON DELETE CASCADE, name TEXT NOT NULL UNIQUE
)
"""
_ANEW = "write it anew with: dateline index FOLDER --republish --store URL"
_EDITION = "store edition"  # a setting: a generation of this ledger, and the edition that it holds


def edition_in(settings: Mapping[str, str]) -> int:
    """The edition that readers of a ledger with these settings see; 0 before the first."""
    generation, _, edition = settings.get(_EDITION, "0 0").partition(" ")
    return int(edition) if generation == settings["generation"] else 0


class Copy(LedgerWriter):
    """A ledger that is filled from a store. One process at a time: lock.writing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with self.transaction():
            self._db.execute(_HELD)

    @property
    def edition(self) -> int:
        """The edition that readers of this ledger see; 0 before the first."""
        return edition_in(self.settings())

    def held(self) -> dict[str, int]:
        """The articles that are there, by their ids in the store, with their keys."""
        rows = self._db.execute(
            "SELECT name, article FROM held JOIN articles ON key = article WHERE died IS NULL"
        )
        return dict(rows.fetchall())

    def leave(self, keys: Sequence[int]) -> None:
        """Takes articles out of the coming generation."""
        coming = self.generation + 1
        with self.transaction():
            for part in slices(keys):
                of_part = f"WHERE key IN ({marks(part)}) AND died IS NULL"
                self._db.execute(f"DELETE FROM articles {of_part} AND born = ?", (*part, coming))
                self._db.execute(f"UPDATE articles SET died = ? {of_part}", (coming, *part))

    def enter(self, articles: Mapping[Entry, Rows]) -> None:
        """Takes articles into the coming generation. Raises StoreAway where one is not what was sealed."""
        with self.transaction():
            for entry, rows in articles.items():
                self._make_way(rows)
                for table in OF_AN_ARTICLE:
                    for row in rows[table.name]:
                        self._insert(table.name, row)
                self._check_seals(entry)
                self._db.execute(
                    "UPDATE articles SET born = ?, died = NULL WHERE key = ?",
                    (self.generation + 1, entry.key),
                )
                self._seal(entry.key)
                self._db.execute("INSERT INTO held VALUES (?, ?)", (entry.key, entry.id))

    def _make_way(self, rows: Rows) -> None:
        """Deletes what is under the same keys: of articles that left the writer's ledger without a trace."""
        for table in OF_AN_ARTICLE:
            for part in slices([int(row[table.key] or 0) for row in rows[table.name]]):
                self._db.execute(f"DELETE FROM {table.name} WHERE {table.key} IN ({marks(part)})", part)

    def _insert(self, table: str, row: Mapping[str, Value]) -> None:
        columns = ", ".join(f'"{column}"' for column in row)
        self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks([*row])})", [*row.values()])

    def _check_seals(self, entry: Entry) -> None:
        for table in OF_AN_ARTICLE:
            try:
                self._db.execute(
                    f"SELECT intact(seal, {table.sealed}) FROM {table.name} WHERE {table.article} = ?",
                    (entry.key,),
                ).fetchall()
            except IndexDamaged:
                raise StoreAway(f"what the store holds of article {entry.id} is damaged; {_ANEW}") from None

    def take_relations(self, relations: Rows) -> None:
        """Makes articles tell each other's reports as the store says."""
        known = {key for (key,) in self._db.execute("SELECT key FROM articles")}
        with self.transaction():
            for table in OF_TWO_ARTICLES:
                self._db.execute(f"DELETE FROM {table}")
                for row in relations[table]:
                    if {row["a"], row["b"]} <= known:
                        self._insert(table, row)

    def say(self, *, edition: int, embedder: str | None) -> None:
        """Writes down which edition the coming generation holds, and whose vectors."""
        with self.transaction():
            self.set_meta(_EDITION, f"{self.generation + 1} {edition}")
            if embedder:
                self.set_meta("next embedder", embedder)
