"""Articles and vectors that are drawn, not written and embedded; and what a reader gets of them."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import dateline
import dateline.index.snapshot
from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.index.embedder import Document, Embedded, Vectors
from dateline.index.ledger import Ledger

dateline.index.snapshot._FEW = 0  # of what is drawn, Chroma is asked, as of a large index
_DRAWN_ANEW = 0.05  # of a score: the least of the neighbours differ
Found = list[list[tuple[str, float]]]
WORDS = [  # so many that no two articles seem to tell of the same
    f"{a}{b}{c}{d}"
    for a in ("Bre", "Ka", "Tol", "Mi", "Su")
    for b in "lnrstv"
    for c in ("a", "e", "o", "u")
    for d in ("da", "ro", "min", "kuk", "ss")
]


class Drawn:
    """Vectors drawn for words, a text's is their sum: the same for the same text, and nothing to wait for."""

    name, dimensions = "drawn", 32

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        return [
            Embedded(
                self.embed_queries(one.passages),
                tuple(
                    self.embed_queries([text[start:end] for start, end in spans])
                    for text, spans in zip(one.passages, one.sentences, strict=True)
                ),
            )
            for one in documents
        ]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [np.sum([_drawn(word) for word in text.split() or [""]], axis=0) for text in texts]
        sums = np.array(rows).reshape(-1, self.dimensions)
        vectors: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@cache
def _drawn(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(blake2b(word.strip(".").encode(), digest_size=8).digest())
    return np.random.default_rng(seed).normal(size=Drawn.dimensions)


def lay_out(folder: Path, articles: int, passages: int, *, changed: float = 0) -> None:
    """Files of articles; such a share of them is gone, as many are new and as many say something else."""
    folder.mkdir(exist_ok=True)
    some = round(articles * changed)
    numbers = range(some, articles + some)
    for first in range(0, articles * 2, 10):
        records = [
            record(number, passages, changed=number in range(some, 2 * some))
            for number in numbers
            if first <= number < first + 10
        ]
        file = folder / f"{first:05}.jsonl"
        if records:
            write_records(file, records)
        elif file.exists():
            file.write_text("", encoding="utf-8")


def write_records(file: Path, records: Sequence[dict[str, str]]) -> None:
    """One record a line."""
    file.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")


def record(number: int, passages: int, *, changed: bool) -> dict[str, str]:
    """An article of so many passages."""
    draw = random.Random(f"{number} {changed}")
    sentences = [" ".join(draw.choices(WORDS, k=50)) for _ in range(passages)]
    return {
        "id": f"article-{number}",
        "title": " ".join(draw.sample(WORDS, 4)),
        "source": draw.choice(("Harbor Wire", "Weekly Kiln")),
        "date": str(date(2019, 1, 1) + timedelta(number % 300)),
        "text": ". ".join(sentences) + ".",
    }


def build(sources: Path, index: Path) -> dateline.Report:
    """One run of the indexer."""
    return dateline.build(sources, index, embedder=Drawn(), prune=True, settings=Settings())


def read(index: Path) -> Found | str:
    """Ids and scores of the hits of some questions; or the line in which reading was refused."""
    draw = random.Random(1)
    try:
        archive = dateline.open(index, llm="none", embedder=Drawn(), settings=Settings())
        found: Found = [[(month, float(articles)) for month, articles in archive.overview().months]]
        for number in range(8):
            filters = dateline.Filters(since=date(2019, 3, 1)) if number % 3 == 2 else None
            hits = archive.search(" ".join(draw.sample(WORDS, 3)), k=5, filters=filters)
            found.append(
                [(f"{hit.passage.id} {_seal(hit.passage.text)}", round(hit.score, 4)) for hit in hits]
            )
    except DatelineError as error:
        return f"{type(error).__name__}: {error}"
    return found


def _seal(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def differs(found: Found | str | None, expected: Found) -> str | None:
    """Where other hits were found, but for what a graph of neighbours that is drawn anew may change."""
    if not isinstance(found, list):
        return str(found)
    for one, other in zip(found, expected, strict=True):
        near = [hit for hit, score in one if abs(score - dict(other).get(hit, -1.0)) < _DRAWN_ANEW]
        if len(near) < len(other) - 1:
            return f"{one} where it was {other}"
    return None


def read_apart(index: Path) -> Found | str | None:
    """The same, asked in a process of its own; None when that did not live to answer."""
    started = context()
    mine, theirs = started.Pipe()
    reader = started.Process(target=_send, args=(theirs, index))
    reader.start()
    theirs.close()
    try:
        found: Found | str | None = mine.recv()
    except EOFError:
        found = None
    reader.join()
    return found


def _send(pipe: Connection, index: Path) -> None:
    pipe.send(read(index))


def context() -> multiprocessing.context.ForkServerContext:
    """Starts processes that have everything imported, and nothing else in common."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["dateline.index.sync", "chromadb.api.client", "tantivy", "drawn"])
    return made


def held(index: Path) -> list[str]:
    """Every article of the published generation, as often as it is held."""
    ledger = Ledger(index)
    try:
        articles = ledger.articles(generation=ledger.generation)
        return sorted(f"{one.id} {_seal(one.title + one.text)}" for one in articles)
    finally:
        ledger.close()


def fresh(base: Path, index: Path) -> Path:
    """A copy of an index, in place of what is there."""
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(base, index)
    return index
