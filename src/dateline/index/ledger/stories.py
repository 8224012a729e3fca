"""The write side of the ledger: which articles tell the report of another.

Signatures and keys are those of live articles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from dateline.index.ledger.blobs import vector_of
from dateline.index.ledger.database import Connection
from dateline.index.ledger.reader import Ledger, day_from
from dateline.index.stories import Relation, Signature, Telling, issues_of, lead_of
from dateline.index.stories.likeness import LEAD
from dateline.types import Article


class LedgerStories(Ledger):
    """What `retold` writes."""

    _db: Connection  # the writer's

    def waiting(self, *, everything: bool = False) -> list[int]:
        """Keys of the live articles born in the next generation; or of all."""
        coming = 0 if everything else self.generation + 1
        rows = self._db.execute(
            "SELECT key FROM articles WHERE born >= ? AND died IS NULL ORDER BY key", (coming,)
        )
        return [key for (key,) in rows]

    def unsigned(self, keys: Sequence[int]) -> dict[int, Article]:
        """Those of the articles that have no signature yet."""
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(f"SELECT article FROM signatures WHERE article IN ({marks})", keys)
        return self.by_key({*keys} - {key for (key,) in rows})

    def sign(self, signatures: Mapping[int, Signature]) -> None:
        """Stores the signature of each article, and under which keys it is found."""
        self._db.executemany(
            "INSERT INTO signatures VALUES (?, ?)", [(key, one.to_bytes()) for key, one in signatures.items()]
        )
        keys = sorted({(key, article) for article, one in signatures.items() for key in one.keys})
        self._db.executemany("INSERT INTO keys VALUES (?, ?)", keys)

    def count_signatures(self) -> int:
        """How many articles have one."""
        return int(self._db.execute("SELECT count(*) FROM signatures").fetchone()[0])

    def count_holders(self, key: int) -> int:
        """How many articles hold a key of signatures."""
        return int(self._db.execute("SELECT count(*) FROM keys WHERE key = ?", (key,)).fetchone()[0])

    def holders(self, key: int, most: int) -> list[int]:
        """The first articles that hold a key of signatures, `most` at most."""
        rows = self._db.execute(
            "SELECT article FROM keys WHERE key = ? ORDER BY article LIMIT ?", (key, most)
        )
        return [article for (article,) in rows]

    def telling(self, key: int) -> Telling:
        """What is compared of an article that has a signature."""
        title, day, blob = self._db.execute(
            "SELECT title, day, signature FROM signatures JOIN articles ON key = article WHERE article = ?",
            (key,),
        ).fetchone()
        rows = self._db.execute(
            "SELECT vector FROM passages WHERE article = ? ORDER BY key LIMIT ?", (key, LEAD)
        ).fetchall()
        vectors = [vector_of(vector) for (vector,) in rows if vector is not None]
        lead = lead_of(np.stack(vectors)) if vectors else None
        return Telling(Signature.from_bytes(blob), day_from(day), issues_of(title), lead)

    def relate(self, key: int, others: Mapping[int, Relation]) -> None:
        """Stores how an article tells the reports of others."""
        self._db.executemany(
            "INSERT OR IGNORE INTO retold VALUES (?, ?, ?)",
            [(max(key, other), min(key, other), kind) for other, kind in others.items()],
        )

    def unrelate(self, *, everything: bool = False) -> None:
        """Takes back what was stored of articles born in the next generation; or of all."""
        coming = 0 if everything else self.generation + 1
        self._db.execute(
            "DELETE FROM retold WHERE a IN (SELECT key FROM articles WHERE born >= ?)", (coming,)
        )
