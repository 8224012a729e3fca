"""Do the hits have what the question asks for? Decided from evidence, before anything is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.index.embedder import Embedder
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.question import Question
from dateline.search.sentences import held, shares
from dateline.types import Hit

# Set where one answerable question in twenty falls below, on development questions of two kinds of corpus.
_ENOUGH = 0.52  # of cosine plus COVERAGE_WEIGHT × coverage
_COVERAGE_WEIGHT = 0.2
_CLOSEST = 3  # hits, of which the nearest to the question by meaning counts
_ENOUGH_COVERAGE = 0.3  # of coverage alone, where there are no vectors
_ALL_COVERAGE = 0.95  # of coverage: a passage that holds every word of a short question is about it
_MISSING_NAMES = 1 / 3  # with a larger share of its names nowhere in the evidence, it is another story


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether an answer may be tried, and the names of the question that the evidence does not know."""

    enough: bool
    missing: tuple[str, ...] = ()


def judge(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> Sufficiency:
    """Enough when the best passages are close to the question and its names stand in their articles."""
    if not hits:
        return Sufficiency(enough=False)
    if unknown := tuple(name for name in question.names if not _anywhere(snapshot, name)):
        return Sufficiency(enough=False, missing=unknown)
    told = set[str]().union(*(terms(f"{hit.article.title} {hit.article.text}") for hit in hits))
    missing = tuple(name for name in question.names if not told.issuperset(terms(name)))
    if len(missing) > _MISSING_NAMES * len(question.names):
        return Sufficiency(enough=False, missing=missing)
    coverage = max(_coverage(snapshot, question, hit) for hit in hits)
    if coverage >= _ALL_COVERAGE:
        return Sufficiency(enough=True, missing=missing)
    if embedder is None:
        return Sufficiency(enough=coverage >= _ENOUGH_COVERAGE, missing=missing)
    query = embedder.embed_queries([question.text])[0]
    closeness = max(snapshot.closeness(query, [hit.passage for hit in hits[:_CLOSEST]]))
    return Sufficiency(enough=closeness + _COVERAGE_WEIGHT * coverage >= _ENOUGH, missing=missing)


def _anywhere(snapshot: Snapshot, name: str) -> bool:
    return all(snapshot.words.holds(term) for term in terms(name) if len(term) > 1)


def _coverage(snapshot: Snapshot, question: Question, hit: Hit) -> float:
    """Share of the question's content words that the passage or its headline holds, weighted by rarity."""
    return sum(held(shares(snapshot, question), terms(f"{hit.article.title} {hit.passage.text}")).values())
