"""The published generation of a ledger, as a store is told of it: whole rows, whatever their columns are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.index.embedder import Vectors
from dateline.index.ledger import Ledger, marks, slices
from dateline.index.ledger.blobs import vector_of
from dateline.index.ledger.schema import SEALED_ARTICLE, SEALED_PASSAGE, SEALED_SPOKEN, VISIBLE
from dateline.index.store.editions import Runs
from dateline.index.store.payload import Rows


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the ledger that holds rows of articles."""

    name: str
    key: str  # the column that is its primary key
    article: str  # the column that names the article
    sealed: str  # the columns that its seals are made from


OF_AN_ARTICLE = (
    Table("articles", "key", "key", SEALED_ARTICLE),
    Table("passages", "key", "article", SEALED_PASSAGE),
    Table("spoken", "article", "article", SEALED_SPOKEN),
)
OF_TWO_ARTICLES = ("retold",)
OF_THE_WRITER = ("meta", "files", "signatures", "keys")  # no reader needs them

IDENTITY = "identity"  # a setting of a ledger that was published: of all ledgers, this one
Known = tuple[int, str]  # in which generation an article was born, and its digest


class Export(Ledger):
    """A ledger, to be told to a store. Nobody may be writing it."""

    def articles_now(self) -> dict[int, Known]:
        """Every article of the published generation, by key."""
        rows = self._read.all(
            f"SELECT key, born, digest FROM articles WHERE {VISIBLE}", {"generation": self.generation}
        )
        return {key: (born, digest[:8].hex()) for key, born, digest in rows}

    def kept(self, keys: Sequence[int]) -> dict[int, Known]:
        """Those of the articles of which there is still a row, be they dead or not."""
        return {
            key: (born, digest[:8].hex())
            for part in slices(keys)
            for key, born, digest in self._read.all(
                f"SELECT key, born, digest FROM articles WHERE key IN ({marks(part)})", part
            )
        }

    def rows(self, keys: Sequence[int]) -> Iterator[tuple[int, Rows]]:
        """Each article with the rows that belong to it. Raises IndexDamaged."""
        for part in slices(keys):
            found = {
                table: self._rows(
                    f"SELECT * FROM {table.name} WHERE {table.article} IN ({marks(part)}) "
                    f"AND intact(seal, {table.sealed})",
                    part,
                )
                for table in OF_AN_ARTICLE
            }
            for key in part:
                yield (
                    key,
                    {
                        table.name: [row for row in rows if row[table.article] == key]
                        for table, rows in found.items()
                    },
                )

    def passages(self, keys: Sequence[int]) -> dict[int, list[int]]:
        """The keys of the passages of each article that have vectors, ascending."""
        found: dict[int, list[int]] = {}
        for part in slices(keys):
            for article, key in self._read.all(
                f"SELECT article, key FROM passages WHERE article IN ({marks(part)}) "
                "AND vector IS NOT NULL ORDER BY key",
                part,
            ):
                found.setdefault(article, []).append(key)
        return found

    def relations(self) -> Rows:
        """How articles tell each other's reports."""
        return {table: self._rows(f"SELECT * FROM {table} ORDER BY a, b", ()) for table in OF_TWO_ARTICLES}

    def sample(self, count: int) -> dict[int, Vectors]:
        """The vectors of so many passages at most, from all over the ledger, by key."""
        first, last = self._read.one("SELECT min(key), max(key) FROM passages")
        starts = np.linspace(first or 0, last or 0, count, dtype=int).tolist()
        found = {
            key
            for start in starts
            for (key,) in self._read.all(
                "SELECT p.key FROM passages p JOIN articles a ON a.key = p.article "
                f"WHERE p.key >= :start AND {VISIBLE} AND vector IS NOT NULL ORDER BY p.key LIMIT 1",
                {"start": start, "generation": self.generation},
            )
        }
        return self.vectors(sorted(found))

    def _rows(self, sql: str, values: Sequence[int]) -> list[dict[str, str | bytes | int | float | None]]:
        with self._read.lent() as db:
            cursor = db.execute(sql, values)
            columns = [column for column, *_ in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def vectors_in(rows: Rows) -> dict[int, Vectors]:
    """The vectors of an article's passages, by key."""
    return {
        int(row["key"] or 0): vector_of(row["vector"])
        for row in rows["passages"]
        if isinstance(row["vector"], bytes)
    }


def runs(keys: Sequence[int]) -> Runs:
    """Ascending keys, as those in a row."""
    found: list[tuple[int, int]] = []
    for key in keys:
        if found and sum(found[-1]) == key:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((key, 1))
    return tuple(found)
