"""Is a changed claim told from a true one? `python tests/bench/support.py [--set NAME]`

    [--articles FILE] [--cases N] [--seed N] [--words | --no-parser] [--half 0|1] [--ablation]
    [--threshold T] [--misses N]

perturbed: true sentences of articles and changed ones (perturbations.py), made afresh, also from a FILE of
your own; the share flagged, per kind, at the threshold that keeps 95 % of the true ones.

prose: claims that say in other words what a passage says, and edited ones (prose.jsonl, of our own); also two
of them joined, which are true where both are.

wice, qags: claims that people judged, against long evidence. AUROC of "supported" against the rest, and the
balanced accuracy at the threshold from the perturbations. wice: how often a sentence that people named is
among the first two named.

With --words without an embedding model, with --no-parser without a parser. --half takes one half of each
judged set, by a hash of the ids: rules were made with half 0, half 1 tells whether they hold. --ablation
prints what the judged sets lose by each check and each feature that is left out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import development_sets
import numpy as np
from numpy.typing import NDArray
from perturbations import BESIDES, CHANGED, TRUE, Case, cases
from tqdm import tqdm

from dateline.config import Settings
from dateline.index.embedder import Reading, Vectors
from dateline.index.minilm import MiniLM, load
from dateline.reading import read_file
from dateline.text import Parsed, Parser
from dateline.text import load as load_parser
from dateline.types import Article, Support
from dateline.verification.checks import CHECKS
from dateline.verification.verify import Means, verify_with

KEPT = 0.95  # of the true claims
CORPORA = {"multihop": "articles.jsonl", "realtimeqa-2024": "articles.jsonl.gz"}
JUDGED = {"wice": "wice.jsonl", "qags": "qags_cnndm.jsonl"}
PROSE = Path(__file__).with_name("prose.jsonl")

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that people judged, and the sentences of its evidence that they named, by number."""

    of: str  # what it is drawn with: claims of one article are in one half
    claim: str
    evidence: list[str]
    supported: bool
    named: frozenset[int]

    @property
    def half(self) -> int:
        """0 or 1."""
        return hashlib.sha256(self.of.encode()).digest()[0] % 2


def perturbed(articles: Sequence[Article], means: Means, options: argparse.Namespace) -> float:
    """Prints what is flagged, per kind, and gives the threshold that keeps the true ones."""
    made = cases(articles, options.cases, options.seed)
    start = time.perf_counter()
    found = [verify_with(means, case.claim, case.evidence) for case in tqdm(made, disable=None)]
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


def judged(name: str, claims: Sequence[Judged], means: Means, threshold: float | None) -> None:
    """Prints AUROC, balanced accuracy and, where people named sentences, how often one is named first."""
    start = time.perf_counter()
    found = [verify_with(means, one.claim, one.evidence) for one in tqdm(claims, disable=None)]
    seconds = time.perf_counter() - start
    scores, truth = np.array([one.score for one in found]), np.array([one.supported for one in claims])
    each = 1000 * seconds / len(claims)
    print(f"{name}: {len(claims)} claims, AUROC {auroc(scores, truth):.3f}, {each:.1f} ms a claim")
    labels = np.array([one.label for one in found])
    shares = [f"{np.mean(labels[side] == 'supported'):.0%}" for side in (truth, ~truth)]
    print(f"  labelled supported: of the true {shares[0]}, of the others {shares[1]}")
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
        evidence, of = row["evidence"], str(row["id"])
        assert isinstance(evidence, list)
        if not of.startswith("wice"):
            of = of.rpartition("-")[0]
        yield Judged(of, str(row["claim"]), evidence, row["label"] == "supported", named)


def joined(claims: Sequence[Judged]) -> Iterator[Judged]:
    """Each two neighbouring claims of one article as one: true where both are."""
    of_article: dict[str, list[Judged]] = defaultdict(list)
    for one in claims:
        of_article[one.of].append(one)
    for these in of_article.values():
        halves = [one for one in these if one.supported], [one for one in these if not one.supported]
        for true, false in zip(*halves, strict=False):
            other = halves[0][halves[0].index(true) - 1]
            yield replace(true, claim=f"{other.claim} {true.claim}")
            yield replace(false, claim=f"{other.claim} {false.claim}")


