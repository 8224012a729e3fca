"""Is the ledger what was written? Every row of it is looked at."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from dateline.errors import IndexDamaged
from dateline.index.ledger.blobs import spans_of
from dateline.index.ledger.reader import Ledger
from dateline.index.ledger.schema import SEALED_ARTICLE, SEALED_PASSAGE, SEALED_SPOKEN
from dateline.index.split import split

_TOLD = 5  # findings of SQLite that are passed on


class Audit(Ledger):
    """A ledger, to be checked."""

    def __init__(self, folder: Path) -> None:
        """Raises what Ledger raises, and IndexDamaged where its pages can't be followed."""
        super().__init__(folder)
        self.sealed = "intact" in self._article

    def structure(self) -> list[str]:
        """What SQLite finds wrong with pages, indexes and references between tables; at most a few."""
        try:
            told = [str(row[0]) for row in self._read.all(f"PRAGMA integrity_check({_TOLD})")]
            loose = list(islice(self._read.each("PRAGMA foreign_key_check"), _TOLD))
        except IndexDamaged as error:
            return [str(error)]
        return [" ".join(line.split()) for line in told if line != "ok"] + [
            f"row {row} of {table} belongs to nothing in {parent}" for table, row, parent, _ in loose
        ]

    def damaged_articles(self) -> list[int]:
        """Keys of the articles that are not as they were written."""
        return self._broken("articles", SEALED_ARTICLE)

    def damaged_passages(self) -> list[int]:
        """Keys of the passages that are not, or whose sentences do not stand in their article."""
        return sorted({*self._broken("passages", SEALED_PASSAGE), *self._misplaced()})

    def damaged_days(self) -> list[int]:
        """Keys of the articles of which the days that they speak of are not as written, or missing."""
        if not self.knows_days:
            return []
        lost = self._read.all("SELECT key FROM articles WHERE key NOT IN (SELECT article FROM spoken)")
        return sorted({*self._broken("spoken", SEALED_SPOKEN, key="article"), *(key for (key,) in lost)})

    def bare_articles(self) -> list[int]:
        """Keys of the live articles that have no passages, though there is something to split in them."""
        rows = self._read.all(
            "SELECT key FROM articles WHERE died IS NULL AND key NOT IN (SELECT article FROM passages)"
        )
        bare = {key for (key,) in rows}.difference(self.damaged_articles() if rows else ())
        return [key for key, article in self.by_key(bare).items() if split(article)]

    def retold_is_damaged(self) -> bool:
        """True when the relations between articles are not those that were published."""
        published = self.meta("retold")
        return published is not None and published != self.seal_of_retold()

    def keys(self) -> tuple[set[int], set[int], set[int]]:
        """Keys of the published articles, of their passages, and of those passages that have a vector."""
        now = self.generation
        visible = f"a.born <= {now} AND (a.died IS NULL OR a.died > {now})"
        articles = self._read.all(f"SELECT a.key FROM articles a WHERE {visible}")
        passages = self._read.all(
            "SELECT p.key, p.vector IS NOT NULL FROM passages p JOIN articles a ON a.key = p.article "
            f"WHERE {visible}"
        )
        return (
            {key for (key,) in articles},
            {key for key, _ in passages},
            {key for key, has in passages if has},
        )

    def _broken(self, table: str, columns: str, *, key: str = "key") -> list[int]:
        if not self.sealed:
            return []
        broken = f"SELECT {key} FROM {table} WHERE seal IS NOT seal({columns})"
        try:
            return [number for (number,) in self._read.all(broken)]
        except IndexDamaged:  # a text that is none; which one must be asked one by one
            numbers = [number for (number,) in self._read.all(f"SELECT {key} FROM {table}")]
            return [number for number in numbers if not self._is_whole(f"{broken} AND {key} = {number}")]

    def _is_whole(self, broken: str) -> bool:
        try:
            return self._read.one(broken) is None
        except IndexDamaged:
            return False

    def _misplaced(self) -> list[int]:
        """Passages that end outside of their article, or hold a sentence that ends outside of them."""
        rows = self._read.each(
            'SELECT p.key, p."start", p."end", p.sentences, length(a.text) FROM passages p '
            "JOIN articles a ON a.key = p.article"
        )
        return [key for key, *held in rows if not _stands(*held)]


def _stands(start: int, end: int, sentences: bytes, length: int) -> bool:
    if not (0 <= start < end <= length) or len(sentences) % 8:
        return False
    spans = spans_of(sentences, start)
    ordered = [point for span in spans for point in span]
    return bool(spans) and ordered == sorted(ordered) and (ordered[0], ordered[-1]) == (start, end)
