"""Is a changed claim told from a true one? `python tests/bench/support.py [--set perturbed|wice|qags|all]`

    [--articles FILE] [--cases N] [--seed N] [--words] [--threshold T] [--misses N]

perturbed: true sentences of articles and changed ones (perturbations.py), made afresh, also from a FILE of
your own; the share flagged, per kind, at the threshold that keeps 95 % of the true ones.

wice, qags: claims that people judged, against long evidence. AUROC of "supported" against the rest, and the
balanced accuracy at the threshold from the perturbations. wice: how often a sentence that people named is
among the first two named.

With --words without an embedding model.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import development_sets
import numpy as np
from numpy.typing import NDArray
from perturbations import BESIDES, CHANGED, TRUE, Case, cases
from tqdm import tqdm

from dateline.config import Settings
from dateline.index import Embedder
from dateline.index.minilm import load
from dateline.reading import read_file
from dateline.types import Article, Support
from dateline.verification import verify

KEPT = 0.95  # of the true claims
CORPORA = {"multihop": "articles.jsonl", "realtimeqa-2024": "articles.jsonl.gz"}
JUDGED = {"wice": "wice.jsonl", "qags": "qags_cnndm.jsonl"}

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that people judged, and the sentences of its evidence that they named, by number."""

    claim: str
    evidence: list[str]
    supported: bool
    named: frozenset[int]


def perturbed(articles: Sequence[Article], embedder: Embedder | None, options: argparse.Namespace) -> float:
    """Prints what is flagged, per kind, and gives the threshold that keeps the true ones."""
    made = cases(articles, options.cases, options.seed)
    start = time.perf_counter()
    found = [verify(case.claim, case.evidence, embedder=embedder) for case in tqdm(made, disable=None)]
    seconds = time.perf_counter() - start
    scores = np.array([support.score for support in found])
    threshold = float(np.quantile([s for s, case in zip(scores, made, strict=True) if case.true], 1 - KEPT))
    changed = np.array([case.kind in CHANGED for case in made])
    print(
        f"  {KEPT:.0%} of the true kept at {threshold:.3f}; of the changed flagged there "
        f"{np.mean(scores[changed] < threshold):.1%}; {1000 * seconds / len(made):.1f} ms a claim"
    )
    for kind in (*TRUE, *CHANGED, *BESIDES):
        print(f"  {line(kind, made, found, threshold)}")
    show_misses(made, found, threshold, options.misses)
    return threshold


def line(kind: str, made: Sequence[Case], found: Sequence[Support], threshold: float) -> str:
    """One row: how many, and how many of them flagged and labelled "supported"."""
    of_kind = [support for case, support in zip(made, found, strict=True) if case.kind == kind]
    if not of_kind:
        return f"{kind:10} none"
    flagged = np.mean([support.score < threshold for support in of_kind])
    supported = np.mean([support.label == "supported" for support in of_kind])
    return f"{kind:10} {len(of_kind):5}   flagged {flagged:6.1%}   labelled supported {supported:6.1%}"


def show_misses(made: Sequence[Case], found: Sequence[Support], threshold: float, count: int) -> None:
    """Prints cases on the wrong side."""
    wrong = [(c, s) for c, s in zip(made, found, strict=True) if c.true == (s.score < threshold)]
    for case, support in wrong[:count]:
        print(f"    {case.kind} {support.score:.3f} {list(support.reasons)}")
        print(f"      {case.claim}\n      {case.evidence}")


def judged(name: str, claims: Sequence[Judged], embedder: Embedder | None, threshold: float | None) -> None:
    """Prints AUROC, balanced accuracy and, where people named sentences, how often one is named first."""
    start = time.perf_counter()
    found = [verify(one.claim, one.evidence, embedder=embedder) for one in tqdm(claims, disable=None)]
    seconds = time.perf_counter() - start
    scores, truth = np.array([one.score for one in found]), np.array([one.supported for one in claims])
    each = 1000 * seconds / len(claims)
    print(f"{name}: {len(claims)} claims, AUROC {auroc(scores, truth):.3f}, {each:.1f} ms a claim")
    best = max(np.unique(scores), key=lambda at: balanced(scores, truth, at))
    print(f"  balanced accuracy at best {balanced(scores, truth, best):.3f}, at {best:.3f}")
    if threshold is not None:
        print(f"  at the threshold given, {threshold:.3f}: {balanced(scores, truth, threshold):.3f}")
    with_names = [(one, support) for one, support in zip(claims, found, strict=True) if one.named]
    if with_names:
        right = np.mean(
            [any(s.evidence in one.named for s in support.sentences[:2]) for one, support in with_names]
        )
        print(f"  a right sentence among the first two named: {right:.1%} of {len(with_names)}")


def auroc(scores: Scores, truth: NDArray[np.bool_]) -> float:
    """The chance that a true one scores above a false one; a tie is half."""
    ahead = scores[truth][:, None] - scores[~truth][None, :]
    return float(np.mean((ahead > 0) + 0.5 * (ahead == 0)))


def balanced(scores: Scores, truth: NDArray[np.bool_], threshold: float) -> float:
    """The mean of the shares kept of the true and flagged of the false."""
    return float(np.mean(scores[truth] >= threshold) + np.mean(scores[~truth] < threshold)) / 2


def read_judged(path: Path) -> Iterator[Judged]:
    """The claims of a file: claim, evidence, label, supporting_sentences (sets of numbers)."""
    for text in path.read_bytes().splitlines():
        row: Mapping[str, object] = json.loads(text)
        sets = row.get("supporting_sentences")
        named = frozenset(number for one in sets for number in one) if isinstance(sets, list) else frozenset()
        evidence = row["evidence"]
        assert isinstance(evidence, list)
        yield Judged(str(row["claim"]), evidence, row["label"] == "supported", named)


def corpora(given: Path | None) -> Iterator[tuple[str, list[Article]]]:
    """Name and articles of the file given, or of the development sets."""
    folders = {name: development_sets.find(name) for name in CORPORA} if given is None else {}
    paths = {given.name: given} if given else {n: f / CORPORA[n] for n, f in folders.items() if f}
    for name, path in paths.items():
        yield name, [one for one in read_file(path) if isinstance(one, Article)]


def main() -> None:
    """Prints the tables asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=["perturbed", *JUDGED, "all"], default="all")
    parser.add_argument("--articles", type=Path, help="a file of articles to make perturbations from")
    parser.add_argument("--cases", type=int, default=300, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--words", action="store_true", help="without an embedding model")
    parser.add_argument(
        "--threshold", type=float, help="for wice and qags; without it that of the perturbations"
    )
    parser.add_argument("--misses", type=int, default=0, help="how many wrong ones to print")
    options = parser.parse_args()
    embedder = (
        None
        if options.words
        else load(Settings.from_environment(), say=lambda text: print(text, file=sys.stderr))
    )
    thresholds: list[float] = []
    if options.set in ("perturbed", "all"):
        for name, articles in corpora(options.articles):
            print(f"{name}: {len(articles)} articles")
            thresholds.append(perturbed(articles, embedder, options))
    threshold = (
        options.threshold if options.threshold is not None or not thresholds else float(np.mean(thresholds))
    )
    folder = development_sets.find("support")
    for name, file in JUDGED.items():
        if folder and options.set in (name, "all"):
            judged(name, list(read_judged(folder / file)), embedder, threshold)


if __name__ == "__main__":
    main()