class RememberingParser:
    """A parser that parses nothing twice."""

    def __init__(self, parser: Parser) -> None:
        self.name, self._parser = parser.name, parser
        self._known: dict[str, Parsed] = {}

    def parse(self, texts: Sequence[str], *, names: bool = True) -> list[Parsed]:
        new = [text for text in texts if text not in self._known]
        self._known |= dict(zip(new, self._parser.parse(new, names=names), strict=True))
        return [self._known[text] for text in texts]


class RememberingEmbedder:
    """An embedder that reads nothing twice."""

    def __init__(self, embedder: MiniLM) -> None:
        self.name, self.dimensions, self.embed_documents = "", 0, embedder.embed_documents
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}
        self._readings: dict[str, Reading] = {}

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in texts if text not in self._vectors]
        self._vectors |= dict(zip(new, self._embedder.embed_queries(new), strict=True))
        return np.array([self._vectors[text] for text in texts])

    def read(self, texts: Sequence[str]) -> list[Reading]:
        new = [text for text in texts if text not in self._readings]
        self._readings |= dict(zip(new, self._embedder.read(new), strict=True))
        return [self._readings[text] for text in texts]


def ablation(sets: Mapping[str, Sequence[Judged]], means: Means) -> None:
    """Prints AUROC of every set, whole and without each check."""
    if isinstance(means.embedder, MiniLM):
        means = replace(means, embedder=RememberingEmbedder(means.embedder))
    if means.parser:
        means = replace(means, parser=RememberingParser(means.parser))
    print(f"  {'without':12}" + "".join(f"{name:>9}" for name in sets))
    for left_out in ("", *CHECKS):
        row = []
        for claims in sets.values():
            fewer = replace(means, without=(left_out,))
            found = [verify_with(fewer, one.claim, one.evidence).score for one in claims]
            row.append(auroc(np.array(found), np.array([one.supported for one in claims])))
        print(f"  {left_out or '(nothing)':12}" + "".join(f"{value:9.3f}" for value in row), flush=True)


def corpora(given: Path | None) -> Iterator[tuple[str, list[Article]]]:
    """Name and articles of the file given, or of the development sets."""
    folders = {name: development_sets.find(name) for name in CORPORA} if given is None else {}
    paths = {given.name: given} if given else {n: f / CORPORA[n] for n, f in folders.items() if f}
    for name, path in paths.items():
        yield name, [one for one in read_file(path) if isinstance(one, Article)]


def main() -> None:
    """Prints the tables asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=["perturbed", "prose", *JUDGED, "all"], default="all")
    parser.add_argument("--articles", type=Path, help="a file of articles to make perturbations from")
    parser.add_argument("--cases", type=int, default=300, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--words", action="store_true", help="without an embedding model")
    parser.add_argument("--no-parser", action="store_true", help="without a parser")
    parser.add_argument("--half", type=int, choices=(0, 1), help="of the judged sets")
    parser.add_argument("--ablation", action="store_true", help="what each check is good for")
    parser.add_argument(
        "--threshold", type=float, help="for wice and qags; without it that of the perturbations"
    )
    parser.add_argument("--misses", type=int, default=0, help="how many wrong ones to print")
    options = parser.parse_args()
    means = means_of(options)
    if options.ablation:
        ablation(judged_sets(options), means)
        return
    thresholds: list[float] = []
    if options.set in ("perturbed", "all"):
        for name, articles in corpora(options.articles):
            print(f"{name}: {len(articles)} articles")
            thresholds.append(perturbed(articles, means, options))
    threshold = (
        options.threshold if options.threshold is not None or not thresholds else float(np.mean(thresholds))
    )
    for name, claims in judged_sets(options).items():
        judged(name, claims, means, threshold)


def means_of(options: argparse.Namespace) -> Means:
    """What the options leave of embedder and parser."""

    def say(line: str) -> None:
        print(line, file=sys.stderr)

    settings = Settings.from_environment()
    if options.words:
        return Means()
    return Means(load(settings, say=say), None if options.no_parser else load_parser(settings, say=say))


def judged_sets(options: argparse.Namespace) -> dict[str, list[Judged]]:
    """The sets asked for that are there, by name; half of each where that is asked for."""
    folder = development_sets.find("support")
    paths = {"prose": PROSE} | {name: folder / file for name, file in JUDGED.items() if folder}
    found = {n: list(read_judged(p)) for n, p in paths.items() if options.set in (n, "all")}
    if "prose" in found:
        found["joined"] = list(joined(found["prose"]))
    return {
        name: [one for one in claims if options.half in (None, one.half)] for name, claims in found.items()
    }


if __name__ == "__main__":
    main()
