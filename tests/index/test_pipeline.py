"""Reading, embedding and writing overlap."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import dateline
from dateline.errors import StorageError
from dateline.index import Document, Embedder, sync
from dateline.index.embedder import Embedded
from dateline.index.minilm import MiniLM
from dateline.reading import Hints, read_file
from dateline.types import Article, Skipped
from newsroom import RECORDS, Watched, write_articles


class Meeting(Watched):
    """An embedder whose first batch ends when another file is being read."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self.second_file = threading.Event()
        self.met: list[bool] = []

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        if not self.met:
            self.met.append(self.second_file.wait(60))
        return super().embed_documents(documents)


def test_files_are_read_while_others_are_embedded(
    tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, record in enumerate(RECORDS):
        write_articles(tmp_path / f"{number}.jsonl", record)
    meeting, read = Meeting(embedder), list[str]()

    def watched(path: Path, hints: Hints) -> Iterator[Article | Skipped]:
        read.append(path.name)
        if len(read) == 2:
            meeting.second_file.set()
        return read_file(path, hints)

    monkeypatch.setattr(sync, "read_file", watched)
    monkeypatch.setattr(sync, "_BATCH_WORDS", 10)
    report = dateline.build(tmp_path, tmp_path / "index", embedder=meeting)
    assert meeting.met == [True]
    assert (report.added, len(meeting.embedded)) == (len(RECORDS), len(RECORDS))


class Failing(Watched):
    """An embedder that can embed two batches."""

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        if len(self.embedded) >= 2:
            raise StorageError("the model's disk is gone")
        return super().embed_documents(documents)


def test_what_was_embedded_before_a_failure_is_not_embedded_again(
    tmp_path: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, record in enumerate(RECORDS):
        write_articles(tmp_path / f"{number}.jsonl", record)
    monkeypatch.setattr(sync, "_BATCH_WORDS", 10)
    with pytest.raises(StorageError):
        dateline.build(tmp_path, tmp_path / "index", embedder=Failing(embedder))
    again = Watched(embedder)
    assert dateline.build(tmp_path, tmp_path / "index", embedder=again).articles == len(RECORDS)
    assert len(again.embedded) == len(RECORDS) - 2
