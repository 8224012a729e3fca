from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import IndexDamaged, IndexMismatch, IndexMissing
from dateline.index.embedder import Embedded
from dateline.index.ledger import Ledger, Stored, Totals
from dateline.index.ledger.schema import FILE
from dateline.index.ledger.writer import LedgerWriter, body, digest
from dateline.index.split import PASSAGE_WORDS, passage_of, split
from dateline.types import Article, Filters

BRIDGE = Article(
    "bridge",
    "A bridge",
    "The bridge is open. It cost 48 million.",
    published=datetime.fromisoformat("2019-02-04T23:30:00-05:00"),
    published_from="metadata",
    source="Österpost",
    url="https://example.org/bridge",
    authors=("Ada Reyl", "Bo Ito"),
    place="LARKVALE",
    kind="opinion",
    path="/articles/bridge.txt",
)
FLOOD = Article("flood", "A flood", "The river rose.", published=date(2019, 1, 8), source="Weekly Kiln")
LIBRARY = Article("library", "A library", "The library lends tools.")
LONG = Article("long", "A long report", "Ten words are in this sentence, counted by its author. " * 14)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerWriter]:
    ledger = LedgerWriter(tmp_path)
    yield ledger
    ledger.close()


def add(ledger: LedgerWriter, *articles: Article) -> None:
    with ledger.transaction():
        for article in articles:
            ledger.add(article, split(article), None)


def test_an_article_comes_back_as_it_went_in(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, FLOOD, LIBRARY)
    assert list(ledger.articles()) == [BRIDGE, FLOOD, LIBRARY]


def test_nothing_is_visible_before_it_is_published(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE)
    assert ledger.article("bridge", generation=ledger.generation) is None
    assert ledger.pending()
    ledger.publish()
    assert ledger.article("bridge", generation=ledger.generation) == BRIDGE
    assert not ledger.pending()


def test_a_generation_keeps_its_articles_while_the_next_one_changes_them(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, FLOOD)
    first = ledger.publish()
    changed = replace(BRIDGE, text="The bridge is closed.")
    add(ledger, changed)
    with ledger.transaction():
        ledger.remove("flood")
    second = ledger.publish()
    assert list(ledger.articles(generation=first)) == [BRIDGE, FLOOD]
    assert list(ledger.articles(generation=second)) == [changed]


