"""The ledger, to be read."""

from __future__ import annotations

import json
import weakref
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import IndexDamaged, IndexMismatch, IndexMissing
from dateline.index.damage import doctor
from dateline.index.embedder import Vectors
from dateline.index.ledger import database
from dateline.index.ledger.blobs import sentences_of, spans_of, vector_of
from dateline.index.ledger.lending import Connections
from dateline.index.ledger.schema import (
    FIELDS,
    FILE,
    READ,
    SCHEMA,
    SEALED_ARTICLE,
    SEALED_PASSAGE,
    UNSEALED,
    VISIBLE,
)
from dateline.index.sentences import Span
from dateline.index.stories import Relation
from dateline.types import Article, Filters, Passage

Key = TypeVar("Key")  # of rows
DATED = "(:until IS NULL OR day <= :until)"


@dataclass(frozen=True, slots=True)
class Row:
    """A passage, or a whole article, as the derived indexes need it.

    `day` is a proleptic ordinal, None when undated.
    """

    key: int
    title: str
    text: str
    day: int | None
    source: str | None
    vector: Vectors | None


@dataclass(frozen=True, slots=True)
class Stored:
    """A passage with all that the ledger holds of it."""

    passage: Passage
    article: Article
    owner: int  # the article's key
    vector: Vectors | None
    sentences: Vectors | None  # a row of unit length for each sentence of the passage


@dataclass(frozen=True, slots=True)
class Totals:
    """The articles of a generation, counted; first and last day of publication."""

    articles: int
    undated: int
    first: date | None
    last: date | None


