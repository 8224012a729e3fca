"""What a million passages take: `python tests/bench/scale.py [--passages N] [--questions N] [--index DIR]`

Articles are made of the sentences of realtimeqa-2024, mixed; vectors are drawn around those of real passages,
so that nothing waits for the embedding. All else is as ever: read from files, split, kept in the ledger,
compared, indexed in tantivy and Chroma. Then questions are searched, and a hundred more articles are indexed
while the searching process waits to find one of them.

Prints seconds and bytes for a million passages of each part, and those of embedding, measured apart: seconds
on the clock, and of the processors, which other programs on the machine change less.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import development_sets
import numpy as np
from numpy.typing import NDArray

import dateline
from dateline.config import Settings
from dateline.index.embedder import Document, Embedded, Vectors
from dateline.index.ledger.schema import FILE
from dateline.index.minilm import load
from dateline.index.split import split
from dateline.types import Article

_SENTENCES = 66  # of an article: about as many as a report of realtimeqa has, some thirty passages
_REAL = 400  # articles whose passages are really embedded
_NEW = 100  # articles of the update
_MARK = "Quollinger"  # stands in the articles of the update alone
_SPREAD = 0.7  # length of what is added to a vector of unit length
_MILLION = 1_000_000
_OUTLETS = ("CNN", "The Week", "USA Today", "Harbor Wire", "Weekly Kiln")
Moment = tuple[float, float]
_MEGABYTES = 2**20 if sys.platform == "darwin" else 2**10  # of what the system counts in


class Around:
    """Vectors drawn around real ones, the same for the same text."""

    name = "around-minilm"

    def __init__(self, real: Path) -> None:
        self._real: NDArray[np.float32] = np.load(real)
        self.dimensions = self._real.shape[1]

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        return [
            Embedded(
                self.embed_queries(one.passages),
                tuple(
                    self._drawn(text, len(spans))
                    for text, spans in zip(one.passages, one.sentences, strict=True)
                ),
            )
            for one in documents
        ]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.concatenate([self._drawn(text, 1) for text in texts])

    def _drawn(self, text: str, rows: int) -> Vectors:
        draw = np.random.default_rng(list(text[:64].encode()))
        around = self._real[draw.integers(len(self._real))]
        noise = draw.standard_normal((rows, self.dimensions), np.float32) / np.sqrt(self.dimensions)
        vectors: Vectors = around + _SPREAD * noise
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


@dataclass
class Stages:
    """When each stage of a run was first told of."""

    begun: dict[str, Moment] = field(default_factory=dict)

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        self.begun.setdefault(stage, now())

    def seconds(self, began: Moment, ended: Moment) -> dict[str, Moment]:
        """How long each took, from its first word to that of the next; the first from the beginning."""
        names = list(self.begun)
        starts = [began, *list(self.begun.values())[1:], ended]
        return {name: since(a, b) for name, a, b in zip(names, starts, starts[1:], strict=False)}


def now() -> Moment:
    """On the clock, and of the processors' time that this process has had."""
    return time.perf_counter(), time.process_time()


def since(began: Moment, ended: Moment) -> Moment:
    """The seconds in between."""
    return ended[0] - began[0], ended[1] - began[1]


# -- what is made


def pool(folder: Path) -> list[str]:
    """The sentences of the set, as they come."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    found = (one.strip() for text in texts for one in re.split(r"(?<=[.!?])\s+", text))
    return [one for one in found if 5 <= len(one.split()) <= 60]


def write_articles(file: Path, sentences: Sequence[str], numbers: range, mark: str = "") -> None:
    """Articles of mixed sentences, one a line."""
    with file.open("w", encoding="utf-8") as lines:
        for number in numbers:
            draw = random.Random(number)
            chosen = draw.choices(sentences, k=_SENTENCES)
            record = {
                "id": f"made-{number}",
                "title": " ".join([mark, *draw.choice(sentences).split()[:8]]).strip(),
                "source": draw.choice(_OUTLETS),
                "date": str(date(2023, 1, 1) + timedelta(draw.randrange(700))),
                "text": " ".join([f"{mark} is new."] * bool(mark) + chosen),
            }
            lines.write(f"{json.dumps(record)}\n")


def embed_some(folder: Path, real: Path) -> tuple[Moment, float]:
    """Keeps real vectors; how many seconds embedding takes for a passage, and how many words one has."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for _, line in zip(range(_REAL), lines, strict=False)]
    articles = [Article(one["id"], one["title"], one["text"]) for one in records]
    documents = [
        Document(
            one.title,
            tuple(p.text for p in passages),
            tuple(tuple((a - p.start, b - p.start) for a, b in p.sentences) for p in passages),
        )
        for one in articles
        for passages in [split(one)]
    ]
    model = load(Settings.from_environment(), say=print)
    model.embed_queries(["Loads the model."])
    began = now()
    vectors = np.concatenate([one.passages for one in model.embed_documents(documents)])
    clock, processors = since(began, now())
    np.save(real, vectors)
    words = sum(len(text.split()) for one in documents for text in one.passages)
    return (clock / len(vectors), processors / len(vectors)), words / len(vectors)