def test_what_two_generations_have_lost_is_deleted(ledger: LedgerWriter, tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        add(ledger, replace(BRIDGE, text=text))
        ledger.publish()
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT text FROM articles ORDER BY key").fetchall() == [("two",), ("three",)]
        assert db.execute("SELECT count(*) FROM passages").fetchone() == (2,)


def test_an_article_changed_twice_before_publishing_is_held_once(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE)
    add(ledger, replace(BRIDGE, text="Changed."))
    assert [article.text for article in ledger.articles()] == ["Changed."]
    assert ledger.count_rows() == 1


def test_vectors_are_kept_to_half_precision(ledger: LedgerWriter) -> None:
    vectors = np.array([[0.6, 0.8, 0.0]], np.float32)
    with ledger.transaction():
        ledger.add(BRIDGE, split(BRIDGE), Embedded(vectors, None))
    (row,) = ledger.rows()
    assert row.vector is not None
    assert np.allclose(row.vector, vectors[0], atol=1e-3)
    assert np.array_equal(ledger.vectors([row.key, 99])[row.key], row.vector)
    assert (row.title, row.text, row.day) == ("A bridge", BRIDGE.text, date(2019, 2, 5).toordinal())


def test_passages_are_located_in_their_articles(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, FLOOD)
    (bridge,), (flood,) = split(BRIDGE), split(FLOOD)
    assert ledger.located([1, 2, 99]) == {
        1: Stored(bridge, BRIDGE, 1, None, None),
        2: Stored(flood, FLOOD, 2, None, None),
    }


def test_a_passage_is_stored_with_its_vector_and_those_of_its_sentences(ledger: LedgerWriter) -> None:
    (passage,) = split(BRIDGE)
    assert len(passage.sentences) == 2
    vector = np.array([0.6, 0.8, 0.0], np.float32)
    sentences = np.array([[0.6, 0.0, -0.8], [0.0, 1.0, 0.0]], np.float32)
    with ledger.transaction():
        ledger.add(BRIDGE, [passage], Embedded(vector[None], (sentences,)))
    (stored,) = ledger.located([1]).values()
    assert stored.passage == passage
    assert stored.vector is not None
    assert np.allclose(stored.vector, vector, atol=1e-3)
    assert stored.sentences is not None
    assert np.allclose(stored.sentences, sentences, atol=0.01)


def test_more_passages_are_located_than_a_query_may_name_at_once(ledger: LedgerWriter) -> None:
    add(ledger, *(replace(LIBRARY, id=f"library-{number}") for number in range(1_100)))
    located = ledger.located(range(1, 1_101))
    assert [located[key].article.id for key in range(1, 1_101)] == [f"library-{n}" for n in range(1_100)]


def test_the_sentences_of_an_article_are_those_of_its_passages_in_order(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, LONG)
    passages = split(LONG)
    assert len(passages) == 3
    assert ledger.sentences(2) == [span for passage in passages for span in passage.sentences]
    assert ledger.sentences(99) == []


def test_the_vectors_within_a_passage_are_of_those_it_shares_words_with(ledger: LedgerWriter) -> None:
    passages = split(LONG)
    with ledger.transaction():
        ledger.add(LONG, passages, Embedded(np.eye(3, dtype=np.float32), None))
    ledger.publish()
    spans = ledger.sentences(1)
    per_passage = PASSAGE_WORDS // 10

    def within(first: int, last: int) -> list[list[float]]:
        asked = passage_of(LONG, spans[first : last + 1])
        return [vector.tolist() for vector in ledger.vectors_within(asked, generation=1)]

    assert within(0, per_passage - 1) == [[1, 0, 0]]
    assert within(per_passage - 1, per_passage) == [[1, 0, 0], [0, 1, 0]]
    assert within(0, len(spans) - 1) == np.eye(3).tolist()
    assert ledger.vectors_within(passages[0], generation=0) == []


def test_whole_articles_are_rows_under_their_own_keys(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, LONG)
    ledger.publish()
    add(ledger, LIBRARY)
    with ledger.transaction():
        ledger.remove("bridge")
    assert [(row.key, row.text) for row in ledger.article_rows()] == [(2, LONG.text), (3, LIBRARY.text)]
    (born,) = ledger.article_rows(born=2)
    assert (born.key, born.title, born.source, born.vector) == (3, LIBRARY.title, None, None)
    assert ledger.dead_articles(died=2) == [1]
    assert ledger.dead_passages(died=2) == [1]


@pytest.mark.parametrize(
    ("filters", "matched"),
    [
        (Filters(), 3),
        (Filters(since=date(2019, 2, 4)), 1),
        (Filters(until=date(2019, 2, 3)), 1),
        (Filters(since=date(2019, 1, 8), until=date(2019, 2, 5)), 2),
        (Filters(sources=("weekly kiln", "none")), 1),
        (Filters(sources=("öSTERPOST",)), 1),
        (Filters(since=date(2019, 2, 4), sources=("Weekly Kiln",)), 0),
    ],
)
def test_articles_inside_filters_are_counted_as_the_filters_admit_them(
    ledger: LedgerWriter, filters: Filters, matched: int
) -> None:
    add(ledger, BRIDGE, FLOOD, LIBRARY)
    ledger.publish()
    assert ledger.count(filters, generation=1) == matched
    assert sum(filters.admits(article) for article in (BRIDGE, FLOOD, LIBRARY)) == matched


def test_totals_sources_and_months(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE, FLOOD, LIBRARY, replace(FLOOD, id="again", text="It rose again."))
    ledger.publish()
    assert ledger.totals(generation=1) == Totals(4, 1, date(2019, 1, 8), date(2019, 2, 5))
    assert ledger.count_passages(generation=1) == 4
    assert ledger.sources(generation=1) == [("Weekly Kiln", 2), ("Österpost", 1)]
    assert ledger.months(generation=1) == [("2019-01", 2), ("2019-02", 1)]


def test_a_transaction_that_fails_leaves_nothing(ledger: LedgerWriter) -> None:
    unnamed = replace(FLOOD, id=None)  # type: ignore[arg-type]  # the ledger refuses it
    with pytest.raises(sqlite3.IntegrityError):
        add(ledger, BRIDGE, unnamed)
    assert list(ledger.articles()) == []
    add(ledger, BRIDGE)


def test_a_moved_article_does_not_leave_a_transaction_open(ledger: LedgerWriter) -> None:
    add(ledger, BRIDGE)
    ledger.move("bridge", "/elsewhere.txt")
    add(ledger, FLOOD)
    assert ledger.ids_of("/elsewhere.txt") == {"bridge"}


def test_a_write_outside_of_a_transaction_is_one_by_itself(ledger: LedgerWriter, tmp_path: Path) -> None:
    ledger.set_meta("found", "now")
    other = LedgerWriter(tmp_path)
    assert other.meta("found") == "now"
    other.close()
    ledger.purge()


def test_purging_leaves_no_byte_of_what_was_removed(ledger: LedgerWriter, tmp_path: Path) -> None:
    add(ledger, BRIDGE, FLOOD)
    ledger.publish()
    with ledger.transaction():
        ledger.remove("bridge")
    ledger.publish()
    ledger.purge()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"48 million" not in left
    assert b"river rose" in left


def test_a_folder_without_a_ledger_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="dateline index FOLDER"):
        Ledger(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [Ledger, LedgerWriter])
