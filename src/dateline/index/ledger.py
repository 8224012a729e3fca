"""The truth of an index: one SQLite file with every article, passage, offset, digest and vector.

Everything else in the index folder is derived from it and can be thrown away.

Rows are versioned by generation. A run of the writer adds rows `born` in the next generation and marks
replaced ones as `died` in it; nothing of this is visible to readers until `publish` moves the generation
on, in one transaction. What a killed run had committed is found again by the next one.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import IndexMismatch, IndexMissing
from dateline.index.embedder import Vectors
from dateline.types import Article, Filters, Passage, Skipped, iso

SCHEMA = "1"
FILE = "ledger.sqlite"
_STORED = np.float16  # half the bytes; far below the error of the int8 model

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, skipped TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE articles (
    key INTEGER PRIMARY KEY, id TEXT NOT NULL, born INTEGER NOT NULL, died INTEGER,
    title TEXT NOT NULL, text TEXT NOT NULL, published TEXT, published_from TEXT, day INTEGER,
    source TEXT, url TEXT, authors TEXT NOT NULL, place TEXT, kind TEXT, path TEXT,
    digest BLOB NOT NULL, body BLOB NOT NULL
);
CREATE UNIQUE INDEX live_id ON articles (id) WHERE died IS NULL;
CREATE INDEX live_body ON articles (body) WHERE died IS NULL;
CREATE INDEX by_id ON articles (id);
CREATE INDEX by_path ON articles (path) WHERE died IS NULL;
CREATE INDEX by_born ON articles (born);
CREATE INDEX by_died ON articles (died) WHERE died IS NOT NULL;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB
);
CREATE INDEX by_article ON passages (article);
"""
_FIELDS = "id, title, text, published, published_from, source, url, authors, place, kind, path"
_VISIBLE = "born <= :generation AND (died IS NULL OR died > :generation)"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the derived indexes need it. `day` is a proleptic ordinal, None when undated."""

    key: int
    title: str
    text: str
    day: int | None
    source: str | None
    vector: Vectors | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger already holds under an id, or with the same words."""

    id: str
    path: str | None
    digest: bytes


def digest(article: Article) -> bytes:
    """16 bytes that change with anything the file says of the article.

    An inferred date is left out: it comes from the neighbours, not from the file.
    """
    published = None if article.published_from == "inferred" else iso(article.published)
    said = [article.id, article.title, article.text, published, article.source, article.url]
    said += [*article.authors, article.place, article.kind]
    return hashlib.blake2b(json.dumps(said).encode(), digest_size=16).digest()


def body(article: Article) -> bytes:
    """16 bytes that two articles share when one is an exact copy of the other from the same source."""
    words = " ".join(article.text.split()).casefold()
    return hashlib.blake2b(f"{(article.source or '').casefold()}\n{words}".encode(), digest_size=16).digest()


