"""Words embedded per second: Chroma's default embedding function against dateline's model, in turn.

    python tests/bench/embedding.py [--articles 200] [--rounds 3]

Both embed the same articles with the same weights on all cores. Chroma's function gets passages of 190 words,
which fill the 256 tokens to which it pads every text (its best case); ours gets the 60-word passages of an
index. Its model file is replaced as chroma_model.py says; the code around it is Chroma's own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from chroma_model import chroma_embedding_function

from dateline.config import Settings
from dateline.index.embedder import Document
from dateline.index.minilm import load
from dateline.index.minilm.weights import fetch_weights

ARTICLES = Path("shared/data/multihop/articles.jsonl")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    texts = read_texts(given.articles)
    words = sum(len(text.split()) for text in texts)
    settings = Settings.from_environment()
    with tempfile.TemporaryDirectory() as folder:
        theirs = chroma_embedding_function(fetch_weights(settings, say=print), Path(folder))
        ours = load(settings, say=print)
        agreement = float(
            np.array(theirs(["The same text for both."]))[0]
            @ ours.embed_queries(["The same text for both."])[0]
        )
        contenders: dict[str, Callable[[], object]] = {
            "chroma": lambda: theirs([part for text in texts for part in cut(text, 190)]),
            "dateline": lambda: ours.embed_documents([Document("", tuple(cut(text, 60))) for text in texts]),
        }
        rates = measure(contenders, words, given.rounds)
    medians = {name: statistics.median(found) for name, found in rates.items()}
    report = {
        "articles": len(texts),
        "words": words,
        "cosine_of_one_text": round(agreement, 4),
        "words_per_second": {name: [round(rate) for rate in found] for name, found in rates.items()},
        "median": {name: round(rate) for name, rate in medians.items()},
        "ratio": round(medians["dateline"] / medians["chroma"], 2),
    }
    print(json.dumps(report, indent=1))


def read_texts(count: int) -> list[str]:
    """Bodies of the first articles of the multihop set."""
    for above in Path(__file__).resolve().parents:
        if (path := above / ARTICLES).is_file():
            with path.open("rb") as lines:
                return [json.loads(line)["text"] for line in islice(lines, count)]
    sys.exit(f"{ARTICLES} lies beside no folder above this file")


def cut(text: str, words: int) -> list[str]:
    """The text in parts of so many words."""
    found = text.split()
    return [" ".join(found[i : i + words]) for i in range(0, len(found), words)]


def measure(
    contenders: dict[str, Callable[[], object]], words: int, rounds: int
) -> dict[str, Sequence[float]]:
    """Words per second of each contender in each round; they take turns."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, embed in contenders.items():
            start = time.perf_counter()
            embed()
            rates[name].append(words / (time.perf_counter() - start))
            print(f"{name}: {rates[name][-1]:.0f} words/s", file=sys.stderr)
    return dict(rates)


if __name__ == "__main__":
    main()