def test_another_schema_is_refused(tmp_path: Path, kind: type[Ledger]) -> None:
    ledger = LedgerWriter(tmp_path)
    with ledger.transaction():
        ledger.set_meta("schema", "0")
    ledger.close()
    with pytest.raises(IndexMismatch, match="schema 0"):
        kind(tmp_path)


TEXT = st.text(min_size=1, max_size=20)


@given(TEXT, TEXT, st.sampled_from(["title", "text", "source", "url", "place", "kind", "authors"]))
def test_a_digest_changes_with_every_field_that_a_file_gives(one: str, other: str, field: str) -> None:
    def article(value: str) -> Article:
        return replace(LIBRARY, **{field: (value,) if field == "authors" else value})  # type: ignore[arg-type]

    assert (digest(article(one)) == digest(article(other))) == (one == other)


def test_a_digest_does_not_change_with_an_inferred_date_or_the_path() -> None:
    inferred = replace(LIBRARY, published=date(2019, 1, 1), published_from="inferred", path="/b.txt")
    assert digest(inferred) == digest(LIBRARY)
    assert digest(replace(inferred, published_from="metadata")) != digest(LIBRARY)


def test_a_copy_is_known_by_its_words_and_outlet_alone() -> None:
    assert body(replace(FLOOD, id="b", title="B", text="the  RIVER\nrose.", source="weekly kiln")) == body(
        FLOOD
    )
    assert body(replace(FLOOD, source="Harbor Wire")) != body(FLOOD)


@pytest.mark.parametrize("kind", [Ledger, LedgerWriter])
def test_a_file_that_is_no_ledger_is_refused_in_one_line(tmp_path: Path, kind: type[Ledger]) -> None:
    content = b"no database at all, but long enough to be taken for one" * 20
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexDamaged, match="dateline doctor --repair"):
        kind(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_days_of_several_zones_are_compared_in_utc_and_shown_as_printed(ledger: LedgerWriter) -> None:
    evening = datetime.fromisoformat("2019-02-04T23:30:00-05:00")
    add(ledger, replace(BRIDGE, published=evening))
    ledger.publish()
    (kept,) = ledger.articles(generation=1)
    assert kept.published == evening
    assert (kept.day, kept.utc_day) == (date(2019, 2, 4), date(2019, 2, 5))
    for filters, matched in ((Filters(since=date(2019, 2, 5)), 1), (Filters(until=date(2019, 2, 4)), 0)):
        assert ledger.count(filters, generation=1) == matched == filters.admits(kept)
