from __future__ import annotations

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ArticleMissing, IndexMissing
from dateline.index import Snapshot
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.minilm import MiniLM
from dateline.index.split import passage_of, split
from dateline.index.words import terms
from dateline.types import Article, Filters
from newsroom import RECORDS


def test_an_overview_counts_what_is_there(snapshot: Snapshot, embedder: MiniLM) -> None:
    overview = snapshot.overview()
    assert (overview.articles, overview.undated) == (len(RECORDS), 1)
    assert (overview.first, overview.last) == (date(2018, 11, 30), date(2019, 5, 20))
    assert overview.sources == (("Ansel Gazette", 2), ("Harbor Wire", 2), ("Weekly Kiln", 2))
    assert overview.months == (("2018-11", 1), ("2019-01", 1), ("2019-02", 3), ("2019-05", 1))
    assert overview.passages == snapshot.words.count() == snapshot.vectors.count()
    assert overview.embedder == embedder.name
    assert overview.versions.items() >= {"schema": "4", "generation": "1"}.items()
    assert {"dateline", "chromadb", "tantivy"} <= overview.versions.keys()
    assert overview.bytes > 100_000


def test_an_article_is_given_by_its_id(snapshot: Snapshot) -> None:
    assert snapshot.article("flood").title == "River rises after a week of rain"
    with pytest.raises(ArticleMissing, match="'nothing'"):
        snapshot.article("nothing")


def test_the_latest_articles_come_first(snapshot: Snapshot) -> None:
    days = [article.day for article in snapshot.latest(len(RECORDS))]
    dated = [day for day in days if day]
    assert days == sorted(dated, reverse=True) + [None] * (len(RECORDS) - len(dated))
    assert [article.day for article in snapshot.latest(2)] == days[:2]


def test_articles_inside_filters_are_counted(snapshot: Snapshot) -> None:
    assert snapshot.coverage(Filters()).matched == len(RECORDS)
    assert snapshot.coverage(Filters(since=date(2019, 2, 4), sources=("harbor wire",))).matched == 2


def test_an_article_is_found_by_words_that_stand_far_apart_in_it(snapshot: Snapshot) -> None:
    assert snapshot.articles.count() == len(RECORDS)
    (best, *_) = snapshot.articles.best(dict.fromkeys(terms("mayor spring"), 1.0), 5, Filters())
    article = snapshot.article("bridge-opens")
    assert [article.text[start:end] for start, end in snapshot.sentences(best)][-1].endswith("in the spring.")


@pytest.mark.parametrize("filters", [Filters(until=date(2019, 2, 5)), Filters(sources=("harbor wire",))])
def test_whole_articles_are_found_inside_filters_alone(snapshot: Snapshot, filters: Filters) -> None:
    everything = dict.fromkeys(terms("bridge ferry telescope bakery river library"), 1.0)
    owners = {one.owner: one.article for one in snapshot.located(range(100)).values()}
    found = snapshot.articles.best(everything, 100, filters)
    assert found.keys() == {owner for owner, article in owners.items() if filters.admits(article)}
    assert 0 < len(found) < len(owners)


def test_every_stored_sentence_has_a_vector_of_unit_length(snapshot: Snapshot) -> None:
    for one in snapshot.located(range(100)).values():
        assert one.sentences is not None
        assert one.sentences.shape == (len(one.passage.sentences), 384)
        assert np.allclose(np.linalg.norm(one.sentences, axis=1), 1, atol=1e-5)


def test_a_part_of_a_passage_is_as_close_as_the_passage(snapshot: Snapshot, embedder: MiniLM) -> None:
    article = snapshot.article("telescope")
    (whole,) = split(article)
    (query,) = embedder.embed_queries(["How wide is the mirror of the telescope?"])
    (nearest,) = snapshot.nearest(query, 1, Filters()).values()
    part = passage_of(article, whole.sentences[1:])
    assert snapshot.closeness(query, [whole, part]) == pytest.approx([nearest, nearest], abs=0.01)


def test_of_few_passages_memory_gives_what_chroma_gives(snapshot: Snapshot, embedder: MiniLM) -> None:
    (query,) = embedder.embed_queries(["How wide is the mirror of the telescope?"])
    inside = snapshot.nearest(query, 100, Filters())
    asked = snapshot.vectors.nearest(query, 100)
    assert list(inside) == list(asked)
    assert list(inside.values()) == pytest.approx(list(asked.values()), abs=1e-6)


def test_a_passage_of_no_stored_article_is_close_to_nothing(snapshot: Snapshot, embedder: MiniLM) -> None:
    (query,) = embedder.embed_queries(["telescope"])
    assert snapshot.closeness(query, split(Article("elsewhere", "T", "The telescope."))) == [0.0]
    assert snapshot.closeness(query, []) == []


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=str(tmp_path)):
        Snapshot(tmp_path)
    with pytest.raises(IndexMissing):
        Snapshot(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_was_never_published_is_not_complete(tmp_path: Path) -> None:
    LedgerWriter(tmp_path).close()
    with pytest.raises(IndexMissing, match="not complete; finish it: dateline index"):
        Snapshot(tmp_path)


def test_an_index_can_be_carried_elsewhere(index: Path, tmp_path: Path, embedder: MiniLM) -> None:
    shutil.copytree(index, tmp_path / "copy")
    copy = Snapshot(tmp_path / "copy")
    (query,) = embedder.embed_queries(["How wide is the mirror of the telescope?"])
    (nearest,) = copy.vectors.nearest(query, 1)
    assert copy.located([nearest])[nearest].article.id == "telescope"


def test_files_that_a_writer_takes_away_do_not_disturb_an_overview(index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "copy")
    snapshot, done = Snapshot(tmp_path / "copy"), threading.Event()

    def write() -> None:
        while not done.is_set():
            for number in range(20):
                (tmp_path / "copy" / f"leftover-{number}" / "words").mkdir(parents=True)
            for folder in (tmp_path / "copy").glob("leftover-*"):
                shutil.rmtree(folder)

    with ThreadPoolExecutor() as pool:
        writer = pool.submit(write)
        try:
            assert all(snapshot.overview().bytes > 100_000 for _ in range(200))
        finally:
            done.set()
        writer.result()


@pytest.mark.parametrize("few", [0, 8_000])
@pytest.mark.parametrize(
    "filters",
    [Filters(until=date(2019, 2, 5)), Filters(since=date(2019, 2, 4)), Filters(sources=("Harbor Wire",))],
)
def test_the_nearest_inside_filters_are_those_of_a_full_comparison(
    snapshot: Snapshot, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch, few: int, filters: Filters
) -> None:
    monkeypatch.setattr("dateline.index.snapshot._FEW", few)
    query = embedder.embed_queries(["Who opened the bridge?"])[0]
    everything = snapshot.vectors.nearest(query, 1_000)
    located = snapshot.located(list(everything))
    expected = [key for key in everything if filters.admits(located[key].article)][:3]
    found = snapshot.nearest(query, 3, filters)
    assert list(found) == expected
    assert all(abs(found[key] - everything[key]) < 0.01 for key in found)
