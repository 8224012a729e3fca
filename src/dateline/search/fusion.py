"""Query → sentences, best first: Chroma and tantivy fused twice, by passage and then by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import exp

import numpy as np
from numpy.typing import NDArray

from dateline.index.embedder import Vectors
from dateline.index.ledger import Stored
from dateline.index.sentences import Span
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.query import Query
from dateline.search.weights import WEIGHTS, Weights
from dateline.types import Article, Filters, Passage

Scores = NDArray[np.float64]

_NEAREST = 200  # passages from each index: enough that the two sets overlap, few enough to score exactly
_ARTICLES = 60  # whole articles by their words
_ABSENT = -2.0  # the standard score of an article that is not among them
_K1, _B, _LENGTH = 1.2, 0.4, 20  # of BM25; sentences differ little in length, so it counts little


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence of an article, as an answer to one query: `article.text[span[0]:span[1]]`."""

    article: Article
    owner: int  # the article's key
    passage: Passage  # of the index, around it
    span: Span
    stems: frozenset[str]
    score: float  # orders the sentences of one query


@dataclass(slots=True)
class Search:
    """What one question is searched in; passages are read once for all its queries."""

    snapshot: Snapshot
    filters: Filters
    today: date | None = None  # the day as of which is asked, or another whose news is preferred
    weights: Weights = WEIGHTS
    since: date | None = None  # the first of the days whose news is preferred, where they are several
    _stored: dict[int, Stored] = field(default_factory=dict)
    _stems: dict[int, list[list[str]]] = field(default_factory=dict)

    def passages(self, keys: Sequence[int]) -> dict[int, Stored]:
        """What is stored of each key."""
        missing = [key for key in keys if key not in self._stored]
        self._stored |= self.snapshot.located(missing)
        return {key: self._stored[key] for key in keys if key in self._stored}

    def stems(self, key: int) -> list[list[str]]:
        """The stems of each sentence of a passage."""
        if key not in self._stems:
            one = self._stored[key]
            text = one.article.text
            self._stems[key] = [terms(text[start:end]) for start, end in one.passage.sentences]
        return self._stems[key]


def ranked(search: Search, query: Query) -> list[Found]:
    """The sentences of the best passages, best first.

    A sentence scores by its closeness to the query, that of its passage, its words and those beside it
    (BM25), and the words of its whole article (BM25): a sum of standard scores (z-scores: Renda and Straccia,
    Web metasearch, SAC 2003) over all candidates, see `Weights`. Outlets that are named, and news near the
    days that are preferred, score more.
    """
    stored = search.passages(_candidates(search, query))
    if not stored:
        return []
    passages = list(stored.values())
    stems = [search.stems(key) for key in stored]
    of_passages = _of_articles(search, query, passages) + _preferred(search, query, passages)
    score = np.repeat(of_passages, [len(each) for each in stems]) + _by_words(search, query, stems)
    if query.vector is not None:
        score += _by_meaning(passages, query.vector, search.weights.context)
    places = [(one, n) for one in passages for n in range(len(one.passage.sentences))]
    held = [frozenset(each) for of_passage in stems for each in of_passage]
    return [
        Found(one.article, one.owner, one.passage, one.passage.sentences[n], held[i], float(score[i]))
        for i in np.argsort(-score, kind="stable")
        for one, n in [places[i]]
    ]


def _candidates(search: Search, query: Query) -> list[int]:
    """Keys of the best passages by the sum of the standard scores of cosine and BM25.

    BM25 of a passage that is no candidate by words counts as 0; its cosine is always computed.
    """
    snapshot, filters = search.snapshot, search.filters
    by_words = snapshot.best_passages(query.terms, _NEAREST, filters) if query.terms else {}
    if query.vector is None:
        return list(by_words)
    keys = list(snapshot.nearest(query.vector, _NEAREST, filters) | by_words)
    if not keys:
        return []
    stored = snapshot.vectors_of(keys)
    nothing = np.zeros_like(query.vector)
    cosine = np.stack([stored.get(key, nothing) for key in keys]) @ query.vector
    bm25 = np.array([by_words.get(key, 0.0) for key in keys])
    score = _standard(cosine) + _standard(bm25)
    return [keys[i] for i in np.argsort(-score, kind="stable")[:_NEAREST]]


def _of_articles(search: Search, query: Query, passages: Sequence[Stored]) -> Scores:
    """The standard score of each passage's article by the words of all of it, among the best articles."""
    best = search.snapshot.best_articles(query.terms, _ARTICLES, search.filters) if query.terms else {}
    scores = dict(zip(best, _standard(np.array(list(best.values()))), strict=True))
    return np.array([max(scores.get(one.owner, _ABSENT), _ABSENT) for one in passages])


def _preferred(search: Search, query: Query, passages: Sequence[Stored]) -> Scores:
    """What each passage gets for its outlet and its day."""
    weights, score = search.weights, np.zeros(len(passages))
    for n, one in enumerate(passages):
        if one.article.source in query.outlets:
            score[n] += weights.outlet
        if search.today and one.article.day:
            late = max(0, (one.article.day - search.today).days)
            early = max(0, ((search.since or search.today) - one.article.day).days)
            score[n] += weights.fresh * exp(-(late + early) / weights.fresh_days)
    return score


def _by_words(search: Search, query: Query, stems: Sequence[Sequence[Sequence[str]]]) -> Scores:
    """The standard score of each sentence by its words, and by a share of those beside it."""
    rarity = {term: weight * search.snapshot.words.rarity(term) for term, weight in query.terms.items()}
    found: list[Scores] = []
    for sentences in stems:
        own = np.array([_bm25(rarity, sentence) for sentence in sentences])
        beside = np.zeros(len(own))
        beside[1:] += own[:-1]
        beside[:-1] += own[1:]
        found.append(own + search.weights.neighbour * beside)
    return _standard(np.concatenate(found))


def _bm25(rarity: Mapping[str, float], stems: Sequence[str]) -> float:
    """BM25 of a sentence (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).

    Rarity is that among passages.
    """
    fullness = _K1 * (1 - _B + _B * len(stems) / _LENGTH)
    times = Counter(stem for stem in stems if stem in rarity)
    return sum(rarity[stem] * t * (_K1 + 1) / (t + fullness) for stem, t in times.items())


def _by_meaning(passages: Sequence[Stored], query: Vectors, context: float) -> Scores:
    """The standard score of each sentence by its cosine, and by a share of that of its passage.

    A sentence without a vector has its passage's.
    """
    around = [0.0 if one.vector is None else float(one.vector @ query) for one in passages]
    counts = [len(one.passage.sentences) for one in passages]
    within = [
        np.full(count, near) if one.sentences is None else one.sentences @ query
        for one, near, count in zip(passages, around, counts, strict=True)
    ]
    return _standard(np.concatenate(within)) + context * _standard(np.repeat(around, counts))


def _standard(values: NDArray[np.floating]) -> Scores:
    spread = values.std() if len(values) else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))