class Ledger:
    """The ledger of an index folder, to be read. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexMissing without a ledger, IndexMismatch on one of another schema."""
        self.folder = folder
        file = folder / FILE
        if not file.is_file():
            raise IndexMissing(f"no index in {folder}; make one with: dateline index FOLDER --index {folder}")
        self._use(Connections(file))
        self._check()

    def _use(self, connections: Connections) -> None:
        self._read = connections
        self.close = weakref.finalize(self, connections.close)  # lets the file go

    def _check(self) -> None:
        settings = self.settings()
        schema = settings.get("schema")
        if schema is None or settings.get("seal", seal_of(settings)) != seal_of(settings):
            raise IndexDamaged(
                f"{self.folder / FILE} is damaged; see what can be mended: {doctor(self.folder)}"
            )
        if schema not in READ:
            raise IndexMismatch(
                f"{self.folder} holds an index of schema {schema}, this program writes {SCHEMA}; "
                f"index the sources into a new folder: dateline index FOLDER --index NEW"
            )
        sealed = schema != UNSEALED
        self.knows_days = schema == SCHEMA  # that articles speak of
        self._article = f"{FIELDS}, intact(seal, {SEALED_ARTICLE})" if sealed else FIELDS
        self._passage_intact = f"intact(seal, {SEALED_PASSAGE})" if sealed else "1"

    def settings(self) -> dict[str, str]:
        """All settings (see `meta`), of one moment."""
        return dict(self._read.all("SELECT name, value FROM meta"))

    # -- what the index is

    def meta(self, name: str) -> str | None:
        """A setting of the index: "schema", "generation", "embedder", "next embedder", "manifest".

        The next embedder made the vectors that wait, and becomes the embedder when they are published. The
        manifest tells the files of the published generation.
        """
        row = self._read.one("SELECT value FROM meta WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    @property
    def generation(self) -> int:
        """The published generation: what readers see. 0 before the first."""
        return int(self.meta("generation") or 0)

    # -- reading

    def article(self, id: str, *, generation: int) -> Article | None:
        """The article of that id as `generation` shows it."""
        row = self._read.one(
            f"SELECT {self._article} FROM articles WHERE id = :id AND {VISIBLE}",
            {"id": id, "generation": generation},
        )
        return None if row is None else article_of(row)

    def articles(self, *, generation: int | None = None) -> Iterator[Article]:
        """Every article, in the order of indexing; without a generation, those the writer holds as live."""
        where = "died IS NULL" if generation is None else VISIBLE
        rows = self._read.each(
            f"SELECT {self._article} FROM articles WHERE {where} ORDER BY key", {"generation": generation}
        )
        for row in rows:
            yield article_of(row)

    def corrections(self, *, generation: int, until: date | None = None) -> list[Article]:
        """The articles that are notices of correction; see `latest` for the day."""
        rows = self._read.all(
            f"SELECT {self._article} FROM articles WHERE kind = 'correction' AND {VISIBLE} AND {DATED} "
            "ORDER BY key",
            {"generation": generation, "until": _ordinal(until)},
        )
        return [article_of(row) for row in rows]

    def latest(self, n: int, *, generation: int, until: date | None = None) -> list[Article]:
        """The n articles published last, latest first; undated ones after all others.

        With a day, here and below, nothing published later: undated ones may be of any day.
        """
        rows = self._read.all(
            f"SELECT {self._article} FROM articles JOIN (SELECT key AS k, day AS d FROM articles "
            f"WHERE {VISIBLE} AND {DATED} ORDER BY day DESC, key LIMIT :n) ON key = k ORDER BY d DESC, k",
            {"n": n, "generation": generation, "until": _ordinal(until)},
        )
        return [article_of(row) for row in rows]

    def located(self, keys: Sequence[int]) -> dict[int, Stored]:
        """What is held of each passage key that there is.

        Of an article that a writer takes away in between, too old for any reader, nothing is.
        """
        rows = [
            row
            for part in slices(keys)
            for row in self._read.all(
                'SELECT key, article, "start", "end", sentences, vector, sentence_vectors, '
                f"{self._passage_intact} FROM passages WHERE key IN ({marks(part)})",
                part,
            )
        ]
        articles = self.by_key({row[1] for row in rows})
        return {
            key: _stored(articles[owner], owner, *held) for key, owner, *held, _ in rows if owner in articles
        }

    def by_key(self, keys: Collection[int]) -> dict[int, Article]:
        """The article of each key that there is."""
        return {
            key: article_of(row)
            for part in slices(sorted(keys))
            for key, *row in self._read.all(
                f"SELECT key, {self._article} FROM articles WHERE key IN ({marks(part)})", part
            )
        }

    def outlines(self, keys: Collection[int]) -> dict[int, tuple[date | None, str | None]]:
        """The day and the outlet of the article of each key that there is; no text is read."""
        return {
            key: (day_from(day), source)
            for part in slices(sorted(keys))
            for key, day, source in self._read.all(
                f"SELECT key, day, source FROM articles WHERE key IN ({marks(part)})", part
            )
        }

    def sentences(self, owner: int) -> list[Span]:
        """Where each sentence of an article begins and ends in its text, in order."""
        rows = self._read.all(
            f'SELECT "start", sentences, {self._passage_intact} FROM passages WHERE article = ? '
            'ORDER BY "start"',
            (owner,),
        )
        return [span for start, blob, _ in rows for span in spans_of(blob, start)]

    def places(self, *, generation: int) -> Iterator[tuple[int, int | None, str | None, int]]:
        """Key, day, source and article's key of every passage, in ascending order of keys."""
        yield from self._read.each(
            "SELECT p.key, a.day, a.source, a.key FROM passages p JOIN articles a ON a.key = p.article "
            f"WHERE {VISIBLE} ORDER BY p.key",
            {"generation": generation},
        )

    def spoken(self, ids: Collection[str], *, generation: int) -> dict[str, bytes]:
        """The days that the articles of these ids speak of, packed; in an index of an older schema none."""
        if not self.knows_days:
            return {}
        return {
            id: blob
            for part in slices(sorted(ids))
            for id, blob, _ in self._read.all(
                "SELECT a.id, s.days, intact(s.seal, s.article, s.days) FROM spoken s JOIN articles a "
                f"ON a.key = s.article WHERE a.id IN ({marks(part)}) AND a.born <= ? "
                "AND (a.died IS NULL OR a.died > ?)",
                [*part, generation, generation],
            )
        }

    def all_spoken(self, *, generation: int) -> Iterator[tuple[int, bytes]]:
        """For each article that speaks of days, the key of its first passage, and the days, packed."""
        if self.knows_days:
            rows = self._read.each(
                "SELECT (SELECT min(p.key) FROM passages p WHERE p.article = s.article), s.days, "
                f"intact(s.seal, s.article, s.days) FROM spoken s JOIN articles a ON a.key = s.article "
                f"WHERE {VISIBLE} AND length(s.days) ORDER BY s.article",
                {"generation": generation},
            )
            yield from ((first, blob) for first, blob, _ in rows)

    def vectors(self, keys: Sequence[int], *, checked: bool = False) -> dict[int, Vectors]:
        """The stored vector of each passage key that has one; `checked`, which costs 30 us each, or not."""
        found: dict[int, Vectors] = {}
        intact = self._passage_intact if checked else "1"
        for part in slices(keys):
            rows = self._read.all(
                f"SELECT key, vector, {intact} FROM passages WHERE key IN ({marks(part)}) "
                "AND vector IS NOT NULL",
                part,
            )
            found.update((key, vector_of(blob)) for key, blob, _ in rows)
        return found

    def vectors_within(self, passage: Passage, *, generation: int) -> list[Vectors]:
        """The stored vectors of the passages that share words with this one, however it was cut."""
        rows = self._read.all(
            f'SELECT vector, {self._passage_intact} FROM passages WHERE "start" < :end AND "end" > :start '
            f"AND vector IS NOT NULL AND article = (SELECT key FROM articles WHERE id = :id AND {VISIBLE})",
            {
                "start": passage.start,
                "end": passage.end,
                "id": passage.article_id,
                "generation": generation,
            },
        )
        return [vector_of(blob) for blob, _ in rows]

    def retold(self, *, generation: int, until: date | None = None) -> list[tuple[int, int, Relation]]:
        """Keys of each two articles of which one tells the report of the other, and how it does."""
        return self._read.all(
            f"SELECT a, b, kind FROM retold WHERE 2 = (SELECT count(*) FROM articles WHERE key IN (a, b) "
            f"AND {VISIBLE} AND {DATED}) ORDER BY a, b",
            {"generation": generation, "until": _ordinal(until)},
        )

    def seal_of_retold(self) -> str:
        """A number that changes with what `retold` gives of the published generation."""
        return str(database.seal(*(part for row in self.retold(generation=self.generation) for part in row)))

    def count(self, filters: Filters, *, generation: int) -> int:
        """How many articles are inside the filters."""
        where, values = _condition(filters)
        row = self._read.one(
            f"SELECT count(*) FROM articles WHERE {VISIBLE} AND {where}", values | {"generation": generation}
        )
        return int(row[0])

    def totals(self, *, generation: int) -> Totals:
        """How many articles there are, how many of them without a day, and the days of the others."""
        articles, undated, first, last = self._read.one(
            f"SELECT count(*), count(*) - count(day), min(day), max(day) FROM articles WHERE {VISIBLE}",
            {"generation": generation},
        )
        return Totals(articles, undated, day_from(first), day_from(last))

    def reported(self, *, generation: int) -> list[tuple[int | None, str | None]]:
        """The day, a proleptic ordinal, and the outlet of each article, by day; None where there is none."""
        rows = self._read.all(
            f"SELECT day, source FROM articles WHERE {VISIBLE} ORDER BY day", {"generation": generation}
        )
        return [(day, source) for day, source in rows]

    def count_passages(self, *, generation: int) -> int:
        """How many passages there are."""
        row = self._read.one(
            f"SELECT count(*) FROM passages p JOIN articles a ON a.key = p.article WHERE {VISIBLE}",
            {"generation": generation},
        )
        return int(row[0])

    def sources(self, *, generation: int) -> list[tuple[str, int]]:
        """Outlets and how many articles each has, most first."""
        rows = self._read.all(
            f"SELECT source, count(*) AS n FROM articles WHERE {VISIBLE} AND source IS NOT NULL "
            "GROUP BY source ORDER BY n DESC, source",
            {"generation": generation},
        )
        return [(source, n) for source, n in rows]

    def months(self, *, generation: int) -> list[tuple[str, int]]:
        """Months ("2019-02") and how many articles each has, earliest first."""
        rows = self._read.all(
            f"SELECT substr(published, 1, 7) AS month, count(*) FROM articles "
            f"WHERE {VISIBLE} AND published IS NOT NULL GROUP BY month ORDER BY month",
            {"generation": generation},
        )
        return [(month, n) for month, n in rows]


def article_of(row: Sequence[Any]) -> Article:
    """The article in a row of FIELDS."""
    id, title, text, published, published_from, source, url, authors, place, kind, path, *_ = row
    moment: date | datetime | None = None
    if published:
        moment = datetime.fromisoformat(published) if "T" in published else date.fromisoformat(published)
    names = tuple(json.loads(authors))
    return Article(id, title, text, moment, published_from, source, url, names, place, kind, path)


def _stored(
    article: Article,
    owner: int,
    start: int,
    end: int,
    spans: bytes,
    vector: bytes | None,
    within: bytes | None,
) -> Stored:
    places = spans_of(spans, start)
    text = article.text[start:end]
    passage = Passage(f"{article.id}:{start}-{end}", article.id, text, start, end, tuple(places))
    return Stored(
        passage,
        article,
        owner,
        None if vector is None else vector_of(vector),
        None if within is None else sentences_of(within, len(places)),
    )


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


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def day_from(day: int | None) -> date | None:
    """The day of a proleptic ordinal."""
    return None if day is None else date.fromordinal(day)


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" * len(values))


def slices(keys: Sequence[Key], size: int = 500) -> Iterator[list[Key]]:
    """The keys in parts that one statement takes."""
    for begin in range(0, len(keys), size):
        yield list(keys[begin : begin + size])


def seal_of(settings: Mapping[str, str]) -> str:
    """What the setting "seal" says of the others, but for the manifest, which has one of its own."""
    sealed = [one for one in sorted(settings.items()) if one[0] not in ("seal", "manifest")]
    told = (part for one in sealed for part in one)
    return str(database.seal(*told))
