"""Words of passages, or of whole articles, in tantivy: BM25. The only room that knows tantivy."""

from __future__ import annotations

import copy
import json
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.index.borrowed import Borrowed
from dateline.index.damage import noticed, stored
from dateline.index.ledger import Row
from dateline.types import Filters

if TYPE_CHECKING:
    from tantivy import Document, Query, Schema, TextAnalyzer

_ANALYZER = "news"
_TITLE_WEIGHT = 0.5  # a headline's word counts for every passage of its article
_WRITER_BYTES = 128_000_000
_UNDATED = 0
_MOST_ALIKE = 50
_ELSEWHERE = 500  # texts that stand for what an archive does not hold
_SOON_WRITTEN = 10_000  # texts: in half a second
_STALE = 0.01  # of the texts were taken out
# An analyzer at work refuses a second thread, and lets one in: where garbage is collected in the midst of it,
# what a finalizer does may give others their turn.
_of_thread = threading.local()


class WordIndex:
    """The words of one generation."""

    def __init__(self, folder: Path) -> None:
        """Raises IndexDamaged, here and in all that follows."""
        from tantivy import Index

        self._folder = folder
        self._place = None if os.access(folder, os.W_OK) else Borrowed(folder)  # tantivy reads under a lock
        with noticed(folder):
            self._index = Index.open(str(self._place.folder if self._place else folder))
            self._index.register_tokenizer(_ANALYZER, _analyzer())
            self._searcher = self._index.searcher()
        self._day: date | None = None
        self._known: dict[tuple[str, str], int] = {}

    def until(self, day: date) -> WordIndex:
        """The same, of which rarity and `holds` know nothing published later; undated texts may be."""
        view = copy.copy(self)
        view._day, view._known = day, {}
        return view

    def best(
        self, terms: Mapping[str, float], k: int, filters: Filters, spoken: Sequence[int] = ()
    ) -> dict[int, float]:
        """Keys of the k texts with the highest BM25 for the weighted terms (see `terms`), best first.

        Which texts are inside by the days they speak of, is told by their keys, `spoken`.
        """
        from tantivy import Occur, Query

        schema = self._index.schema
        wanted = Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(Query.term_query(schema, field, term), weight * share))
                for term, weight in terms.items()
                for field, share in (("text", 1.0), ("title", _TITLE_WEIGHT))
            ]
        )
        query = Query.boolean_query(
            [(Occur.Must, wanted), *((Occur.Must, f) for f in _inside(schema, filters, spoken))]
        )
        with noticed(self._folder):
            hits = self._searcher.search(query, k, count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return {int(key): float(score) for key, (score, _) in zip(keys, hits, strict=True) if key is not None}

    def rarity(self, term: str) -> float:
        """Inverse document frequency: log((N + K + 1) / (n + 0.5)), where n of N texts have the term.

        K texts more, none of which has it, stand for all that is not in a small archive: there, one word that
        is missing would else outweigh all the others, each of which is in most texts.
        """
        return log((self._texts() + _ELSEWHERE + 1) / (self._texts("text", term) + 0.5))

    def having(self, terms: Sequence[str], filters: Filters) -> list[int]:
        """Keys of all texts inside the filters that hold every one of the terms, headlines included."""
        from tantivy import Occur, Query

        schema = self._index.schema
        wanted = [
            Query.boolean_query(
                [(Occur.Should, Query.term_query(schema, field, term)) for field in ("text", "title")]
            )
            for term in terms
        ] or [Query.all_query()]
        query = Query.boolean_query([(Occur.Must, one) for one in (*wanted, *_inside(schema, filters, ()))])
        with noticed(self._folder):
            hits = self._searcher.search(query, max(1, self.count()), count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return sorted(int(key) for key in keys if key is not None)

    def holds(self, term: str) -> bool:
        """True when the term stands in some text or headline."""
        return bool(self._texts("text", term) or self._texts("title", term))

    def alike(self, term: str, distance: int, filters: Filters) -> list[int]:
        """Keys of texts inside the filters with a word at most so many edits from the term, the best first.

        An edit adds, drops or changes a letter, or swaps two.
        """
        from tantivy import Occur, Query

        schema = self._index.schema
        near = Query.boolean_query(
            [
                (Occur.Should, Query.fuzzy_term_query(schema, field, term, distance))
                for field in ("text", "title")
            ]
        )
        query = Query.boolean_query([(Occur.Must, one) for one in (near, *_inside(schema, filters, ()))])
        with noticed(self._folder):
            hits = self._searcher.search(query, _MOST_ALIKE, count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [int(key) for key in keys if key is not None]

    def _texts(self, field: str = "", term: str = "") -> int:
        """How many texts have the term in that field, or how many there are at all."""
        if (field, term) not in self._known:
            with noticed(self._folder):
                self._known[field, term] = self._counted(field, term)
        return self._known[field, term]

    def _counted(self, field: str, term: str) -> int:
        from tantivy import Occur, Query

        if self._day is None:
            return int(self._searcher.doc_freq(field, term) if field else self._searcher.num_docs)
        schema = self._index.schema
        conditions = _inside(schema, Filters(until=self._day), ())
        if field:
            conditions.append(Query.term_query(schema, field, term))
        query = Query.boolean_query([(Occur.Must, one) for one in conditions])
        return int(self._searcher.search(query, 1, count=True).count)  # type: ignore[attr-defined]  # its stub

    def count(self) -> int:
        """How many texts are stored."""
        return int(self._searcher.num_docs)

    def keys(self) -> set[int]:
        """The key of every text that is stored."""
        from tantivy import Query

        with noticed(self._folder):
            hits = self._searcher.search(Query.all_query(), max(1, self.count()), count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return {int(key) for key in keys if key is not None}


def terms(text: str) -> list[str]:
    """The stems of a text's words, in order, as the index holds them."""
    if not hasattr(_of_thread, "analyzer"):
        _of_thread.analyzer = _analyzer()
    return list(_of_thread.analyzer.analyze(text))


def write(folder: Path, rows: Iterable[Row], *, dead: Iterable[int] = ()) -> int:
    """How many rows were added to the index in `folder`, after the dead keys were taken out. One commit.

    Raises StorageError.
    """
    from tantivy import Index, Query

    schema = _schema()
    with stored(folder):
        folder.mkdir(parents=True, exist_ok=True)
        index = Index(schema, str(folder))
        index.register_tokenizer(_ANALYZER, _analyzer())
        writer = index.writer(_WRITER_BYTES)
        for key in dead:
            writer.delete_documents_by_query(Query.term_query(schema, "key", key))
    added = 0
    for row in rows:
        document = _document(row)
        with stored(folder):
            writer.add_document(document)
        added += 1
    with stored(folder):
        writer.commit()
        writer.wait_merging_threads()
    return added


def is_stale(folder: Path, dead: int) -> bool:
    """True where the index in `folder`, with so many more texts taken out, should rather be written anew.

    tantivy counts what was taken out in the rarity of words until it merges the segment. An index that is
    soon written is written anew, so that its scores are those of a fresh one; of others, a share is let be.
    """
    segments = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
    texts = sum(one["max_doc"] for one in segments)
    gone = dead + sum(one["deletes"]["num_deleted_docs"] for one in segments if one["deletes"])
    return bool(texts <= _SOON_WRITTEN or gone > _STALE * texts)


def _document(row: Row) -> Document:
    from tantivy import Document

    document = Document()
    document.add_unsigned("key", row.key)
    document.add_text("text", row.text)
    document.add_text("title", row.title)
    document.add_integer("day", row.day or _UNDATED)
    document.add_text("source", (row.source or "").casefold())
    return document


def _analyzer() -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(40))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stemmer("english"))
        .build()
    )


@cache
def _schema() -> Schema:
    from tantivy import SchemaBuilder

    return (
        SchemaBuilder()
        .add_unsigned_field("key", indexed=True, fast=True)
        .add_text_field("text", tokenizer_name=_ANALYZER, index_option="freq")
        .add_text_field("title", tokenizer_name=_ANALYZER, index_option="freq")
        .add_integer_field("day", indexed=True, fast=True)
        .add_text_field("source", tokenizer_name="raw", index_option="basic")
        .build()
    )


def _inside(schema: Schema, filters: Filters, spoken: Sequence[int]) -> list[Query]:
    from tantivy import FieldType, Occur, Query

    speaking = Query.term_set_query(schema, "key", list(spoken))
    if filters.about_since or filters.about_until:
        return [Query.const_score_query(speaking, 0.0)]
    if filters.alternative:
        own = _inside(schema, replace(filters, alternative=None), spoken)
        either = [Query.boolean_query([(Occur.Must, one) for one in own]), speaking]
        query = Query.boolean_query([(Occur.Should, one) for one in either])
        return [Query.const_score_query(query, 0.0)]
    conditions: list[Query] = []
    if filters.since or filters.until:
        first = filters.since.toordinal() if filters.since else _UNDATED + 1
        last = filters.until.toordinal() if filters.until else 2**31
        conditions.append(Query.range_query(schema, "day", FieldType.Integer, first, last))
    if filters.sources:
        outlets = [source.casefold() for source in filters.sources]
        conditions.append(Query.term_set_query(schema, "source", outlets))
    return [Query.const_score_query(condition, 0.0) for condition in conditions]
