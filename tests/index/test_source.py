"""Where generations come from: the newest is given, and the one before is let go."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from pathlib import Path

import dateline
from dateline.index import IndexFolder, Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import find, understand
from dateline.types import Filters
from newsroom import RECORDS, write_articles


def used(snapshot: Snapshot, embedder: MiniLM) -> None:
    """Searches in every way."""
    for filters in (Filters(), Filters(until=date(2019, 3, 1)), Filters(about_since=date(2019, 2, 1))):
        for seen in (snapshot, snapshot.as_of(date(2019, 3, 1))):
            find(seen, embedder, understand("Who opened the new bridge?", seen.sources), filters)
            seen.coverage(filters)


def test_the_generation_before_is_let_go_at_once_and_not_by_a_collection(
    tmp_path: Path, embedder: MiniLM
) -> None:
    first = write_articles(tmp_path / "first.jsonl", *RECORDS[:4])
    dateline.build(first, tmp_path / "index", embedder=embedder)
    source = IndexFolder(tmp_path / "index")
    used(source.newest(), embedder)
    before = weakref.ref(source.newest()), weakref.ref(source.newest().vectors)
    second = write_articles(tmp_path / "second.jsonl", *RECORDS[4:])
    dateline.build(second, tmp_path / "index", embedder=embedder)
    gc.disable()  # which might come just now
    try:
        used(source.newest(), embedder)
        assert [one() for one in before] == [None, None]
    finally:
        gc.enable()
