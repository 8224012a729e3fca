from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index import Embedder, Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import find, understand
from dateline.types import Filters, Hit
from newsroom import RECORDS, report
from search.shelf import PassagesAlone, index_of, places

EVERYTHING = "bridge ferry telescope bakery flood library tools rain river crews"


def search(
    snapshot: Snapshot,
    embedder: Embedder | None,
    text: str,
    filters: Filters | None = None,
    *,
    k: int = 10,
    words: int | None = None,
    window: int = 100,
) -> list[Hit]:
    question = understand(text)
    return find(snapshot, embedder, question, filters or Filters(), k=k, words=words, window=window)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.article.id for hit in hits]


def size(hit: Hit) -> int:
    return len(hit.passage.text.split())


def told(hits: Sequence[Hit]) -> str:
    return " ".join(hit.passage.text for hit in hits)


def test_what_only_words_find_is_found(snapshot: Snapshot, embedder: MiniLM) -> None:
    """No model knows what KX4471 means."""
    assert ids(search(snapshot, embedder, "KX4471"))[0] == "telescope"
    assert ids(search(snapshot, None, "KX4471")) == ["telescope"]


def test_what_only_vectors_find_is_found(snapshot: Snapshot, embedder: MiniLM) -> None:
    """No word of this question stands in the article."""
    question = "Which sailors went on an industrial walkout?"
    assert search(snapshot, None, question) == []
    assert ids(search(snapshot, embedder, question))[0] == "ferry-strike"


@pytest.mark.parametrize("words", [None, 60])
def test_without_an_embedder_words_alone_decide(snapshot: Snapshot, words: int | None) -> None:
    hits = search(snapshot, None, "the bridge over the Tarn", words=words)
    assert set(ids(hits)) == {"bridge-opens"}
    assert "over the Tarn" in hits[0].passage.text
    assert search(snapshot, None, "what is it?", words=words) == []


@pytest.mark.parametrize("words", [None, 60])
def test_an_embedder_without_vectors_of_sentences_finds_by_meaning_too(
    tmp_path: Path, embedder: MiniLM, words: int | None
) -> None:
    alone = PassagesAlone(embedder)
    snapshot = index_of(tmp_path, *RECORDS, embedder=alone)
    hits = search(snapshot, alone, "Which sailors went on an industrial walkout?", words=words)
    assert ids(hits)[0] == "ferry-strike"


def test_a_passage_that_was_never_embedded_is_found_by_its_words(tmp_path: Path, embedder: MiniLM) -> None:
    index_of(tmp_path, *RECORDS, embedder=embedder)
    snapshot = index_of(tmp_path, report("late", "The lighthouse of Varn was sold to a hermit."))
    assert snapshot.vectors.count() < snapshot.words.count()
    assert ids(search(snapshot, embedder, "Who bought the lighthouse of Varn?", k=1)) == ["late"]


@pytest.mark.parametrize("with_embedder", [True, False])
@pytest.mark.parametrize("words", [None, 1_000])
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
    snapshot: Snapshot, embedder: MiniLM, filters: Filters, words: int | None, with_embedder: bool
) -> None:
    hits = search(snapshot, embedder if with_embedder else None, EVERYTHING, filters, words=words)
    assert hits
    assert all(filters.admits(hit.article) for hit in hits)
    assert len(set(ids(hits))) == snapshot.coverage(filters).matched


def test_filters_that_nothing_passes_find_nothing(snapshot: Snapshot, embedder: MiniLM) -> None:
    nobody = Filters(sources=("nobody",))
    assert search(snapshot, embedder, EVERYTHING, nobody) == []
    assert search(snapshot, embedder, EVERYTHING, nobody, words=100) == []


def test_undated_articles_pass_no_filter_of_days(snapshot: Snapshot, embedder: MiniLM) -> None:
    question = "Which library lends tools?"
    assert ids(search(snapshot, embedder, question))[0] == "library"
    assert "library" not in ids(search(snapshot, embedder, question, Filters(since=date.min)))


def test_ranks_count_from_one_and_scores_fall(snapshot: Snapshot, embedder: MiniLM) -> None:
    for hits in (search(snapshot, embedder, EVERYTHING), search(snapshot, embedder, EVERYTHING, words=150)):
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_k_is_the_number_of_hits(snapshot: Snapshot, embedder: MiniLM) -> None:
    everything = search(snapshot, embedder, EVERYTHING)
    assert search(snapshot, embedder, EVERYTHING, k=2) == everything[:2]
    assert search(snapshot, embedder, EVERYTHING, k=0) == []


