from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

import dateline
from dateline.config import Settings
from dateline.index import Embedder, Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import Sufficiency, find, judge, understand
from dateline.types import Filters

BOTH = pytest.mark.parametrize("with_embedder", [True, False])


def verdict(snapshot: Snapshot, embedder: Embedder | None, text: str) -> Sufficiency:
    question = understand(text)
    return judge(snapshot, embedder, question, find(snapshot, embedder, question, Filters(), words=700))


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "Who opened the new bridge in Larkvale?",
        "How many loaves does the bakery of the Dunmore family sell?",
        "When and where will the ferry company and its crews meet?",
        "What did Tomas Reyl say about the ferry crews?",
    ],
)
def test_what_the_articles_tell_is_enough(
    snapshot: Snapshot, embedder: MiniLM, text: str, with_embedder: bool
) -> None:
    assert verdict(snapshot, embedder if with_embedder else None, text).enough


@BOTH
def test_a_name_that_stands_nowhere_is_not_enough_and_is_named(
    snapshot: Snapshot, embedder: MiniLM, with_embedder: bool
) -> None:
    text = "What did Zubrowka say about the new bridge in Larkvale?"
    found = verdict(snapshot, embedder if with_embedder else None, text)
    assert found == Sufficiency(enough=False, missing=("Zubrowka",), near=True)


def test_names_of_another_story_are_missing_from_this_one(snapshot: Snapshot, embedder: MiniLM) -> None:
    question = understand("What did Lena Brandt say of the loaves of the bakery?")
    hits = find(snapshot, embedder, question, Filters(sources=("Weekly Kiln",)))
    assert judge(snapshot, embedder, question, hits) == Sufficiency(
        enough=False, missing=("Lena", "Brandt"), near=True
    )


def test_names_that_no_article_puts_together_are_missing_together(
    snapshot: Snapshot, embedder: MiniLM
) -> None:
    found = verdict(snapshot, embedder, "Which ferry did Lena Brandt buy from Mayor Ines Okafor?")
    assert found == Sufficiency(
        enough=False, missing=("Lena Brandt together with Mayor Ines Okafor",), near=True
    )


def test_a_possessive_does_not_make_a_name_unknown(snapshot: Snapshot, embedder: MiniLM) -> None:
    assert verdict(snapshot, embedder, "What did Larkvale's new bridge cost?").enough


@BOTH
@pytest.mark.parametrize(
    "text",
    ["Which enzymes break down lactose in the human gut?", "How is a transistor made?", "Why is it?"],
)
def test_a_question_about_something_else_is_not_enough(
    snapshot: Snapshot, embedder: MiniLM, text: str, with_embedder: bool
) -> None:
    found = verdict(snapshot, embedder if with_embedder else None, text)
    assert (found.enough, found.near) == (False, False)


def test_without_hits_there_is_not_enough(snapshot: Snapshot, embedder: MiniLM) -> None:
    verdict = judge(snapshot, embedder, understand("Who opened the bridge?"), [])
    assert (verdict.enough, verdict.near) == (False, False)


def test_an_archive_of_one_article_answers_what_this_says(embedder: MiniLM, tmp_path: Path) -> None:
    article = tmp_path / "bridge.md"
    article.write_text(
        "# Larkvale opens its bridge\n\nThe town of Larkvale opened its new bridge on Monday. "
        "It cost 12 million crowns, twice what had been planned.\n",
        encoding="utf-8",
    )
    dateline.build([article], tmp_path / "index", embedder=embedder, settings=Settings())
    with closing(Snapshot(tmp_path / "index")) as alone:
        assert verdict(alone, embedder, "How much did the bridge cost?").enough
        assert not verdict(alone, embedder, "How much did the school cost?").enough
        assert not verdict(alone, embedder, "How many loaves does the bakery sell?").enough
