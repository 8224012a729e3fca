"""How near a claim is to a sentence, by words and by meaning."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from dateline.index import Embedder
from dateline.verification.align import Alignment, align
from dateline.verification.evidence import Sentence, beside
from dateline.verification.tokens import Kind, Token

CANDIDATES = 5  # sentences that are looked at more closely: an embedding each
_NEIGHBOURS = 0.25  # what a word beside the sentence counts when candidates are chosen
_KIND: Mapping[Kind, float] = {"name": 1.5, "number": 1.5, "date": 1.5, "word": 1.0, "function": 0.0}


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each content word of a claim weighs: more for facts, and for words rare in the evidence."""

    of: Mapping[str, float]
    total: float

    def share(self, keys: Collection[str]) -> float:
        """The part of the claim's weight that these keys carry: 0 to 1."""
        return sum(weight for key, weight in self.of.items() if key in keys) / self.total


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence laid beside the claim."""

    sentence: Sentence
    laid: Alignment
    order: float  # share of the claim's weight that stands there in the claim's order
    pairs: float  # share of the claim's neighbouring words that are neighbours there
    meaning: float  # cosine of the two

    @property
    def closeness(self) -> float:
        """By what candidates are ordered: 0 to 1."""
        return (self.order + self.pairs + self.meaning) / 3

    @property
    def replaced(self) -> frozenset[str]:
        """The claim's words that the sentence has not, and in whose place it has others."""
        in_gaps = (
            token.key
            for gap in self.laid.gaps()
            if any(other.content for other in self.laid.sentence[gap.j : gap.j_end])
            for token in self.laid.claim[gap.i : gap.i_end]
        )
        return frozenset(in_gaps) - self.sentence.keys


def weigh(claim: Sequence[Token], sentences: Sequence[Sentence]) -> Weights:
    """Weights by inverse frequency over the sentences: log((N + 1) / (n + 0.5)) + 0.5, times the kind's."""
    kinds = {token.key: _KIND[token.kind] for token in claim if token.content}
    kinds = kinds or {token.key: 1.0 for token in claim}
    counts = {key: sum(key in one.keys for one in sentences) for key in kinds}
    total = len(sentences) + 1
    of = {key: kind * (log(total / (counts[key] + 0.5)) + 0.5) for key, kind in kinds.items()}
    return Weights(of, sum(of.values()))


def candidates(
    text: str,
    claim: Sequence[Token],
    sentences: Sequence[Sentence],
    weights: Weights,
    embedder: Embedder | None,
) -> list[Candidate]:
    """The sentences that share most words with the claim, each laid beside it."""

    def shared(sentence: Sentence) -> float:
        around = weights.of.keys() & {key for one in beside(sentence, sentences) for key in one.keys}
        return weights.share(sentence.keys) + _NEIGHBOURS * weights.share(around)

    chosen = sorted(sentences, key=lambda one: -shared(one))[:CANDIDATES]
    if embedder is None:
        meanings = [_cosine_of_words(claim, one.tokens) for one in chosen]
    else:
        vectors = embedder.embed_queries([text, *(one.text for one in chosen)])
        meanings = [float(meaning) for meaning in vectors[1:] @ vectors[0]]
    return [_candidate(claim, one, weights, meaning) for one, meaning in zip(chosen, meanings, strict=True)]


def phrases(claim: Sequence[Token], sentences: Iterable[Sequence[Token]]) -> float:
    """The share of the claim's neighbouring content words that are neighbours in one of the sentences.

    Function words between them do not count; 1 for a claim of one content word.
    """
    wanted = list(pairwise(token.key for token in claim if token.content))
    there = {pair for one in sentences for pair in pairwise(token.key for token in one if token.content)}
    return sum(pair in there for pair in wanted) / len(wanted) if wanted else 1.0


def _candidate(claim: Sequence[Token], sentence: Sentence, weights: Weights, meaning: float) -> Candidate:
    laid = align(claim, sentence.tokens)
    there = set(pairwise(token.key for token in sentence.tokens))
    wanted = list(pairwise(token.key for token in claim))
    order = weights.share({claim[i].key for i, _ in laid.pairs})
    pairs = sum(pair in there for pair in wanted) / len(wanted) if wanted else order
    return Candidate(sentence, laid, order, pairs, meaning)


def _cosine_of_words(claim: Sequence[Token], sentence: Sequence[Token]) -> float:
    mine = {token.key for token in claim if token.content}
    theirs = {token.key for token in sentence if token.content}
    return len(mine & theirs) / sqrt(len(mine) * len(theirs)) if mine and theirs else 0.0