class Ledger:
    """One connection to the ledger of an index folder."""

    def __init__(self, folder: Path, *, writable: bool) -> None:
        """Raises IndexMissing without a ledger, IndexMismatch on one of another schema."""
        self.folder = folder
        file = folder / FILE
        if not writable and not file.is_file():
            raise IndexMissing(f"no index in {folder}; make one with: dateline index FOLDER --index {folder}")
        mode = "rwc" if writable else "ro"
        self._db = sqlite3.connect(
            f"{file.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False
        )
        self._db.create_function("casefold", 1, _casefold, deterministic=True)
        self._db.execute("PRAGMA busy_timeout = 10000")
        if writable:
            self._prepare()
        if (schema := self.meta("schema")) != SCHEMA:
            raise IndexMismatch(
                f"{folder} holds an index of schema {schema}, this program writes {SCHEMA}; "
                f"index the sources into a new folder: dateline index FOLDER --index NEW"
            )

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self._db.executemany(
                    "INSERT INTO meta VALUES (?, ?)", [("schema", SCHEMA), ("generation", "0")]
                )

    def close(self) -> None:
        """Lets the file go."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the writes inside, or none."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    # -- what the index is

    def meta(self, name: str) -> str | None:
        """A setting of the index: "schema", "generation", "embedder", "next embedder".

        The next embedder made the vectors that wait, and becomes the embedder when they are published.
        """
        try:
            row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" not in str(error):
                raise
            row = None
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        """Writes a setting."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @property
    def generation(self) -> int:
        """The published generation: what readers see. 0 before the first."""
        return int(self.meta("generation") or 0)

    # -- reading

    def article(self, id: str, *, generation: int) -> Article | None:
        """The article of that id as `generation` shows it."""
        row = self._db.execute(
            f"SELECT {_FIELDS} FROM articles WHERE id = :id AND {_VISIBLE}",
            {"id": id, "generation": generation},
        ).fetchone()
        return None if row is None else _article(row)

    def articles(self, *, generation: int | None = None) -> Iterator[Article]:
        """Every article, in the order of indexing; without a generation, those the writer holds as live."""
        where = "died IS NULL" if generation is None else _VISIBLE
        rows = self._db.execute(
            f"SELECT {_FIELDS} FROM articles WHERE {where} ORDER BY key", {"generation": generation}
        )
        for row in rows:
            yield _article(row)

    def located(self, keys: Sequence[int]) -> dict[int, tuple[Passage, Article]]:
        """Passage and article of each passage key that the ledger holds."""
        fields = ", ".join(f"a.{name}" for name in _FIELDS.split(", "))
        found: dict[int, tuple[Passage, Article]] = {}
        articles: dict[int, Article] = {}
        for part in _slices(keys):
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f'SELECT p.key, p.article, p."start", p."end", {fields} FROM passages p '
                f"JOIN articles a ON a.key = p.article WHERE p.key IN ({marks})",
                part,
            )
            for key, owner, start, end, *row in rows:
                article = articles.setdefault(owner, _article(row))
                identity = f"{article.id}:{start}-{end}"
                found[key] = Passage(identity, article.id, article.text[start:end], start, end), article
        return found

    def vectors(self, keys: Sequence[int]) -> dict[int, Vectors]:
        """The stored vector of each passage key that has one."""
        found: dict[int, Vectors] = {}
        for part in _slices(keys):
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT key, vector FROM passages WHERE key IN ({marks}) AND vector IS NOT NULL", part
            )
            found.update((key, np.frombuffer(blob, _STORED).astype(np.float32)) for key, blob in rows)
        return found

    def count(self, filters: Filters, *, generation: int) -> int:
        """How many articles are inside the filters."""
        where, values = _condition(filters)
        row = self._db.execute(
            f"SELECT count(*) FROM articles WHERE {_VISIBLE} AND {where}", values | {"generation": generation}
        ).fetchone()
        return int(row[0])

    def totals(self, *, generation: int) -> tuple[int, int, int, date | None, date | None]:
        """Articles, undated articles, passages, first and last day of publication."""
        now = {"generation": generation}
        articles, undated, first, last = self._db.execute(
            f"SELECT count(*), count(*) - count(day), min(day), max(day) FROM articles WHERE {_VISIBLE}", now
        ).fetchone()
        (passages,) = self._db.execute(
            f"SELECT count(*) FROM passages p JOIN articles a ON a.key = p.article WHERE {_VISIBLE}", now
        ).fetchone()
        return articles, undated, passages, _from_ordinal(first), _from_ordinal(last)

    def sources(self, *, generation: int) -> list[tuple[str, int]]:
        """Outlets and how many articles each has, most first."""
        rows = self._db.execute(
            f"SELECT source, count(*) AS n FROM articles WHERE {_VISIBLE} AND source IS NOT NULL "
            "GROUP BY source ORDER BY n DESC, source",
            {"generation": generation},
        )
        return [(source, n) for source, n in rows]

    def months(self, *, generation: int) -> list[tuple[str, int]]:
        """Months ("2019-02") and how many articles each has, earliest first."""
        rows = self._db.execute(
            f"SELECT substr(published, 1, 7) AS month, count(*) FROM articles "
            f"WHERE {_VISIBLE} AND published IS NOT NULL GROUP BY month ORDER BY month",
            {"generation": generation},
        )
        return [(month, n) for month, n in rows]

    # -- writing: files

    def file_is_current(self, path: str, size: int, modified: int) -> bool:
        """True when the file was read as it is now."""
        row = self._db.execute("SELECT size, modified FROM files WHERE path = ?", (path,)).fetchone()
        return bool(row == (size, modified))

    def skipped_of(self, path: str) -> list[Skipped]:
        """What was skipped when the file was last read."""
        row = self._db.execute("SELECT skipped FROM files WHERE path = ?", (path,)).fetchone()
        return [] if row is None else [Skipped(path, line, reason) for line, reason in json.loads(row[0])]

    def record_file(self, path: str, size: int, modified: int, skipped: Sequence[Skipped]) -> None:
        """Remembers that the file was read in this state."""
        reasons = json.dumps([(one.line, one.reason) for one in skipped])
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (path, size, modified, reasons))

    def ids_of(self, path: str) -> set[str]:
        """Ids of the live articles that were read from the file."""
        rows = self._db.execute("SELECT id FROM articles WHERE path = ? AND died IS NULL", (path,))
        return {id for (id,) in rows}

    # -- writing: articles

    def known(self, id: str) -> Known | None:
        """The live article of that id."""
        return self._known("id = ?", id)

    def copy_of(self, article: Article) -> Known | None:
        """Another live article that is an exact copy."""
        return self._known("body = ? AND id != ?", body(article), article.id)

    def _known(self, where: str, *values: str | bytes) -> Known | None:
        row = self._db.execute(
            f"SELECT id, path, digest FROM articles WHERE {where} AND died IS NULL LIMIT 1", values
        ).fetchone()
        return None if row is None else Known(*row)

    def move(self, id: str, path: str | None) -> None:
        """Says where the article is read from now."""
        with self.transaction():
            self._db.execute("UPDATE articles SET path = ? WHERE id = ? AND died IS NULL", (path, id))

    def add(self, article: Article, passages: Sequence[Passage], vectors: Vectors | None) -> None:
        """Puts the article into the next generation, in place of the one of its id."""
        self.remove(article.id)
        cursor = self._db.execute(
            f"INSERT INTO articles ({_FIELDS}, born, day, digest, body) VALUES ({', '.join('?' * 15)})",
            (
                article.id, article.title, article.text, iso(article.published), article.published_from,
                article.source, article.url, json.dumps(article.authors), article.place, article.kind,
                article.path, self.generation + 1, article.day.toordinal() if article.day else None,
                digest(article), body(article),
            ),
        )  # fmt: skip
        stored = (
            [None] * len(passages) if vectors is None else [row.tobytes() for row in vectors.astype(_STORED)]
        )
        self._db.executemany(
            'INSERT INTO passages (article, "start", "end", vector) VALUES (?, ?, ?, ?)',
            [(cursor.lastrowid, p.start, p.end, v) for p, v in zip(passages, stored, strict=True)],
        )

    def remove(self, id: str) -> bool:
        """Takes the live article of that id out of the next generation; False when there was none."""
        coming = self.generation + 1
        # Born in the same unpublished generation: nobody ever saw it, so nothing must be kept for readers.
        gone = self._db.execute(
            "DELETE FROM articles WHERE id = ? AND died IS NULL AND born = ?", (id, coming)
        )
        died = self._db.execute("UPDATE articles SET died = ? WHERE id = ? AND died IS NULL", (coming, id))
        return gone.rowcount + died.rowcount > 0

    def undated(self) -> list[Article]:
        """Live articles without a date."""
        rows = self._db.execute(
            f"SELECT {_FIELDS} FROM articles WHERE died IS NULL AND published IS NULL ORDER BY key"
        )
        return [_article(row) for row in rows]

    def without_vectors(self) -> list[Article]:
        """Live articles with a passage that was never embedded."""
        rows = self._db.execute(
            f"SELECT {_FIELDS} FROM articles WHERE died IS NULL AND key IN "
            "(SELECT article FROM passages WHERE vector IS NULL) ORDER BY key"
        )
        return [_article(row) for row in rows]

    # -- writing: generations

    def pending(self) -> bool:
        """True when something waits to be published."""
        coming = self.generation + 1
        row = self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM articles WHERE born = :g) "
            "OR EXISTS (SELECT 1 FROM articles WHERE died = :g)",
            {"g": coming},
        ).fetchone()
        return bool(row[0])

    def rows(self, *, born: int | None = None) -> Iterator[Row]:
        """Live passages with what the derived indexes hold of them; of one generation, or all."""
        where = "a.died IS NULL" + ("" if born is None else " AND a.born = :born")
        rows = self._db.execute(
            'SELECT p.key, a.key, a.title, p."start", p."end", a.day, a.source, p.vector FROM passages p '
            f"JOIN articles a ON a.key = p.article WHERE {where} ORDER BY p.key",
            {"born": born},
        )
        current, text = -1, ""
        for key, owner, title, start, end, day, source, blob in rows:
            if owner != current:  # one read per article, not one copy of its text per passage
                (text,) = self._db.execute("SELECT text FROM articles WHERE key = ?", (owner,)).fetchone()
                current = owner
            vector = None if blob is None else np.frombuffer(blob, _STORED).astype(np.float32)
            yield Row(key, title, text[start:end], day, source, vector)

    def count_rows(self, *, born: int | None = None) -> int:
        """How many `rows` gives."""
        where = "a.died IS NULL" + ("" if born is None else " AND a.born = :born")
        row = self._db.execute(
            f"SELECT count(*) FROM passages p JOIN articles a ON a.key = p.article WHERE {where}",
            {"born": born},
        ).fetchone()
        return int(row[0])

    def dead_keys(self, *, died: int) -> list[int]:
        """Passages that a generation no longer has."""
        rows = self._db.execute(
            "SELECT p.key FROM passages p JOIN articles a ON a.key = p.article WHERE a.died = ?", (died,)
        )
        return [key for (key,) in rows]

    def publish(self) -> int:
        """Makes the next generation the one that readers see; its number.

        Rows that the generation before it had already lost are deleted: no reader is that far behind.
        """
        with self.transaction():
            coming = self.generation + 1
            self.set_meta("generation", str(coming))
            if embedder := self.meta("next embedder"):
                self.set_meta("embedder", embedder)
            self._db.execute("DELETE FROM articles WHERE died < ?", (coming,))
        return coming

    def purge(self) -> None:
        """Erases every dead row, also from the free pages of the file and its journal."""
        with self.transaction():
            self._db.execute("DELETE FROM articles WHERE died <= ?", (self.generation,))
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _article(row: Sequence[Any]) -> Article:
    """The article in a row of _FIELDS."""
    id, title, text, published, published_from, source, url, authors, place, kind, path = row
    moment: date | datetime | None = None
    if published:
        moment = datetime.fromisoformat(published) if "T" in published else date.fromisoformat(published)
    names = tuple(json.loads(authors))
    return Article(id, title, text, moment, published_from, source, url, names, place, kind, path)


def _condition(filters: Filters) -> tuple[str, dict[str, object]]:
    clauses, values = ["1"], dict[str, object]()
    if filters.since:
        clauses.append("day >= :since")
        values["since"] = filters.since.toordinal()
    if filters.until:
        clauses.append("day <= :until")
        values["until"] = filters.until.toordinal()
    if filters.sources:
        marks = [f":source{n}" for n in range(len(filters.sources))]
        clauses.append(f"casefold(source) IN ({', '.join(marks)})")
        values |= {mark[1:]: source.casefold() for mark, source in zip(marks, filters.sources, strict=True)}
    return " AND ".join(clauses), values


def _casefold(text: str | None) -> str | None:
    """SQLite's own comparison without case knows ASCII alone."""
    return None if text is None else text.casefold()


def _from_ordinal(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _slices(keys: Sequence[int], size: int = 500) -> Iterator[list[int]]:
    for begin in range(0, len(keys), size):
        yield list(keys[begin : begin + size])
