"""The write side of the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import IndexDamaged
from dateline.index.embedder import Embedded
from dateline.index.ledger import database
from dateline.index.ledger.blobs import pack_sentences, pack_spans, pack_vector, vector_of
from dateline.index.ledger.files import LedgerFiles
from dateline.index.ledger.lending import OneConnection
from dateline.index.ledger.reader import Row, article_of, marks, seal_of, slices
from dateline.index.ledger.schema import (
    CORRECTIONS,
    FIELDS,
    FILE,
    READ,
    SCHEMA,
    SEALED_ARTICLE,
    SEALED_PASSAGE,
    SEALED_SPOKEN,
    SPOKEN,
    TABLES,
    UNSEALED,
)
from dateline.index.ledger.stories import LedgerStories
from dateline.index.manifest import nothing
from dateline.index.spoken import pack, spoken
from dateline.index.stories import Signature
from dateline.types import Article, Passage, Tell, iso

AS_ARTICLE = "the same text and source as article "  # its id: why a copy was skipped
_SLICE = 200  # articles that are read together
THE_ID = "the id "  # why a second article of an id was skipped


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


class LedgerWriter(LedgerFiles, LedgerStories):
    """The ledger of an index folder, to be changed; the folder must exist. One at a time: lock.writing."""

    def __init__(self, folder: Path, tell: Tell | None = None) -> None:
        """Makes the ledger where there is none, and brings one of a schema before up to date, which it tells.

        Raises IndexMismatch on one of another schema, IndexDamaged on one that can't be read.
        """
        self.folder = folder
        if not (folder / FILE).is_file():
            self._nothing_lost()
        only = OneConnection(folder / FILE)
        self._db = only.db
        self._use(only)
        self._prepare(tell)
        self._check()

    def _prepare(self, tell: Tell | None) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA secure_delete = ON")
        with self.transaction():
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
                self._make()
            else:
                self._bring_up_to_date(tell)

    def _nothing_lost(self) -> None:
        """Raises IndexDamaged where something was derived from a ledger that is no more."""
        if any(self.folder.glob("generation-*")):
            raise IndexDamaged(
                f"{self.folder / FILE} is gone or empty, and with it the articles; "
                "index the sources into a new folder: dateline index FOLDER --index NEW"
            )

    def _make(self) -> None:
        self._nothing_lost()
        for statement in TABLES.split(";"):
            self._db.execute(statement)
        self.set_meta("schema", SCHEMA)
        self.set_meta("generation", "0")

    def _bring_up_to_date(self, tell: Tell | None) -> None:
        schema = self.meta("schema")
        if schema == UNSEALED:
            self._seal_all()
        if schema in READ and schema != SCHEMA:
            self._db.execute(SPOKEN)
            self._db.execute(CORRECTIONS)
            self.set_meta("schema", SCHEMA)
            self._check()
            self.speak_again(self._all_keys(), tell)

    def _all_keys(self) -> list[int]:
        return [key for (key,) in self._db.execute("SELECT key FROM articles").fetchall()]

    def _seal_all(self) -> None:
        for table, sealed in (("articles", SEALED_ARTICLE), ("passages", SEALED_PASSAGE)):
            self._db.execute(f"ALTER TABLE {table} ADD COLUMN seal INTEGER")
            self._db.execute(f"UPDATE {table} SET seal = seal({sealed})")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the writes inside, or none."""
        with database.explained(self.folder / FILE), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield

    def set_meta(self, name: str, value: str) -> None:
        """Writes a setting, and the seal of all."""
        settings = self.settings() | {name: value}
        settings["seal"] = seal_of(settings)
        self._db.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", [(key, settings[key]) for key in (name, "seal")]
        )

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
            self._db.execute(
                f"UPDATE articles SET seal = seal({SEALED_ARTICLE}) WHERE id = ? AND died IS NULL", (id,)
            )

    def add(self, article: Article, passages: Sequence[Passage], embedded: Embedded | None) -> None:
        """Puts the article into the next generation, in place of the one of its id."""
        self.remove(article.id)
        cursor = self._db.execute(
            f"INSERT INTO articles ({FIELDS}, born, day, digest, body) VALUES ({', '.join('?' * 15)})",
            (
                article.id, article.title, article.text, iso(article.published), article.published_from,
                article.source, article.url, json.dumps(article.authors), article.place, article.kind,
                article.path, self.generation + 1, article.utc_day.toordinal() if article.utc_day else None,
                digest(article), body(article),
            ),
        )  # fmt: skip
        self._db.executemany(
            'INSERT INTO passages (article, "start", "end", sentences, vector, sentence_vectors) '
            "VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    cursor.lastrowid,
                    passage.start,
                    passage.end,
                    pack_spans(passage.sentences, passage.start),
                    pack_vector(embedded.passages[n]) if embedded else None,
                    pack_sentences(embedded.sentences[n]) if embedded and embedded.sentences else None,
                )
                for n, passage in enumerate(passages)
            ],
        )
        assert cursor.lastrowid
        self._speak(cursor.lastrowid, article, passages)
        self._seal(cursor.lastrowid)

    def speak_again(self, keys: Sequence[int], tell: Tell | None = None) -> None:
        """Reads the days that these articles speak of anew."""
        for done, part in enumerate(slices(keys, _SLICE)):
            if tell:
                tell("reading the days of articles", done * _SLICE, len(keys))
            for key, article in self.by_key(part).items():
                self._speak(key, article, self._passages(key, article))
                self._seal(key)

    def _passages(self, key: int, article: Article) -> list[Passage]:
        """The passages of an article as they were cut, in order."""
        rows = self._db.execute('SELECT "start", "end" FROM passages WHERE article = ? ORDER BY key', (key,))
        return [Passage("", article.id, article.text[start:end], start, end) for start, end in rows]

    def _speak(self, key: int, article: Article, passages: Sequence[Passage]) -> None:
        days = pack(spoken(article, passages))
        self._db.execute("INSERT OR REPLACE INTO spoken (article, days) VALUES (?, ?)", (key, days))

    def _seal(self, key: int | None) -> None:
        self._db.execute(f"UPDATE articles SET seal = seal({SEALED_ARTICLE}) WHERE key = ?", (key,))
        self._db.execute(f"UPDATE passages SET seal = seal({SEALED_PASSAGE}) WHERE article = ?", (key,))
        self._db.execute(f"UPDATE spoken SET seal = seal({SEALED_SPOKEN}) WHERE article = ?", (key,))

    def remove(self, id: str) -> bool:
        """Takes the live article of that id out of the next generation; False when there was none."""
        coming = self.generation + 1
        self._forget(id)
        # Born in the same unpublished generation: nobody ever saw it, so nothing must be kept for readers.
        gone = self._db.execute(
            "DELETE FROM articles WHERE id = ? AND died IS NULL AND born = ?", (id, coming)
        )
        died = self._db.execute("UPDATE articles SET died = ? WHERE id = ? AND died IS NULL", (coming, id))
        return gone.rowcount + died.rowcount > 0

    def drop(self, key: int) -> str | None:
        """Takes a damaged article out for good; its file, which is then no longer known as it was read.

        Where the file can't be told any more, none is.
        """
        row = self._db.execute("SELECT CAST(path AS BLOB) FROM articles WHERE key = ?", (key,)).fetchone()
        path = row[0].decode(errors="replace") if row and row[0] else None
        self._db.execute("DELETE FROM keys WHERE article = ?", (key,))
        self._db.execute("DELETE FROM articles WHERE key = ?", (key,))
        if self._db.execute("DELETE FROM files WHERE path = ?", (path,)).rowcount == 0:
            self._db.execute("DELETE FROM files")
        return path

    def owners(self, passages: Sequence[int]) -> list[Article]:
        """The live articles that these damaged passages may belong to.

        Those of an article have keys in a row, so their neighbours tell, too; or it has none left.
        """
        around = sorted({key + step for key in passages for step in (-1, 0, 1)})
        owners = {
            owner
            for part in slices(around)
            for (owner,) in self._db.execute(
                f"SELECT article FROM passages WHERE key IN ({marks(part)})", part
            )
        }
        empty = self._db.execute("SELECT key FROM articles WHERE key NOT IN (SELECT article FROM passages)")
        live = {key for (key,) in self._db.execute("SELECT key FROM articles WHERE died IS NULL")}
        return list(self.by_key(live & {*owners, *(key for (key,) in empty)}).values())

    def reindex(self) -> None:
        """Makes the indexes of the tables anew."""
        with database.explained(self.folder / FILE):
            self._db.execute("REINDEX")

    def _forget(self, id: str) -> None:
        """Readers need no keys: they go as soon as the article leaves."""
        rows = self._db.execute(
            "SELECT article, signature FROM signatures WHERE article = "
            "(SELECT key FROM articles WHERE id = ? AND died IS NULL)",
            (id,),
        ).fetchall()
        for article, blob in rows:
            keys = [(key, article) for key in Signature.from_bytes(blob).keys]
            self._db.executemany("DELETE FROM keys WHERE key = ? AND article = ?", keys)
            self._db.execute("DELETE FROM signatures WHERE article = ?", (article,))

    def undated(self) -> list[Article]:
        """Live articles without a date."""
        rows = self._db.execute(
            f"SELECT {self._article} FROM articles WHERE died IS NULL AND published IS NULL ORDER BY key"
        )
        return [article_of(row) for row in rows]

    def without_vectors(self) -> list[Article]:
        """Live articles with a passage that was never embedded."""
        rows = self._db.execute(
            f"SELECT {self._article} FROM articles WHERE died IS NULL AND key IN "
            "(SELECT article FROM passages WHERE vector IS NULL) ORDER BY key"
        )
        return [article_of(row) for row in rows]

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
            'SELECT p.key, a.key, a.title, p."start", p."end", a.day, a.source, p.vector, '
            f"intact(p.seal, {_prefixed('p', SEALED_PASSAGE)}) FROM passages p "
            f"JOIN articles a ON a.key = p.article WHERE {where} ORDER BY p.key",
            {"born": born},
        )
        current, text = -1, ""
        for key, owner, title, start, end, day, source, blob, _ in rows:
            if owner != current:  # one read per article, not one copy of its text per passage
                (text,) = self._db.execute("SELECT text FROM articles WHERE key = ?", (owner,)).fetchone()
                current = owner
            vector = None if blob is None else vector_of(blob)
            yield Row(key, title, text[start:end], day, source, vector)

    def article_rows(self, *, born: int | None = None) -> Iterator[Row]:
        """Live articles, whole, under their own keys; of one generation, or all."""
        where = "died IS NULL" + ("" if born is None else " AND born = :born")
        rows = self._db.execute(
            f"SELECT key, title, text, day, source, intact(seal, {SEALED_ARTICLE}) FROM articles "
            f"WHERE {where} ORDER BY key",
            {"born": born},
        )
        for key, title, text, day, source, _ in rows:
            yield Row(key, title, text, day, source, None)

    def count_rows(self, *, born: int | None = None) -> int:
        """How many `rows` gives."""
        where = "a.died IS NULL" + ("" if born is None else " AND a.born = :born")
        row = self._db.execute(
            f"SELECT count(*) FROM passages p JOIN articles a ON a.key = p.article WHERE {where}",
            {"born": born},
        ).fetchone()
        return int(row[0])

    def dead_articles(self, *, died: int) -> list[int]:
        """Keys of the articles that a generation no longer has."""
        return [key for (key,) in self._db.execute("SELECT key FROM articles WHERE died = ?", (died,))]

    def dead_passages(self, *, died: int) -> list[int]:
        """Keys of the passages that a generation no longer has."""
        rows = self._db.execute(
            "SELECT p.key FROM passages p JOIN articles a ON a.key = p.article WHERE a.died = ?", (died,)
        )
        return [key for (key,) in rows]

    def publish(self, manifest: str | None = None) -> int:
        """Makes the next generation, made of these files, the one that readers see; its number.

        Rows that the generation before it had already lost are deleted: no reader is that far behind.
        """
        with self.transaction():
            coming = self.generation + 1
            self._db.execute("DELETE FROM articles WHERE died < ?", (coming,))
            self.set_meta("generation", str(coming))
            if embedder := self.meta("next embedder"):
                self.set_meta("embedder", embedder)
            self.set_meta("manifest", manifest or nothing())
            self.set_meta("retold", self.seal_of_retold())
        return coming

    def purge(self) -> None:
        """Erases every dead row, also from the free pages of the file and its journal."""
        with self.transaction():
            self._db.execute("DELETE FROM articles WHERE died <= ?", (self.generation,))
        # By a connection of its own: SQLite refuses where one has a statement under way.
        with closing(database.connect(self.folder / FILE, "rwc")) as alone:
            alone.execute("VACUUM")
            alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _prefixed(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))
