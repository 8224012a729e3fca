from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.index.split import split
from dateline.index.spoken import Spoken, pack, speaks, spoken, spoken_days, unpack
from dateline.types import Article, Filters, TimeSpan
from newsroom import report, write_articles

FEB_2 = date(2019, 2, 2)
TEXT = "STANFORD, Feb. 1 (AP) -- He spoke on Thursday. Talks begin next week.\n\nNothing else was said."
ARTICLE = Article("a", "Speech", TEXT, FEB_2)

days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def test_days_are_counted_from_the_article_s_own_and_belong_to_its_passages() -> None:
    found = spoken(ARTICLE, split(ARTICLE))
    assert [(one.passage, one.span.text, one.span.since) for one in found] == [
        (0, "Thursday", date(2019, 1, 31)),
        (0, "next week", date(2019, 2, 4)),
    ]


def test_an_undated_article_speaks_of_the_days_that_it_names_whole() -> None:
    article = Article("b", "Speech", "He spoke on Thursday. They met on June 12, 2018, and in March.")
    assert [one.span.since for one in spoken(article, split(article))] == [date(2018, 6, 12)]


@given(st.lists(st.tuples(st.integers(0, 9), days, st.integers(1, 400), st.booleans())))
def test_what_is_packed_is_what_is_unpacked(rows: list[tuple[int, date, int, bool]]) -> None:
    found = [
        Spoken(
            n,
            TimeSpan(
                TEXT[4:9], 4, 9, since, None if open_ else date.fromordinal(since.toordinal() + more), "day"
            ),
        )
        for n, since, more, open_ in rows
    ]
    assert list(unpack(pack(found), TEXT)) == found


@given(st.lists(st.tuples(days, st.integers(1, 400)), max_size=5), days, st.integers(0, 60))
def test_the_columns_hold_what_the_spans_say(spans: list[tuple[date, int]], first: date, more: int) -> None:
    last = date.fromordinal(first.toordinal() + more)
    found = [
        Spoken(n, TimeSpan("", 0, 0, since, date.fromordinal(since.toordinal() + long), "day"))
        for n, (since, long) in enumerate(spans)
    ]
    inside = spoken_days([(7, pack(found))]).of(first, last).tolist()
    assert inside == [7 + one.passage for one in found if speaks(one.span, first, last)]


LATER = "A year has passed. On Jan. 31, 2019, Ines Okafor promised a new library to the children of Larkvale."
REPORTS = (
    report("told", LATER, date="2020-03-01"),
    report("then", "Ines Okafor promised a library for Larkvale in a speech.", date="2019-02-05"),
    report("before", "Ines Okafor will promise a library to Larkvale on Jan. 31, 2019.", date="2019-01-10"),
    report("other", "Ines Okafor promised a new bridge and a library.", date="2019-12-01"),
)


@pytest.fixture(scope="module")
def archive(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("spoken")
    dateline.build(write_articles(folder / "a.jsonl", *REPORTS), folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


def test_what_happened_on_a_day_is_found_in_its_reports_and_in_later_ones(archive: Archive) -> None:
    text = "What did Ines Okafor promise on Jan. 31, 2019?"
    assert {(one.article.id, one.matched) for one in archive.search(text)} == {
        ("told", "told"),
        ("then", "published"),
    }
    told = {one.article.id: one.told for one in archive.ask(text).citations}
    assert told["told"] is not None
    assert told["told"].text == "Jan. 31, 2019"
    assert archive.ask(text).coverage.matched == 2
    assert {one.article.id for one in archive.search(text, as_of="2019-06-01")} == {"then"}


def test_passages_about_days_can_be_asked_for_and_reports_of_them_left_out(archive: Archive) -> None:
    day = date(2019, 1, 31)
    hits = archive.search("library", filters=Filters(about_since=day, about_until=day))
    assert {(one.article.id, one.matched) for one in hits} == {("told", "told"), ("before", "told")}
    by_words = dateline.open(archive.folder, embedder=None, settings=Settings())
    assert by_words.search("library", filters=Filters(about_since=day))


def test_what_was_reported_in_a_week_goes_by_publication(archive: Archive) -> None:
    hits = archive.search("What was reported about Ines Okafor in the first week of February 2019?")
    assert [(one.article.id, one.matched) for one in hits] == [("then", "published")]
