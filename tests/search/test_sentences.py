from __future__ import annotations

from collections import Counter

import pytest

from dateline.index import Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import find, rank, understand
from dateline.search.sentences import held
from dateline.types import Filters


@pytest.mark.parametrize("with_embedder", [True, False])
def test_every_sentence_of_the_hits_is_ranked_and_stands_at_its_offsets(
    snapshot: Snapshot, embedder: MiniLM, with_embedder: bool
) -> None:
    model = embedder if with_embedder else None
    question = understand("Who opened the bridge in Larkvale?")
    hits = find(snapshot, model, question, Filters(sources=("Harbor Wire",)))
    ranked = rank(snapshot, model, question, hits)
    assert all(one.hit.article.text[one.start : one.end] == one.text for one in ranked)
    assert len({(one.hit.article.id, one.start) for one in ranked}) == len(ranked)
    ranked_words = Counter(word for one in ranked for word in one.text.split())
    assert ranked_words == Counter(word for hit in hits for word in hit.passage.text.split())
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Who opened the bridge in Larkvale?", "Ines Okafor"),
        ("How much did the new bridge cost?", "48 million"),
        ("How many passengers were left on the quays?", "1,200"),
        ("When and where will the ferry company meet its crews?", "Larkvale on March 2 at 5 p.m."),
        ("What will the telescope look for?", "planets of other suns"),
        ("Why did families leave their homes in Osterby?", "came over its banks"),
    ],
)
def test_the_sentence_that_answers_comes_first(
    snapshot: Snapshot, embedder: MiniLM, text: str, answer: str
) -> None:
    question = understand(text)
    hits = find(snapshot, embedder, question, Filters())
    assert answer in rank(snapshot, embedder, question, hits)[0].text


def test_without_hits_there_are_no_sentences(snapshot: Snapshot, embedder: MiniLM) -> None:
    assert rank(snapshot, embedder, understand("bridge"), []) == []


def test_held_are_the_terms_that_stand_there_with_their_shares() -> None:
    weights = {"larkval": 0.75, "bridg": 0.25}
    assert held(weights, ["larkval", "other"]) == {"larkval": 0.75}
    assert held(weights, []) == {}
    assert held({}, ["bridg"]) == {}
