"""Words indexed per second: a LlamaIndex starter against `dateline.build`, in turn, in fresh folders.

    python tests/bench/indexing.py [--articles 200] [--rounds 3]

Both read the same articles of the multihop set from one file and embed them with the same weights on all
cores; the models are loaded before. The starter is llama_starter.py with Chroma's default embedding function
(chroma_model.py). What is counted are the words of the articles; "embedding" is what the same runs spent
inside the model.
"""

from __future__ import annotations

import argparse
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

import dateline
from dateline.config import Settings
from dateline.index.embedder import Document, Embedded, Embedder, Vectors
from dateline.index.minilm import load
from dateline.index.minilm.weights import fetch_weights

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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if (folder := development_sets.find("multihop")) is None:
        return
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory() as place:
        scratch = Path(place)
        file = scratch / "articles.jsonl"
        with (folder / file.name).open("rb") as lines:
            file.write_bytes(b"".join(islice(lines, given.articles)))
        theirs = chroma_embedding_function(fetch_weights(settings, say=print), scratch / "model")
        ours = load(settings, say=print)
        theirs(["Loads the model."])
        contenders = {"LlamaIndex starter": starter_with(theirs), "dateline": dateline_with(ours)}
        words = sum(len(json.loads(line)["text"].split()) for line in file.read_bytes().splitlines())
        print(f"{given.articles} articles, {words:,} words, medians of {given.rounds} rounds\n")
        print(report(in_turn(contenders, file, scratch, given.rounds), words))


if __name__ == "__main__":
    main()
