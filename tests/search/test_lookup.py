from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.index import Snapshot
from dateline.search import looked_up
from newsroom import write_articles

RECORDS: list[dict[str, object]] = [
    {
        "id": "quarry",
        "title": "Fatal fall at quarry",
        "published": "1931-05-04",
        "text": "Wm. Hartley, the foreman, who fell to his death, was 50. Bill Penrose of Hay Farm saw it.",
    },
    {
        "id": "kiev",
        "title": "Governor Schwarzenbach in Kiev",
        "published": "2003-05-06",
        "text": "Governor Ingrid Schwarzenbach met the head of the World Health Organization in Kiev.",
    },
    {
        "id": "eu",
        "title": "EU warns",
        "published": "2003-05-08",
        "text": "The EU warned Muammar Gaddafi on Thursday. William Moor, an envoy, spoke of a crisis.",
    },
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("names")
    index = folder / "index"
    dateline.build([write_articles(folder / "articles.jsonl", *RECORDS)], index, embedder=None)
    return Snapshot(index)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("When did William Hartley die?", "When did Wm Hartley die?"),
        ("What did William Penrose see?", "What did Bill Penrose see?"),
        ("What did William Moor say?", "What did William Moor say?"),
        ("Who went to Kyiv?", "Who went to Kiev?"),
        ("What did Schwarzenbch do?", "What did Schwarzenbach do?"),
        ("What did the WHO say?", "What did the World Health Organization say?"),
        ("What did the European Union say?", "What did the EU say?"),
        ("Who warned Qaddafi’s envoy?", "Who warned Gaddafi’s envoy?"),
        ("Who is Otto Zwick?", "Who is Otto Zwick?"),
    ],
)
def test_a_name_is_read_as_the_archive_writes_it(snapshot: Snapshot, question: str, read: str) -> None:
    text, readings = looked_up(snapshot, question)
    assert text == read
    assert bool(readings) == (text != question)


def test_what_was_read_as_what_is_told(snapshot: Snapshot) -> None:
    _, readings = looked_up(snapshot, "Who went to Kyiv?")
    assert [str(one) for one in readings] == ["“Kyiv” read as “Kiev”."]


def test_a_name_is_not_taken_from_what_was_published_later(snapshot: Snapshot) -> None:
    text, _ = looked_up(snapshot.as_of(date(1940, 1, 1)), "Who went to Kyiv?")
    assert text == "Who went to Kyiv?"
