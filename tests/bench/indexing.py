"""Words indexed per second: a LlamaIndex starter against `dateline.build`, in turn, in fresh folders.

    python tests/bench/indexing.py [--articles 200] [--rounds 3] [--whole]

Both read the same articles of the multihop set from one file and embed them with the same weights on all
cores; the models are loaded before. The starter is llama_starter.py with Chroma's default embedding function
(chroma_model.py). What is counted are the words of the articles; "embedding" is what the same runs spent
inside the model.

With --whole, instead: all of realtimeqa-2024, a file each, in a process of its own, with the seconds of each
stage, its most memory, and a second run that finds nothing to do; between two runs of the starter over the
first 300 articles.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import development_sets
from chroma_model import chroma_embedding_function
from llama_starter import Embed, build
from numpy.typing import NDArray
from scale import Moment, Stages, alone, held_memory, now, since

import dateline
from dateline.config import Settings
from dateline.index.embedder import Document, Embedded, Embedder, Vectors
from dateline.index.minilm import load
from dateline.index.minilm.weights import fetch_weights

_FIRST = 300
Index = Callable[[Path, Path], float]  # a file of articles, a fresh folder → seconds spent embedding


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of one run, and how many of them were spent embedding."""

    whole: float
    embedding: float


class Timed:
    """An embedder that takes the time spent on articles."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.seconds = 0.0
        self._embedder = embedder

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        started = time.perf_counter()
        found = self._embedder.embed_documents(documents)
        self.seconds += time.perf_counter() - started
        return found

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)


def dateline_with(embedder: Embedder) -> Index:
    """`dateline.build`."""

    def index(file: Path, folder: Path) -> float:
        timed = Timed(embedder)
        dateline.build(file, folder, embedder=timed)
        return timed.seconds

    return index


def starter_with(embed: Embed) -> Index:
    """A LlamaIndex starter, which reads its articles with the json module."""

    def index(file: Path, folder: Path) -> float:
        spent = 0.0

        def timed(texts: list[str]) -> list[NDArray[Any]]:
            nonlocal spent
            started = time.perf_counter()
            found = [*embed(texts)]
            spent += time.perf_counter() - started
            return found

        with file.open("rb") as lines:
            build([(one["id"], one["title"], one["text"]) for one in map(json.loads, lines)], folder, timed)
        return spent

    return index


def in_turn(contenders: Mapping[str, Index], file: Path, scratch: Path, rounds: int) -> dict[str, list[Run]]:
    """The runs of each contender."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    for number in range(1, rounds + 1):
        for name, index in contenders.items():
            started = time.perf_counter()
            embedding = index(file, scratch / f"{name}-{number}")
            runs[name].append(Run(time.perf_counter() - started, embedding))
            print(f"round {number}, {name}: {runs[name][-1].whole:.1f} s", file=sys.stderr)
    return runs


def report(runs: Mapping[str, Sequence[Run]], words: int) -> str:
    """Words per second of each contender, and how many times those of the first."""
    lines = [f"{'words per second':<20}{'index':>10}{'embedding':>12}"]
    rates = {
        name: (words / median(run.whole for run in each), words / median(run.embedding for run in each))
        for name, each in runs.items()
    }
    lines += [f"{name:<20}{whole:>10,.0f}{embedding:>12,.0f}" for name, (whole, embedding) in rates.items()]
    (whole, embedding), (our_whole, our_embedding) = rates.values()
    return "\n".join([*lines, f"{'ratio':<20}{our_whole / whole:>10.2f}{our_embedding / embedding:>12.2f}"])


def whole(folder: Path, scratch: Path, starter: Index) -> None:
    """Prints what a whole set takes."""
    with gzip.open(folder / "articles.jsonl.gz", "rb") as lines:
        records = list(lines)
    files, first = scratch / "files", scratch / "first.jsonl"
    files.mkdir()
    for number, record in enumerate(records):
        (files / f"{number:05}.jsonl").write_bytes(record)
    first.write_bytes(b"".join(records[:_FIRST]))
    lengths = [len(json.loads(record)["text"].split()) for record in records]
    runs = []
    for number in range(2):
        began = time.perf_counter()
        starter(first, scratch / f"starter-{number}")
        runs.append(sum(lengths[:_FIRST]) / (time.perf_counter() - began))
        print(f"LlamaIndex starter, {_FIRST} articles: {runs[-1]:,.0f} words per second", flush=True)
        if number == 0:
            with alone() as apart:
                stages, took, embedding, held = apart.submit(_whole, files, scratch / "index").result()
            with alone() as apart:
                _, nothing, _, _ = apart.submit(_whole, files, scratch / "index").result()
    words = sum(lengths)
    print(f"dateline, {len(records):,} articles, {words:,} words: {took[0]:,.0f} s, {held:,.0f} MB at most")
    for name, (clock, _) in {"all of it": took, **stages, "embedding alone": (embedding, 0.0)}.items():
        print(f"  {name:<24}{clock:>8,.0f} s {words / clock:>12,.0f} words per second")
    print(f"{words / took[0] / median(runs):.2f} times the starter; nothing to do: {nothing[0]:.1f} s")


def _whole(files: Path, index: Path) -> tuple[dict[str, Moment], Moment, float, float]:
    """Seconds of each stage, of all, of embedding; most memory in MB."""
    stages, timed = Stages(), Timed(load(Settings.from_environment(), say=print))
    began = now()
    dateline.build(files, index, embedder=timed, progress=stages, settings=Settings())
    ended = now()
    return stages.seconds(began, ended), since(began, ended), timed.seconds, held_memory()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", action="store_true", help="all of realtimeqa-2024")
    given = parser.parse_args()
    if (folder := development_sets.find("realtimeqa-2024" if given.whole else "multihop")) is None:
        return
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        theirs = chroma_embedding_function(fetch_weights(settings, say=print), scratch / "model")
        theirs(["Loads the model."])
        if given.whole:
            whole(folder, scratch, starter_with(theirs))
            return
        file = scratch / "articles.jsonl"
        with (folder / file.name).open("rb") as lines:
            file.write_bytes(b"".join(islice(lines, given.articles)))
        ours = load(settings, say=print)
        contenders = {"LlamaIndex starter": starter_with(theirs), "dateline": dateline_with(ours)}
        words = sum(len(json.loads(line)["text"].split()) for line in file.read_bytes().splitlines())
        print(f"{given.articles} articles, {words:,} words, medians of {given.rounds} rounds\n")
        print(report(in_turn(contenders, file, scratch, given.rounds), words))


if __name__ == "__main__":
    main()
