"""A ledger whose file is damaged: what of it is still as it was written, in a new one.

Every page of the file is looked at by itself (`pages`), and a row is taken where its seal says that it is
whole. Nothing else is: no row is put together from parts, and a passage without its article is left behind.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from dateline.errors import DatelineError
from dateline.index import generations
from dateline.index.damage import AFRESH, stored
from dateline.index.ledger import database, seal_of
from dateline.index.ledger.schema import FILE, SEALED_ARTICLE, SEALED_PASSAGE, TABLES
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.mending.pages import Record, is_database, records
from dateline.index.words import WordIndex
from dateline.reading import parse_newswire
from dateline.types import Article, Finding, Tell

_STAGE = "saving articles"
_MAKING, _MADE = (
    "ledger-in-the-making",
    "ledger-saved",
)  # the folder of the new ledger, until it is whole; then
_SIDE = "damaged"  # the folders in which damaged ledgers are kept
_TOGETHER = 1000  # records
_KEPT = ("generation", "embedder", "next embedder", "identity")  # settings; the others are made anew
_SEALED = {"articles": SEALED_ARTICLE, "passages": SEALED_PASSAGE}


def salvage(index: Path, tell: Tell) -> list[Finding]:
    """Puts a new ledger in the place of a damaged one; what it does not hold any more.

    The damaged file is kept in a folder beside it. Where nothing could be saved all stays as it is. Nobody
    else may be writing. Raises StorageError.
    """
    with stored(index):
        shutil.rmtree(index / _MAKING, ignore_errors=True)
    lost: list[Finding] = []
    if not (index / _MADE / FILE).is_file():  # or a repair was killed when it was there
        made = index / _MAKING
        with stored(index):
            made.mkdir()
        ledger = Salvaged(made)
        try:
            lost = _taken_in(index, ledger, tell)
        finally:
            ledger.close()
        if lost and lost[0].mend == AFRESH:
            shutil.rmtree(made)
            return lost
        with stored(index):
            made.rename(index / _MADE)
    with stored(index):
        _put_in_place(index)
    return lost


def set_aside(index: Path) -> list[Path]:
    """The folders in which damaged ledgers of this index are kept."""
    return sorted(index.glob(f"{_SIDE}-*"))


class Salvaged(LedgerWriter):
    """A new ledger, filled with rows of another as they were, seals and keys included."""

    def take_in(self, file: Path, tell: Tell) -> tuple[dict[str, str], dict[int, set[str]]]:
        """Takes all that is whole in a file; its settings, where they are, and the names of its articles.

        An article is named by its id and its file in the indexes of the tables, which are not sealed.
        """
        settings, names = dict[str, str](), dict[int, set[str]]()
        tables = _tables()
        found, taken = records(file), 0
        self._db.execute("PRAGMA foreign_keys = OFF")  # passages may come before their articles
        while part := list(islice(found, _TOGETHER)):
            with self.transaction():
                for record in part:
                    taken += self._take(record, tables)
            for record in part:
                match record:
                    case Record(None, (str(name), str(value))):
                        settings[name] = value
                    case Record(None, (str(name), int(key))):
                        names.setdefault(key, set()).add(name)
            tell(_STAGE, taken, None)
        return (settings if settings.get("seal") == seal_of(settings) else {}), names

    def _take(self, record: Record, tables: Mapping[str, Sequence[str]]) -> bool:
        for table, columns in tables.items():
            if record.key is None or len(record.values) != len(columns):
                continue
            row = dict(zip(columns, record.values, strict=True)) | {"key": record.key}
            sealed = [name.strip('"') for name in _SEALED[table].split(", ")]
            if row["seal"] == database.seal(*(row[name] for name in sealed)):
                self._db.execute(
                    f"INSERT OR IGNORE INTO {table} ({', '.join(_quoted(row))}) VALUES "
                    f"({', '.join('?' * len(row))})",
                    list(row.values()),
                )
                return True
        return False

    def settle(self, settings: Mapping[str, str], newest: int) -> None:
        """Keeps what can be used of the rows: passages of whole articles, vectors of a known model.

        `newest` is the number of a generation below which none may be published.
        """
        with self.transaction():
            self._db.execute("DELETE FROM passages WHERE article NOT IN (SELECT key FROM articles)")
            if not settings:
                self._db.execute("DELETE FROM passages")
            for name in _KEPT:
                if name in settings:
                    self.set_meta(name, settings[name])
            if not settings:
                last = "SELECT max(max(born, coalesce(died, 0))) FROM articles"
                self.set_meta("generation", str(max(newest, *self._db.execute(last).fetchone())))
            self.set_meta("retold", "unknown")  # which is damage that the repair mends
            for key, article in self._live():
                if not self._is_covered(key, article):
                    self._db.execute("DELETE FROM passages WHERE article = ?", (key,))
        self._db.execute("PRAGMA foreign_keys = ON")

    def keys(self) -> set[int]:
        """Keys of the articles."""
        return {key for (key,) in self._db.execute("SELECT key FROM articles").fetchall()}

    def _live(self) -> Iterator[tuple[int, Article]]:
        keys = [key for (key,) in self._db.execute("SELECT key FROM articles WHERE died IS NULL").fetchall()]
        for key in keys:
            yield from self.by_key([key]).items()

    def _is_covered(self, key: int, article: Article) -> bool:
        """True when the passages hold every word of the article after its newswire line."""
        newswire = parse_newswire(article.text)
        reached = newswire.end if newswire else 0
        rows = self._db.execute(
            'SELECT "start", "end" FROM passages WHERE article = ? ORDER BY "start"', (key,)
        ).fetchall()
        for start, end in [*rows, (len(article.text), len(article.text))]:
            if article.text[reached:start].strip():
                return False
            reached = end
        return True


def _taken_in(index: Path, ledger: Salvaged, tell: Tell) -> list[Finding]:
    """What is lost, after everything whole was taken from the damaged ledger.

    Or from another file, where the ledger holds nothing: they may have been swapped.
    """
    others = (one for one in sorted(index.rglob("*")) if one.name != FILE and one.is_file())
    for file in (index / FILE, *others):
        if file.is_file() and (file.name == FILE or is_database(file)):
            settings, names = ledger.take_in(file, tell)
            if kept := ledger.keys():
                newest = max(generations.numbers(index), default=0)
                ledger.settle(settings, newest)
                return [*_told(index, kept, names, newest), *_without(index, settings)]
    return [Finding("nothing in the ledger could be saved", str(index / FILE), AFRESH)]


def _told(index: Path, kept: set[int], names: Mapping[int, set[str]], newest: int) -> Iterator[Finding]:
    """The articles that are lost: those that an index names, of the ledger or of the words, with no row."""
    again = f"read it again: dateline index FOLDER --index {index}"
    try:
        published = WordIndex(generations.folder_of(index, newest) / "articles").keys()
    except DatelineError:
        published = set()
    for key in sorted((names.keys() | published) - kept):
        ids = sorted(one for one in names.get(key, ()) if not Path(one).is_absolute())
        files = sorted(names.get(key, set()).difference(ids))
        yield Finding(
            f"article {', '.join(ids) or key} could not be saved", ", ".join(files) or str(index), again
        )


def _without(index: Path, settings: Mapping[str, str]) -> Iterator[Finding]:
    if not settings:
        again = f"read it again: dateline index FOLDER --index {index}"
        yield Finding("which model its vectors are from could not be saved", str(index / FILE), again)


def _put_in_place(index: Path) -> None:
    """The damaged ledger goes aside with its log, or a new one would be taken for what the log belongs to."""
    number = len(set_aside(index)) + 1
    files = [index / f"{FILE}{end}" for end in ("", "-wal", "-shm")]
    there = [file for file in files if file.exists()]
    aside = index / f"{_SIDE}-{number}"
    aside.mkdir()
    for file in there:
        shutil.copy2(file, aside / file.name)
    for file in there[1:]:
        file.unlink()
    (index / _MADE / FILE).replace(index / FILE)
    shutil.rmtree(index / _MADE)


def _tables() -> dict[str, list[str]]:
    """The columns of each sealed table, in order, as rows have them: a key is kept apart from its row."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        return {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")] for table in _SEALED}


def _quoted(names: Iterable[str]) -> Iterator[str]:
    return (f'"{name}"' for name in names)