questions = st.text(max_size=60) | st.lists(
    st.sampled_from(
        [*EVERYTHING.split(), ",", "while the", "in 2019", "Who", "1,200", "and did the Dunmore family bake"]
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(questions, st.integers(0, 400))
def test_evidence_for_any_question_is_whole_sentences_inside_the_budget(
    snapshot: Snapshot, embedder: MiniLM, text: str, words: int
) -> None:
    hits = search(snapshot, embedder, text, words=words)
    assert sum(size(hit) for hit in hits) <= words
    assert_whole(hits, snapshot)


@settings(max_examples=40, deadline=None)
@given(questions, st.integers(1, 10), st.integers(1, 120))
def test_hits_for_any_question_are_windows_that_keep_their_size(
    snapshot: Snapshot, embedder: MiniLM, text: str, k: int, window: int
) -> None:
    hits = search(snapshot, embedder, text, k=k, window=window)
    assert len(hits) <= k
    assert all(size(hit) <= window or len(hit.passage.sentences) == 1 for hit in hits)
    assert_whole(hits, snapshot)


def assert_whole(hits: Sequence[Hit], snapshot: Snapshot) -> None:
    assert len(set(places(hits))) == len(places(hits))
    for hit in hits:
        assert hit.article == snapshot.article(hit.passage.article_id)
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert (hit.passage.start, hit.passage.end) == (
            hit.passage.sentences[0][0],
            hit.passage.sentences[-1][1],
        )


HARBOUR = (
    "The ferry crews of Port Ansel and the harbour master of Larkvale spoke of pay and of work.",
    "The harbour master of Larkvale heard the ferry crews of Port Ansel speak of their pay.",
    "Crews of the ferry to Port Ansel work for the harbour master of Larkvale.",
    "In Port Ansel the crews said of their pay what the harbour master of Larkvale had said.",
    "The ferry from Larkvale to Port Ansel and its crews wait for the harbour master.",
    "Pay and work in the harbour of Larkvale are the master of no crews in Port Ansel.",
    "Of the ferry crews some work in Larkvale, some in the harbour of Port Ansel.",
    "A master of the ferry crews of Larkvale asked Port Ansel for more pay.",
)


@pytest.mark.parametrize("with_embedder", [True, False])
def test_a_parts_fact_is_found_although_the_whole_question_is_about_something_else(
    tmp_path: Path, embedder: MiniLM, with_embedder: bool
) -> None:
    model = embedder if with_embedder else None
    snapshot = index_of(
        tmp_path,
        report("fact", "Ilse Brandvold left her post on Friday. Few were told of it."),
        *(
            report(f"harbour-{n}", text, source=f"Outlet {n}", date=f"201{n}-02-04")
            for n, text in enumerate(HARBOUR)
        ),
        *(report(f"inn-{n}", f"Nothing of note was told on evening {n} in the inns.") for n in range(40)),
        embedder=model,
    )
    question = understand(
        "Did the ferry crews of Port Ansel and the harbour master of Larkvale speak of pay, "
        "and did Ilse Brandvold leave her post?"
    )
    for asked, found in ((question, True), (replace(question, parts=()), False)):
        assert ("fact" in ids(find(snapshot, model, asked, Filters(), k=3))) is found
        assert ("fact" in ids(find(snapshot, model, asked, Filters(), words=80))) is found


def test_what_many_reports_say_alike_is_paid_for_once(tmp_path: Path, embedder: MiniLM) -> None:
    copies = [
        report(f"copy-{n}", "Ferry crews stopped work at dawn in Port Ansel.", source=f"Outlet {n}")
        for n in range(12)
    ]
    snapshot = index_of(tmp_path, *copies, *RECORDS, embedder=embedder)
    hits = search(snapshot, embedder, "When did ferry crews stop work in Port Ansel?", words=60)
    assert sum(hit.article.id.startswith("copy") for hit in hits) == 1
    assert told(hits).count("at dawn") == 2  # the newsroom's own report says it in other words


def test_what_an_article_asks_or_orders_is_no_evidence(tmp_path: Path) -> None:
    told = "The ferry crews of Port Ansel stopped work at dawn."
    others = (
        "Why did the ferry crews of Port Ansel stop work? Tell the ferry crews of Port Ansel to stop work."
    )
    snapshot = index_of(tmp_path, report("strike", f"{others} {told}"))
    (hit,) = search(snapshot, None, "Why did the ferry crews of Port Ansel stop work?", words=100)
    assert hit.passage.text == told