# -- what is measured, each in a process of its own


def build(file: Path, index: Path, real: Path) -> tuple[dict[str, Moment], Moment, int, float]:
    """Seconds of each stage and of all, passages, most memory in MB."""
    stages, began = Stages(), now()
    report = dateline.build(file, index, embedder=Around(real), progress=stages, settings=Settings())
    ended = now()
    return stages.seconds(began, ended), since(began, ended), report.passages, held_memory()


def search(index: Path, real: Path, questions: Sequence[str], new: Path) -> list[str]:
    """The lines about searching, and about an update that is waited for."""
    archive = dateline.open(index, llm="none", embedder=Around(real), settings=Settings())
    began = time.perf_counter()
    archive.search(questions[0])
    opened = time.perf_counter() - began
    seconds = []
    for question in questions:
        began = time.perf_counter()
        archive.search(question)
        seconds.append(time.perf_counter() - began)
    ordered = sorted(seconds)
    lines = [
        f"search: the first after {opened:.1f} s, then p50 {1000 * median(seconds):.0f} ms, "
        f"p95 {1000 * ordered[int(0.95 * len(ordered))]:.0f} ms; {held_memory():,.0f} MB at most"
    ]
    began = time.perf_counter()
    with alone() as writer:
        update = writer.submit(build, new, index, real)
        while not any(_MARK in hit.article.title for hit in archive.search(_MARK)):
            time.sleep(0.05)
        visible = time.perf_counter() - began
        stages, whole, _, held = update.result()
    told = ", ".join(f"{name} {clock:.1f} s" for name, (clock, _) in stages.items())
    return [
        *lines,
        f"an update of {_NEW} articles: visible after {visible:.1f} s; the run took {whole[0]:.1f} s "
        f"({told}), {whole[1]:.1f} s of the processors, "
        f"{held:,.0f} MB; the searching process then held {held_memory():,.0f} MB at most",
    ]


def held_memory() -> float:
    """The most memory that this process has held, in MB."""
    from resource import RUSAGE_SELF, getrusage  # Windows has none

    return getrusage(RUSAGE_SELF).ru_maxrss / _MEGABYTES


def alone() -> ProcessPoolExecutor:
    """A fresh process."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


# -- what is told


def _bytes(folder: Path) -> float:
    files = [folder] if folder.is_file() else [one for one in folder.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)


def costs(
    index: Path, stages: dict[str, Moment], passages: int, embedding: Moment, words: float
) -> Iterator[str]:
    """Seconds and bytes of each part, for a million passages."""
    generation = max(index.glob("generation-*"))
    word_bytes = _bytes(generation / "words") + _bytes(generation / "articles")
    yield f"for a million passages (of {words:.0f} words){'seconds':>12}{'of processors':>16}{'GB':>8}"
    yield f"{'embedding':<40}{_MILLION * embedding[0]:>10,.0f}{_MILLION * embedding[1]:>16,.0f}"
    scale = _MILLION / passages
    for name, stage, size in (
        ("reading, splitting, ledger", "reading and embedding", _bytes(index / FILE)),
        ("comparing articles", "comparing articles", 0.0),
        ("tantivy", "indexing words", word_bytes),
        ("Chroma", "indexing vectors", _bytes(generation / "vectors")),
    ):
        clock, processors = stages[stage]
        yield f"{name:<40}{clock * scale:>10,.0f}{processors * scale:>16,.0f}{size * scale / 1e9:>8.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--passages", type=int, default=_MILLION, help="about so many")
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    if (folder := development_sets.find("realtimeqa-2024")) is None:
        return
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = [
            json.loads(line)["question"] for _, line in zip(range(given.questions), lines, strict=False)
        ]
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        index, real, file, new = (
            work / "index",
            work / "real.npy",
            work / "articles.jsonl",
            work / "new.jsonl",
        )
        with alone() as apart:
            embedding, words = apart.submit(embed_some, folder, real).result()
        sentences = pool(folder)
        words_of_one = sum(len(one.split()) for one in sentences) / len(sentences)
        articles = round(given.passages * words / (_SENTENCES * words_of_one))
        write_articles(file, sentences, range(articles))
        write_articles(new, sentences, range(articles, articles + _NEW), _MARK)
        del sentences
        with alone() as apart:
            stages, whole, passages, held = apart.submit(build, file, index, real).result()
        print(
            f"{articles:,} articles, {passages:,} passages: built in {whole[0]:,.0f} s "
            f"({whole[1]:,.0f} of the processors), {held:,.0f} MB at most"
        )
        print("\n".join(costs(index, stages, passages, embedding, words)), flush=True)
        with alone() as apart:
            print("\n".join(apart.submit(search, index, real, questions, new).result()))


if __name__ == "__main__":
    main()
