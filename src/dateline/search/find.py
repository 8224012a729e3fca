"""Question → Hits: passages by meaning (Chroma) and by words (tantivy), fused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import numpy as np

from dateline.index.embedder import Embedder, Vectors
from dateline.index.snapshot import Snapshot
from dateline.search.question import Question, content_terms
from dateline.types import Filters, Hit

CANDIDATES = 200  # from each index: enough that the sets below overlap, few enough to score exactly
_DEPTH = 100  # of each ranking that parts take turns from


def find(
    snapshot: Snapshot,
    embedder: Embedder | None,
    question: Question,
    filters: Filters,
    *,
    k: int = 10,
    words: int | None = None,
) -> list[Hit]:
    """The best passages, best first: k of them, or with `words` as many as fit into that many words.

    Without an embedder the words alone decide. A question of several parts is searched whole and by part,
    and the rankings take turns, so that each part finds its evidence.
    """
    texts = (question.text, *question.parts)
    vectors = embedder.embed_queries(texts) if embedder else [None] * len(texts)
    rankings = [
        _ranked(snapshot, vector, content_terms(text), filters)[:_DEPTH]
        for text, vector in zip(texts, vectors, strict=True)
    ]
    scores = dict[int, float]()
    for key, score in _taking_turns(rankings):
        scores.setdefault(key, score)
    return _within(_hits(snapshot, scores), k, words)


def _ranked(
    snapshot: Snapshot, vector: Vectors | None, terms: Sequence[str], filters: Filters
) -> list[tuple[int, float]]:
    """Passage keys and scores, best first: the sum of the z-scores of cosine and BM25 over all candidates.

    Score normalisation by z-score: Renda and Straccia, Web metasearch (SAC 2003). BM25 of a passage
    that is no candidate by words counts as 0; its cosine is always computed.
    """
    by_words = snapshot.words.best(terms, CANDIDATES, filters) if terms else {}
    if vector is None:
        return list(by_words.items())
    keys = list(snapshot.nearest(vector, CANDIDATES, filters) | by_words)
    if not keys:
        return []
    stored = snapshot.vectors_of(keys)
    nothing = np.zeros_like(vector)
    cosine = np.stack([stored.get(key, nothing) for key in keys]) @ vector
    bm25 = np.array([by_words.get(key, 0.0) for key in keys])
    score = _standard(cosine) + _standard(bm25)
    return [(keys[i], float(score[i])) for i in np.argsort(-score, kind="stable")]


def _standard(
    values: np.ndarray[tuple[int], np.dtype[np.floating]],
) -> np.ndarray[tuple[int], np.dtype[np.floating]]:
    spread = values.std()
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)


def _taking_turns(rankings: Sequence[Sequence[tuple[int, float]]]) -> Iterable[tuple[int, float]]:
    return (one for turn in zip_longest(*rankings) for one in turn if one is not None)


def _hits(snapshot: Snapshot, scores: dict[int, float]) -> list[Hit]:
    located = snapshot.located(list(scores))
    present = [(key, score) for key, score in scores.items() if key in located]
    return [Hit(*located[key], score, rank) for rank, (key, score) in enumerate(present, 1)]


def _within(hits: Sequence[Hit], k: int, words: int | None) -> list[Hit]:
    if words is None:
        return list(hits[:k])
    kept: list[Hit] = []
    for hit in hits:
        words -= len(hit.passage.text.split())
        if words < 0:
            break
        kept.append(hit)
    return kept
