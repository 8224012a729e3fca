"""An index and the articles that it is built from, to be changed by tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from dateline.index import Embedder, Snapshot, lock, removal, sync
from dateline.index.ledger import Ledger
from dateline.index.minilm import MiniLM
from dateline.index.words import terms
from dateline.reading import find
from dateline.types import Article, Filters, Report
from newsroom import Record, Watched, report, write_articles

BRIDGE = report("bridge", "The new bridge over the Tarn was opened to cars and to walkers on Monday morning.")
FLOOD = report("flood", "Sixty families left their homes when the river came over its banks last week.")
FERRY = report("ferry", "Ferry crews stopped work at dawn and left passengers standing on the quays.")


class Killed(BaseException):
    """Ends a run where it stands."""


@dataclass
class Desk:
    """One index, and a folder of articles that it is built from."""

    root: Path
    model: MiniLM
    embedded: list[str] = field(default_factory=list)

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    def lay_out(self, name: str, *records: Record) -> Path:
        self.articles.mkdir(exist_ok=True)
        file = write_articles(self.articles / name, *records)
        os.utime(file, ns=(time.time_ns(), time.time_ns()))
        return file

    def build(
        self,
        *,
        name: str | None = None,
        words_only: bool = False,
        tell: Callable[[str, int, int | None], None] = lambda *_: None,
    ) -> Report:
        watched = Watched(self.model, name=name)
        embedder: Embedder | None = None if words_only else watched
        with lock.writing(self.index) as ledger:
            try:
                return sync.synchronise(list(find([self.articles])), ledger, embedder, tell)
            finally:
                self.embedded = watched.embedded

    def rebuild(
        self, *, name: str | None = None, tell: Callable[[str, int, int | None], None] = lambda *_: None
    ) -> Report:
        with lock.writing(self.index) as ledger:
            return sync.rebuild(ledger, Watched(self.model, name=name), tell)

    def remove(self, *ids: str) -> int:
        with lock.writing(self.index) as ledger:
            return removal.remove(ids, ledger, lambda *_: None)

    def held(self) -> list[Article]:
        with closing(Ledger(self.index)) as ledger:
            return list(ledger.articles(generation=ledger.generation))

    def ids(self) -> list[str]:
        return [article.id for article in self.held()]

    def found(self, text: str) -> set[str]:
        """Articles found by words, after a look that ledger, Chroma and both of tantivy's hold the same."""
        snapshot = Snapshot(self.index)
        nearest = snapshot.vectors.nearest(self.model.embed_queries([text])[0], 100)
        stored = snapshot.located(list(nearest))
        assert snapshot.words.count() == len(stored) == len(nearest)
        assert snapshot.articles.count() == len({one.owner for one in stored.values()})
        wanted = dict.fromkeys(terms(text), 1.0)
        keys = snapshot.words.best(wanted, 100, Filters())
        assert nearest.keys() >= keys.keys()
        assert snapshot.articles.best(wanted, 100, Filters()).keys() == {stored[key].owner for key in keys}
        return {stored[key].article.id for key in keys}

    def generation(self) -> int:
        return Snapshot(self.index).generation


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def reasons(report: Report) -> list[str]:
    return [one.reason for one in report.skipped]
