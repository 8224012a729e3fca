from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.index import Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import examples, find, judge, understand
from dateline.types import Filters
from newsroom import report, write_articles


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Snapshot:
    """Three stories, each told in three articles, under headlines that name who and what."""
    folder = tmp_path_factory.mktemp("stories")
    people = {"Tarn Bridge": "Ines Okafor", "Ansel Ferries": "Tomas Reyl", "Perrin Telescope": "Lena Brandt"}
    records = [
        report(
            f"{thing}-{number}",
            f"For day {number} the town council spoke about the {thing} and its costs. In the evening {who} "
            f"said that the {thing} would be ready in {number} months. Nobody had asked {who} before.",
            title=f"{who} speaks of the {thing}",
        )
        for thing, who in people.items()
        for number in (1, 2, 3)
    ]
    dateline.build(write_articles(folder / "a.jsonl", *records), folder / "index", embedder=embedder)
    return Snapshot(folder / "index")


def test_every_example_can_be_answered(stories: Snapshot, embedder: MiniLM) -> None:
    questions = examples(stories, embedder, 3)
    assert len(questions) == len(set(questions)) == 3
    for text in questions:
        question = understand(text)
        assert judge(stories, embedder, question, find(stories, embedder, question, Filters())).enough


def test_examples_ask_about_different_names(stories: Snapshot, embedder: MiniLM) -> None:
    first, second = examples(stories, embedder, 2)
    assert not set(understand(first).names) & set(understand(second).names)


def test_no_more_examples_come_than_are_asked_for(stories: Snapshot, embedder: MiniLM) -> None:
    assert examples(stories, embedder, 0) == []
    assert len(examples(stories, embedder, 1)) == 1


def test_examples_need_no_embedder(stories: Snapshot) -> None:
    assert examples(stories, None, 1)


def test_an_empty_archive_has_no_examples(tmp_path: Path, embedder: MiniLM) -> None:
    source = write_articles(tmp_path / "a.jsonl", report("one", "Only one article, that is then removed."))
    dateline.build(source, tmp_path / "index", embedder=embedder)
    dateline.remove(["one"], tmp_path / "index")
    assert examples(Snapshot(tmp_path / "index"), embedder, 4) == []
