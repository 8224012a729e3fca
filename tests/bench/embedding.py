"""Words embedded per second: Chroma's default embedding function against dateline's model, in turn.

    python tests/bench/embedding.py [--articles 200] [--rounds 3]

Both embed the same articles of the multihop set with the same weights on all cores, the models loaded before.
Chroma's function (chroma_model.py) gets passages of 190 words, which nearly fill the 256 tokens to which it
pads every text, so little of its work is lost; ours gets the 60-word passages of an index.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

import development_sets
from chroma_model import chroma_embedding_function

from dateline.config import Settings
from dateline.index.embedder import Document
from dateline.index.minilm import load
from dateline.index.minilm.weights import fetch_weights

CHROMAS_WORDS, OUR_WORDS = 190, 60  # of a passage


def cut(text: str, length: int) -> list[str]:
    """The text in parts of that many words."""
    words = text.split()
    return [" ".join(words[start : start + length]) for start in range(0, len(words), length)]


def whole(passages: Sequence[str]) -> Document:
    """An article of these passages, each of one sentence."""
    return Document("", tuple(passages), tuple(((0, len(text)),) for text in passages))


def in_turn(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each contender's runs."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(1, rounds + 1):
        for name, embed in contenders.items():
            started = time.perf_counter()
            embed()
            seconds[name].append(time.perf_counter() - started)
            print(f"round {number}, {name}: {seconds[name][-1]:.1f} s", file=sys.stderr)
    return seconds


def report(seconds: Mapping[str, Sequence[float]], words: int) -> str:
    """Words per second of each contender, and how many times those of the first."""
    rates = {name: words / median(each) for name, each in seconds.items()}
    theirs, ours = rates.values()
    lines = [f"{name:<20}{rate:>10,.0f} words/s" for name, rate in rates.items()]
    return "\n".join([*lines, f"{'ratio':<20}{ours / theirs:>10.2f}"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if (folder := development_sets.find("multihop")) is None:
        return
    with (folder / "articles.jsonl").open("rb") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, given.articles)]
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory() as place:
        theirs = chroma_embedding_function(fetch_weights(settings, say=print), Path(place) / "model")
        ours = load(settings, say=print)
        agreement = theirs(["Loads the model."])[0] @ ours.embed_queries(["Loads the model."])[0]
        seconds = in_turn(
            {
                "Chroma": lambda: theirs([part for text in texts for part in cut(text, CHROMAS_WORDS)]),
                "dateline": lambda: ours.embed_documents([whole(cut(text, OUR_WORDS)) for text in texts]),
            },
            given.rounds,
        )
    words = sum(len(text.split()) for text in texts)
    print(f"{len(texts)} articles, {words:,} words, medians of {given.rounds} rounds")
    print(f"cosine of the two vectors of one text: {agreement:.4f}\n")
    print(report(seconds, words))


if __name__ == "__main__":
    main()
