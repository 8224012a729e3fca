from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from dateline.index import Embedder, Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import find, understand
from dateline.types import Filters, Hit
from newsroom import RECORDS, report, write_articles

EVERYTHING = "bridge ferry telescope bakery flood library tools rain river crews"


def search(
    snapshot: Snapshot,
    embedder: Embedder | None,
    text: str,
    filters: Filters | None = None,
    *,
    k: int = 10,
    words: int | None = None,
) -> list[Hit]:
    return find(snapshot, embedder, understand(text), filters or Filters(), k=k, words=words)


def ids(hits: list[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def test_what_only_words_find_is_found(snapshot: Snapshot, embedder: MiniLM) -> None:
    """No model knows what KX4471 means."""
    assert ids(search(snapshot, embedder, "KX4471"))[0] == "telescope"
    assert ids(search(snapshot, None, "KX4471")) == ["telescope"]


def test_what_only_vectors_find_is_found(snapshot: Snapshot, embedder: MiniLM) -> None:
    """No word of this question stands in the article."""
    question = "Which sailors went on an industrial walkout?"
    assert search(snapshot, None, question) == []
    assert ids(search(snapshot, embedder, question))[0] == "ferry-strike"


def test_without_an_embedder_words_decide(snapshot: Snapshot) -> None:
    assert ids(search(snapshot, None, "the bridge over the Tarn")) == ["bridge-opens"]
    assert search(snapshot, None, "what is it?") == []


@pytest.mark.parametrize("with_embedder", [True, False])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(since=date(2019, 2, 11)),
        Filters(until=date(2019, 1, 8)),
        Filters(since=date(2019, 1, 8), until=date(2019, 2, 4)),
        Filters(sources=("weekly kiln",)),
        Filters(since=date(2019, 1, 1), sources=("Weekly Kiln", "Ansel Gazette")),
    ],
)
def test_filters_keep_everything_else_out(
    snapshot: Snapshot, embedder: MiniLM, filters: Filters, with_embedder: bool
) -> None:
    hits = search(snapshot, embedder if with_embedder else None, EVERYTHING, filters)
    assert hits
    assert all(filters.admits(hit.article) for hit in hits)
    assert len(set(ids(hits))) == snapshot.coverage(filters).matched


def test_filters_that_nothing_passes_find_nothing(snapshot: Snapshot, embedder: MiniLM) -> None:
    assert search(snapshot, embedder, EVERYTHING, Filters(sources=("nobody",))) == []


def test_undated_articles_pass_no_filter_of_days(snapshot: Snapshot, embedder: MiniLM) -> None:
    question = "Which library lends tools?"
    assert ids(search(snapshot, embedder, question))[0] == "library"
    assert "library" not in ids(search(snapshot, embedder, question, Filters(since=date.min)))


def test_ranks_count_from_one_and_scores_fall(snapshot: Snapshot, embedder: MiniLM) -> None:
    hits = search(snapshot, embedder, EVERYTHING)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits)


def test_k_is_the_number_of_hits(snapshot: Snapshot, embedder: MiniLM) -> None:
    assert [hit.passage.id for hit in search(snapshot, embedder, EVERYTHING, k=2)] == [
        hit.passage.id for hit in search(snapshot, embedder, EVERYTHING)[:2]
    ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400))
def test_the_budget_of_words_is_never_exceeded(snapshot: Snapshot, embedder: MiniLM, words: int) -> None:
    hits = search(snapshot, embedder, EVERYTHING, k=1, words=words)
    assert sum(len(hit.passage.text.split()) for hit in hits) <= words
    more = search(snapshot, embedder, EVERYTHING, words=words + 1)
    assert more[: len(hits)] == hits


def test_a_hit_is_a_passage_of_its_article(snapshot: Snapshot, embedder: MiniLM) -> None:
    for hit in search(snapshot, embedder, EVERYTHING):
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.article == snapshot.article(hit.passage.article_id)


def test_parts_take_turns_so_that_each_finds_its_evidence(tmp_path: Path, embedder: MiniLM) -> None:
    """Twelve reports tell of one half of the question, and only one of the other."""
    many = [
        report(
            f"quay-{n}", f"Ferry crews stopped work at dawn in Port Ansel and left {n} hundred on the quays."
        )
        for n in range(1, 13)
    ]
    source = write_articles(tmp_path / "a.jsonl", *many, *RECORDS)
    dateline.build(source, tmp_path / "index", embedder=embedder)
    question = understand(
        "Why did ferry crews stop work at dawn in Port Ansel, while the Dunmore family sold 900 rye loaves?"
    )
    assert len(question.parts) == 2
    snapshot = Snapshot(tmp_path / "index")
    assert "bakery" in ids(find(snapshot, embedder, question, Filters(), k=3))
