"""The read side of an index: one generation of it, consistent for as long as it is held."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

import numpy as np

from dateline.errors import ArticleMissing, DatelineError, IndexDamaged, IndexMismatch, IndexMissing
from dateline.index import manifest
from dateline.index.catalog import Catalog, catalog
from dateline.index.damage import doctor
from dateline.index.embedder import Vectors
from dateline.index.generations import folder_of
from dateline.index.ledger import Ledger, Stored
from dateline.index.neighbours import Held, Neighbours, NeighboursOf
from dateline.index.published import Published
from dateline.index.sentences import Span
from dateline.index.spoken import SpokenDays, spoken_days, unpack
from dateline.index.stories import Relation
from dateline.index.stories.group import components
from dateline.index.vectors import VectorIndex
from dateline.index.words import WordIndex
from dateline.types import Article, Coverage, Filters, Overview, Passage, TimeSpan

_FEW = 8_000  # passages: comparing them all takes about as long as asking Chroma for enough neighbours
_SURPLUS = 1.2  # neighbours asked for, for each that is expected inside the filters
_DAYS = 30.4  # of a month
_LIBRARIES = ("dateline", "chromadb", "tantivy")


class Snapshot:
    """The published generation of the index in `folder`. Thread-safe.

    Its own vectors tell what is near, unless others are named.

    Raises IndexMissing, IndexMismatch, IndexDamaged; the last also later, when something is read.
    """

    def __init__(self, folder: Path, *, neighbours: NeighboursOf | None = None) -> None:
        self.folder = folder
        self._neighbours = neighbours
        self._ledger = Ledger(folder)
        self.day: date | None = None  # as of which it is seen
        self._of: Snapshot | None = None  # whose view this is
        self._seen: Snapshot | None = None  # the last view as of a day
        try:
            while not self._open():
                pass
        except DatelineError:
            self.close()
            raise

    def _open(self) -> bool:
        """False where the generation was taken away by writers before it could be opened."""
        settings = self._ledger.settings()  # at once: they belong to each other
        self.generation = int(settings["generation"])
        self.embedder = settings.get("embedder")  # None: there are no vectors
        self._derived = folder_of(self.folder, self.generation)
        self._told = settings.get("manifest", manifest.nothing())
        try:
            self._look()
            self.words = WordIndex(self._verified("words"))  # of passages
            self.articles = WordIndex(self._verified("articles"))  # of whole articles
        except IndexDamaged:
            if self.is_current():
                raise
            return False
        return True

    def _look(self) -> None:
        """Raises IndexMissing, IndexMismatch or IndexDamaged unless the generation is what was published."""
        if not self.generation:
            raise IndexMissing(
                f"the index in {self.folder} is not complete; finish it: "
                f"dateline index FOLDER --index {self.folder}"
            )
        if not manifest.is_whole(self._told):
            raise IndexDamaged(
                f"the checksums of {self._derived} are damaged; mend it with: {doctor(self.folder)}"
            )
        if other := manifest.strangers(self._told):
            raise IndexMismatch(
                f"{self._derived} was written by {', '.join(other)}; "
                f"write it again with: {doctor(self.folder)}"
            )
        if not self._derived.is_dir():
            raise IndexDamaged(f"{self._derived} is missing; mend it with: {doctor(self.folder)}")
        self._verified("", every_byte=False)

    def _verified(self, part: str, *, every_byte: bool = True) -> Path:
        """The folder of a part of the generation. Raises IndexDamaged unless it is what was published."""
        for file, how in manifest.differences(self._derived, self._told, part=part, every_byte=every_byte):
            raise IndexDamaged(f"{file} is damaged: {how}; mend it with: {doctor(self.folder)}")
        return self._derived / part

    def as_of(self, day: date | None) -> Snapshot:
        """The same generation as it was on a day: nothing published later is counted, named or related.

        What is searched is for filters to say. Undated articles are related to none: they may be later.
        """
        whole = self._whole
        if day is None:
            return whole
        view = whole._seen
        if view is None or view.day != day:
            view = copy.copy(whole)
            for name in ("stories", "copies", "sources", "corrections", "_retold", "_copies"):
                view.__dict__.pop(name, None)
            view.day, view._of, view._seen = day, whole, None
            view.words, view.articles = whole.words.until(day), whole.articles.until(day)
            whole._seen = view
        return view

    @property
    def _whole(self) -> Snapshot:
        return self._of or self

    def forget_views(self) -> None:
        """Holds the last view no more: as long as it does, neither goes before a garbage collection."""
        self._seen = None

    @property
    def vectors(self) -> VectorIndex:
        """The vectors of this generation; opened when first used, since opening takes a second."""
        return self._whole._vectors

    @cached_property
    def _vectors(self) -> VectorIndex:
        return VectorIndex(self._verified("vectors"))

    @property
    def _near(self) -> Neighbours:
        return self._whole._nearby

    @cached_property
    def _nearby(self) -> Neighbours:
        return self._neighbours(self._ledger, self.generation) if self._neighbours else self._vectors

    def close(self) -> None:
        """Lets the ledger go."""
        self._ledger.close()

    def is_current(self) -> bool:
        """False when a newer generation was published."""
        return self._ledger.generation == self.generation

    def located(self, keys: Sequence[int]) -> dict[int, Stored]:
        """What is stored of the passage of each key."""
        return self._ledger.located(keys)

    def sentences(self, owner: int) -> list[Span]:
        """Where each sentence of an article, known by its key, begins and ends in its text."""
        return self._ledger.sentences(owner)

    @cached_property
    def stories(self) -> Mapping[int, int]:
        """The story of each article, by keys; articles alone in theirs are left out.

        A story is known by the key of its first article: copies and rewrites, and theirs in turn.
        """
        return _grouped((a, b) for a, b, _ in self._retold)

    @cached_property
    def copies(self) -> Mapping[int, int]:
        """The same of copies alone."""
        return _grouped((a, b) for a, b, kind in self._retold if kind == "copy")

    def copies_of(self, key: int) -> list[int]:
        """Keys of the other copies of an article, ascending."""
        return [other for other in self._copies.get(self.copies.get(key, key), ()) if other != key]

    def holding(self, terms: Sequence[str], filters: Filters) -> dict[int, tuple[date | None, str | None]]:
        """Day and outlet of every article inside the filters that holds all the terms, by its key."""
        return self._ledger.outlines(self.articles.having(terms, filters))

    def alike(self, term: str, distance: int, filters: Filters) -> list[int]:
        """Keys of articles inside the filters with a word that is spelt like the term (`WordIndex.alike`)."""
        return self.articles.alike(term, distance, filters)

    def briefs(self, keys: Sequence[int]) -> dict[int, Article]:
        """The article of each key."""
        return self._ledger.by_key(keys)

    @cached_property
    def _retold(self) -> list[tuple[int, int, Relation]]:
        return self._ledger.retold(generation=self.generation, until=self.day)

    @cached_property
    def _copies(self) -> dict[int, list[int]]:
        """The articles of each report that has copies."""
        copies: dict[int, list[int]] = {}
        for key, report in self.copies.items():
            copies.setdefault(report, []).append(key)
        return copies

    @cached_property
    def corrections(self) -> tuple[Article, ...]:
        """The articles that are notices of correction."""
        return tuple(self._ledger.corrections(generation=self.generation, until=self.day))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The outlets of the articles, those with the most first."""
        if self.day:
            return tuple(self._published.outlets(self.day))
        return tuple(source for source, _ in self._ledger.sources(generation=self.generation))

    @property
    def reports_a_day(self) -> float:
        """How many articles were published on a day of the months that have some; 0 without dated ones."""
        published = self._published
        return published.between(None, self.day) / max(1, _DAYS * published.months(self.day))

    @property
    def _published(self) -> Published:
        return self._whole._days_of_articles

    @cached_property
    def _days_of_articles(self) -> Published:
        reported = self._ledger.reported(generation=self.generation)
        dated = [(day, source) for day, source in reported if day is not None]
        return Published(dated, len(reported) - len(dated))

    @property
    def _all(self) -> Held | None:
        return self._whole._few

    @cached_property
    def _few(self) -> Held | None:
        """The vectors of all passages, where these are few and nobody else is to tell what is near."""
        if self._neighbours or self.words.count() > _FEW:
            return None
        return Held.of(self._ledger.vectors(self._catalog.keys.tolist(), checked=True))

    @property
    def _catalog(self) -> Catalog:
        return self._whole._places

    @cached_property
    def _places(self) -> Catalog:
        ledger, now = (
            self._ledger,
            self.generation,
        )  # not this, which holds it: it would go only by a collection

        @cache
        def spoken() -> SpokenDays:
            return spoken_days(ledger.all_spoken(generation=now))

        return catalog(ledger.places(generation=now), spoken)

    @property
    def knows_days(self) -> bool:
        """False for an index written before the days that passages speak of were stored."""
        return self._ledger.knows_days

    def spoken(self, articles: Iterable[Article]) -> dict[str, list[TimeSpan]]:
        """The days that the passages of each article, by its id, speak of, in order."""
        texts = {article.id: article.text for article in articles}
        stored = self._ledger.spoken(texts, generation=self.generation)
        return {id: [one.span for one in unpack(blob, texts[id])] for id, blob in stored.items()}

    def best_passages(self, terms: Mapping[str, float], k: int, filters: Filters) -> dict[int, float]:
        """Keys of the k passages inside the filters with the highest BM25, best first."""
        return self.words.best(terms, k, filters, self._spoken_of(filters)[0])

    def best_articles(self, terms: Mapping[str, float], k: int, filters: Filters) -> dict[int, float]:
        """The same of whole articles: those with a passage inside."""
        return self.articles.best(terms, k, filters, self._spoken_of(filters)[1])

    def _spoken_of(self, filters: Filters) -> tuple[list[int], list[int]]:
        """Keys of the passages and articles that filters hold by the days they speak of."""
        return self._catalog.beside(filters) if filters.by_words else ([], [])

    def nearest(self, query: Vectors, k: int, filters: Filters) -> dict[int, float]:
        """Keys of the k passages inside the filters nearest to the query with their cosine, nearest first.

        Few passages are compared one by one: a small index is searched before Chroma could be opened. Of
        many, Chroma gives neighbours until at least half of k are inside: they are the nearest, and the other
        half would cost most of the time.
        """
        if not filters:
            return self._near.nearest(query, k) if self._all is None else self._all.nearest(query, k)
        inside = self._catalog.inside(filters)
        if len(inside) <= _FEW:
            held = Held.of(self.vectors_of(inside.tolist())) if self._all is None else self._all.those(inside)
            return held.nearest(query, k)
        total = len(self._catalog.keys)
        wide = int(_SURPLUS * k * total / len(inside))
        while True:
            found = self._near.nearest(query, min(wide, total))
            keys = np.array(list(found), np.int64)
            places = np.minimum(np.searchsorted(inside, keys), len(inside) - 1)
            within = keys[inside[places] == keys][:k].tolist()
            if 2 * len(within) >= k or wide >= total:
                return {key: found[key] for key in within}
            wide *= 2

    def vectors_of(self, keys: Sequence[int]) -> dict[int, Vectors]:
        """The stored vector of each key that has one."""
        return self._ledger.vectors(keys)

    def closeness(self, query: Vectors, passages: Sequence[Passage]) -> list[float]:
        """Cosine of the query vector to each passage, however it was cut, in order.

        It is that of the nearest stored passage with which it shares words; 0 where none was embedded.
        """
        now = self.generation
        return [
            max(
                (float(one @ query) for one in self._ledger.vectors_within(passage, generation=now)),
                default=0.0,
            )
            for passage in passages
        ]

    def article(self, id: str) -> Article:
        """The article of that id. Raises ArticleMissing."""
        article = self._ledger.article(id, generation=self.generation)
        if article is None:
            raise ArticleMissing(f"no article {id!r} in {self.folder}; dateline search shows ids")
        return article

    def latest(self, n: int) -> list[Article]:
        """The n articles published last, latest first; undated ones after all others."""
        return self._ledger.latest(n, generation=self.generation, until=self.day)

    def coverage(self, filters: Filters) -> Coverage:
        """What a search inside the filters goes through."""
        published = self._published
        articles = published.between(None, self.day) + published.undated
        if filters.sources and not filters.by_words:
            matched = self._ledger.count(filters, generation=self.generation)
        elif filters.by_words:
            matched = self._catalog.articles(filters)
        elif filters:
            matched = published.between(filters.since, filters.until)
        else:
            matched = articles
        return Coverage(articles, *published.span(self.day), matched, undated=published.undated)

    def overview(self) -> Overview:
        """What the index holds and how it was built."""
        now = self.generation
        totals = self._ledger.totals(generation=now)
        return Overview(
            articles=totals.articles,
            passages=self._ledger.count_passages(generation=now),
            undated=totals.undated,
            first=totals.first,
            last=totals.last,
            sources=tuple(self._ledger.sources(generation=now)),
            months=tuple(self._ledger.months(generation=now)),
            embedder=self.embedder,
            versions={name: version(name) for name in _LIBRARIES}
            | {"schema": self._ledger.meta("schema") or "", "generation": str(now)},
            bytes=_bytes(self.folder),
        )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each key, ascending, the lowest that pairs lead to from it."""
    pairs = list(pairs)
    keys = sorted({key for pair in pairs for key in pair})
    places = {key: place for place, key in enumerate(keys)}
    first = components(len(keys), [(places[a], places[b]) for a, b in pairs])
    return {key: keys[place] for key, place in zip(keys, first, strict=True)}


def _bytes(folder: Path) -> int:
    """Size of the folder's files, but for those that a writer is just taking away."""
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                total += (Path(place) / name).stat().st_size
    return total
