"""An indexer with its folder and a store, and what its readers are compared by."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.index.store import Address, address
from dateline.index.store.wire import Server
from dateline.types import Report, Tell
from newsroom import Record, with_parser, write_articles

QUESTIONS = ("Who opened the new bridge?", "How wide is the mirror of the telescope?")


@dataclass(frozen=True, slots=True)
class Desk:
    """An indexer with its folder, and a store."""

    folder: Path
    url: str
    settings: Settings
    embedder: MiniLM

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def place(self) -> Address:
        return address(self.url, self.settings)

    def publish(
        self, *records: Record, tell: Tell | None = None, republish: bool = False, store: bool = True
    ) -> Report:
        source = write_articles(self.folder / "articles.jsonl", *records)
        return dateline.build(
            source, self.index, embedder=self.embedder, settings=self.settings,
            store=self.url if store else None, republish=republish, progress=tell,
        )  # fmt: skip

    def reader(self, cache: str = "cache") -> Archive:
        settings = replace(self.settings, cache=with_parser(self.folder / cache))
        return dateline.open(store=self.url, llm="none", embedder=self.embedder, settings=settings)

    def here(self) -> Archive:
        return dateline.open(self.index, llm="none", embedder=self.embedder, settings=self.settings)

    def stored(self) -> tuple[set[str], int]:
        """The names of the store's collections, and how many records there are in them."""
        server = Server(self.place)
        names = server.names()
        return {*names}, sum(server.count(str(server.collection(name))) for name in names)


def found(archive: Archive, question: str) -> list[tuple[str, float]]:
    return [(hit.passage.id, round(hit.score, 4)) for hit in archive.search(question, k=20)]


def same(one: Archive, other: Archive) -> bool:
    """True where both give the same hits with the same scores, and the same answers; and nothing is amiss.

    On a machine that does too much at once, the server may seem to be away for a moment.
    """
    return eventually(lambda: _same(one, other))


def _same(one: Archive, other: Archive) -> bool:
    return all(
        found(one, question) == found(other, question)
        and (answer := one.ask(question)).text == other.ask(question).text
        and not answer.notices
        for question in QUESTIONS
    )


def eventually(holds: Callable[[], bool], *, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


class Killed(BaseException):
    """The end of a process, as far as it can be had inside a test."""
