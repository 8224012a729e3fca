"""Do the hits have what the question asks for? Decided from evidence, before anything is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from statistics import fmean

from dateline.index.embedder import Embedder
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.apart import apart
from dateline.search.moments import asks_how_it_developed
from dateline.search.question import Question
from dateline.search.sentences import held, shares
from dateline.types import Hit

# Learned by logistic regression, rounded: questions of a dated archive whose answers are among their hits,
# against the same questions asked 45 days before, and against questions of other corpora asked there. Four
# in a hundred of the former do not reach the bound.
_JOINT = 1.5  # counts beside the closeness of the question
_MISSING = -1.0
_LENGTH = 0.25
_ENOUGH = 1.31
_ENOUGH_ALONE = 1.7  # of one part: so much is known of it that it is answered without the others
_ENOUGH_FOR_A_PART = 0.9  # one answered question in twenty has a part below: a turn of phrase, mostly
_ENOUGH_COVERAGE = 0.3  # of coverage alone, where there are no vectors
_ALL_COVERAGE = 0.95  # of coverage: a passage that holds every word of a short question is about it
_NAMED_COVERAGE = 0.7  # of coverage by a passage that holds every name of the question
_NEAR = 0.3  # of coverage: what is found is about it, though it does not say it
_MISSING_NAMES = 1 / 3  # with a larger share of its names nowhere in the evidence, it is another story


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """Whether an answer may be tried; names and parts of the question that the evidence does not know.

    Where it is not enough, `near` says whether it is at least about what is asked.
    """

    enough: bool
    missing: tuple[str, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class _Held:
    """How the hits hold a question or a part of it."""

    cosine: float  # of the closest passage
    joint: float  # the best product of a passage's cosine and its coverage
    coverage: float  # the best share of content words, weighted by rarity
    length: int  # content words

    def score(self, missing_names: float) -> float:
        by_length = _LENGTH * log(max(1, self.length))  # little is easily like something else
        return self.cosine + _JOINT * self.joint + _MISSING * missing_names + by_length


def judge(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> Sufficiency:
    """Enough when the best passages are close to the question and its names stand in their articles.

    Of a question with parts, each part that has no passage close to it is missing. Names that a question puts
    together and no article does, are missing together.
    """
    verdict = _judged(snapshot, embedder, question, hits)
    if verdict.enough or not hits:
        return verdict
    near = max(_coverages(shares(snapshot, question), question.terms, hits)) >= _NEAR
    return replace(verdict, near=near)


def _judged(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> Sufficiency:
    if not hits:
        return Sufficiency(enough=False)
    if unknown := tuple(name for name in question.names if not _anywhere(snapshot, name)):
        return Sufficiency(enough=False, missing=unknown)
    told = set[str]().union(*(terms(f"{hit.article.title} {hit.article.text}") for hit in hits))
    missing = tuple(name for name in question.names if not told.issuperset(terms(name)))
    share = len(missing) / max(1, len(question.names))
    if share > _MISSING_NAMES:
        return Sufficiency(enough=False, missing=missing)
    if two := apart(question, (hit.article for hit in hits)):
        return Sufficiency(enough=False, missing=(" together with ".join(two),))
    weights = shares(snapshot, question)
    if embedder is None:
        best = max(_coverages(weights, question.terms, hits))
        return Sufficiency(enough=best >= _ENOUGH_COVERAGE, missing=missing)
    whole, *parts = _all_held(snapshot, embedder, question, weights, hits)
    mean = _Held(
        whole.cosine,
        fmean(one.joint for one in parts or [whole]),
        whole.coverage,
        round(fmean(one.length for one in parts or [whole])),
    )
    about_it = whole.coverage >= _ALL_COVERAGE or _named(weights, question, hits) >= _NAMED_COVERAGE
    if asks_how_it_developed(question.text):  # a timeline needs reports of it, not a sentence that answers
        about_it = about_it or _named(weights, question, hits) > 0
    alone = any(one.coverage >= _ALL_COVERAGE or one.score(share) >= _ENOUGH_ALONE for one in parts)
    enough = about_it or alone or mean.score(share) >= _ENOUGH
    vain = [
        part
        for part, one in zip(question.parts, parts, strict=True)
        if one.coverage < _ALL_COVERAGE and one.score(0) < _ENOUGH_FOR_A_PART
    ]
    return Sufficiency(enough=enough, missing=(*missing, *vain))


def _all_held(
    snapshot: Snapshot,
    embedder: Embedder,
    question: Question,
    weights: Mapping[str, float],
    hits: Sequence[Hit],
) -> list[_Held]:
    """How the question is held, and then each of its parts."""
    asked = [(question.text, question.terms), *((part, question.content(part)) for part in question.parts)]
    found = []
    for vector, (_, content) in zip(embedder.embed_queries([text for text, _ in asked]), asked, strict=True):
        cosines = snapshot.closeness(vector, [hit.passage for hit in hits])
        coverages = _coverages(weights, content, hits)
        joint = max(cosine * share for cosine, share in zip(cosines, coverages, strict=True))
        found.append(_Held(max(cosines), joint, max(coverages), len(content)))
    return found


def _named(weights: Mapping[str, float], question: Question, hits: Sequence[Hit]) -> float:
    """The best coverage by a passage that holds, with its headline, every name; 0 where none is asked of."""
    named = set(terms(" ".join(question.names)))
    holding = [
        hit for hit in hits if named and named.issubset(terms(f"{hit.article.title} {hit.passage.text}"))
    ]
    return max(_coverages(weights, question.terms, holding), default=0.0)


def _anywhere(snapshot: Snapshot, name: str) -> bool:
    return all(snapshot.words.holds(term) for term in terms(name) if len(term) > 1)


def _coverages(weights: Mapping[str, float], content: Sequence[str], hits: Sequence[Hit]) -> list[float]:
    """Of each hit, the share of the content words that its passage or its headline holds."""
    wanted = {term: weights[term] for term in content if term in weights}
    total = sum(wanted.values()) or 1.0
    return [
        sum(held(wanted, terms(f"{hit.article.title} {hit.passage.text}")).values()) / total for hit in hits
    ]
