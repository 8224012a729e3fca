from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.index import Embedder, Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import understand
from dateline.search.fusion import Found, Search, ranked
from dateline.search.query import Query, queries
from dateline.search.weights import WEIGHTS
from dateline.types import Filters
from newsroom import RECORDS, report
from search.shelf import PassagesAlone, index_of, sentences, texts

EVERYTHING = "bridge ferry telescope bakery flood library tools rain river crews"


def rank(
    snapshot: Snapshot, embedder: Embedder | None, text: str, filters: Filters | None = None
) -> list[Found]:
    (query,) = queries(understand(text), embedder, WEIGHTS.whole)
    return ranked(Search(snapshot, filters or Filters()), query)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "How many walked across the bridge?",
            "Some 3,000 people walked across it before the first cars came.",
        ),
        ("What is KX4471?", "Its mirror, KX4471, is six metres wide."),
        ("Why did families leave their homes?", "Sixty families left their homes in Osterby when the river"),
        ("Who gets up at two?", "The founder’s great-granddaughter, Ada Dunmore, still gets up at two"),
    ],
)
def test_the_sentence_that_tells_comes_first(
    snapshot: Snapshot, embedder: MiniLM, text: str, answer: str
) -> None:
    assert texts(rank(snapshot, embedder, text))[0].startswith(answer)


@pytest.mark.parametrize("with_embedder", [True, False])
def test_every_sentence_of_the_best_passages_is_ranked_once(
    snapshot: Snapshot, embedder: MiniLM, with_embedder: bool
) -> None:
    found = rank(snapshot, embedder if with_embedder else None, EVERYTHING)
    assert sorted((one.owner, one.span) for one in found) == sorted(
        (one.owner, one.span) for one in sentences(snapshot)
    )
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_nothing_to_search_by_finds_nothing(snapshot: Snapshot) -> None:
    assert rank(snapshot, None, "what is it?") == []
    assert rank(snapshot, None, "unheard") == []


def test_the_words_of_a_sentence_count_for_those_beside_it(tmp_path: Path) -> None:
    text = "Snow fell. Cars stood. The bridge had been closed. Nobody knew why. Many were late."
    found = rank(index_of(tmp_path, report("a", text)), None, "bridge closed")
    order = texts(found)
    assert order[0] == "The bridge had been closed."
    assert set(order[1:3]) == {"Cars stood.", "Nobody knew why."}
    assert found[2].score > found[3].score == found[4].score


def test_of_the_sentences_of_a_passage_the_nearest_by_meaning_comes_first(
    snapshot: Snapshot, embedder: MiniLM
) -> None:
    (vector,) = embedder.embed_queries(["What is the diameter of the reflecting glass?"])
    first, *_ = texts(ranked(Search(snapshot, Filters()), Query({}, vector)))
    assert first == "Its mirror, KX4471, is six metres wide."


def test_a_passage_without_vectors_of_sentences_lends_them_its_own(tmp_path: Path, embedder: MiniLM) -> None:
    first, second, *_ = RECORDS
    snapshot = index_of(tmp_path, first, second, embedder=PassagesAlone(embedder))
    assert all(one.sentences is None for one in snapshot.located(range(10)).values())
    (vector,) = embedder.embed_queries(["Which sailors went on an industrial walkout?"])
    found = ranked(Search(snapshot, Filters()), Query({}, vector))
    assert {one.article.id for one in found[:3]} == {"ferry-strike"}
    assert len({round(one.score, 6) for one in found}) == 2


OPENED = "The mayor opened it."
BRIEF = report("brief", OPENED)
FULL = report("full", f"{OPENED} {'It rained. ' * 40} {'So it was in Larkvale. ' * 5}")
OUTSIDE = report("elsewhere", "Larkvale, Larkvale and again Larkvale: the mayor.", source="Österpost")


def test_the_words_of_a_whole_article_count_for_each_of_its_sentences(tmp_path: Path) -> None:
    """The same sentence stands in both; the name stands far away from it, in one."""
    found = rank(index_of(tmp_path, BRIEF, FULL), None, "mayor opened Larkvale")
    assert [one.article.id for one in found if texts([one]) == [OPENED]] == ["full", "brief"]


def test_articles_outside_the_filters_take_no_place_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.search.fusion._ARTICLES", 1)
    snapshot = index_of(tmp_path, BRIEF, FULL, OUTSIDE)
    assert rank(snapshot, None, "mayor opened Larkvale")[0].article.id == "elsewhere"
    found = rank(snapshot, None, "mayor opened Larkvale", Filters(sources=("Harbor Wire",)))
    assert [one.article.id for one in found if texts([one]) == [OPENED]] == ["full", "brief"]


@pytest.mark.parametrize("with_embedder", [True, False])
@pytest.mark.parametrize(
    "filters", [Filters(since=date(2019, 2, 11)), Filters(sources=("weekly kiln",), until=date(2019, 1, 8))]
)
def test_no_ranking_holds_a_sentence_outside_the_filters(
    snapshot: Snapshot, embedder: MiniLM, filters: Filters, with_embedder: bool
) -> None:
    found = rank(snapshot, embedder if with_embedder else None, EVERYTHING, filters)
    assert len({one.owner for one in found}) == snapshot.coverage(filters).matched > 0
    assert all(filters.admits(one.article) for one in found)


def test_a_search_reads_a_passage_once(snapshot: Snapshot) -> None:
    search = Search(snapshot, Filters())
    first = search.passages([1, 2, 999])
    assert list(first) == [1, 2]
    assert search.passages([3, 2])[2] is first[2]
    assert search.stems(1) is search.stems(1)


THREE = (
    report("old", "The talks ended.", date="2019-01-02", source="Harbor Wire"),
    report("late", "The talks ended.", date="2019-05-20", source="Weekly Kiln"),
    report("undated", "The talks ended.", date=None, source="Österpost"),
)


def test_asked_as_of_a_day_fresh_news_comes_first_and_undated_last(tmp_path: Path) -> None:
    search = Search(index_of(tmp_path, *THREE), Filters(), date(2019, 5, 21))
    found = ranked(search, Query({"talk": 1.0}, None))
    assert [one.article.id for one in found] == ["late", "old", "undated"]


def test_outlets_that_a_query_prefers_come_first(tmp_path: Path) -> None:
    search = Search(index_of(tmp_path, *THREE), Filters())
    for source in ("Harbor Wire", "Weekly Kiln", "Österpost"):
        preferred = Query({"talk": 1.0}, None, frozenset({source}))
        assert ranked(search, preferred)[0].article.source == source
