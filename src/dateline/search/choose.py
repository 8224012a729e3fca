"""Question and choices → the choice that the articles speak for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp

import numpy as np

from dateline.index.embedder import Embedder
from dateline.index.snapshot import Snapshot
from dateline.index.split import passage_of
from dateline.index.words import terms
from dateline.search.fusion import Found, Scores, Search, ranked
from dateline.search.query import Query
from dateline.search.question import Question, content_terms
from dateline.search.sentences import held, shares
from dateline.types import Filters, Hit

_LOOKED = 40  # sentences of each search
_RANKED = 0.1  # of a sentence's score in its best search, beside the share of the question's words around it
_FRESH, _FRESH_DAYS = 0.6, 30.0  # of being published on the day as of which is asked; a third so many days on
_FALL = 0.15  # the loss of relevance in which a sentence's vote falls to a third
_UNHEARD = 0.01  # the vote of a choice that no sentence holds
_FOUND = 0.2  # what the best sentence of a choice's own search counts, beside the logarithm of its votes
_ASKED = 0.1  # of a word of a choice that stands in the question
_DIGITS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice that was made, the probability of each, and the sentence that speaks most for it.

    None where no sentence holds a word that tells the choices apart, or two are equal.
    """

    choice: str | None
    scores: Mapping[str, float]  # together 1
    hit: Hit | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence, and the words of it, of what is beside it, and of its passage: all with its headline."""

    found: Found
    own: frozenset[str]
    beside: frozenset[str]
    around: frozenset[str]


def choose(
    snapshot: Snapshot,
    embedder: Embedder | None,
    question: Question,
    choices: Sequence[str],
    filters: Filters,
    *,
    today: date | None = None,
) -> Choice:
    """The choice that the sentences about the question hold, each counting by how much it is about that.

    It is searched for the question, and for the question with each choice. A sentence votes for a choice with
    the share that it has of the words which tell this from the others: how common they are in the archive
    decides nothing. A choice also scores by the best sentence of its own search.
    """
    choices = list(dict.fromkeys(choices))
    search = Search(snapshot, filters, today)
    rankings = [ranked(search, query)[:_LOOKED] for query in _queries(question, choices, embedder)]
    candidates = _candidates(rankings)
    telling = _telling(choices, question)
    support = np.array([[_support(weights, one) for weights in telling] for one in candidates])
    if not support.any():
        return Choice(None, dict.fromkeys(choices, 1 / max(1, len(choices))))
    votes = _trust(snapshot, question, candidates, today)[:, None] * support
    found = np.array([ranking[0].score if ranking else 0.0 for ranking in rankings[1:]])
    scores = _shares(np.log(_UNHEARD + votes.sum(axis=0)) + _FOUND * found)
    by_choice = dict(zip(choices, scores.tolist(), strict=True))
    best = int(scores.argmax())
    if np.count_nonzero(scores == scores[best]) > 1:
        return Choice(None, by_choice)
    return Choice(choices[best], by_choice, _hit(candidates[int(votes[:, best].argmax())].found))


def _queries(question: Question, choices: Sequence[str], embedder: Embedder | None) -> list[Query]:
    """The question, and the question with each choice."""
    texts = [question.text, *(f"{question.text} {choice}" for choice in choices)]
    vectors = embedder.embed_queries(texts) if embedder else [None] * len(texts)
    return [
        Query(dict.fromkeys(question.content(text), 1.0), vector)
        for text, vector in zip(texts, vectors, strict=True)
    ]


def _candidates(rankings: Sequence[Sequence[Found]]) -> list[_Candidate]:
    """Every sentence of the rankings once, with its best score."""
    best: dict[tuple[int, tuple[int, int]], Found] = {}
    for one in (one for ranking in rankings for one in ranking):
        known = best.setdefault((one.owner, one.span), one)
        if one.score > known.score:
            best[one.owner, one.span] = replace(known, score=one.score)
    return [_candidate(one) for one in best.values()]


def _candidate(found: Found) -> _Candidate:
    text, passage = found.article.text, found.passage
    number = passage.sentences.index(found.span)
    beside = passage.sentences[max(0, number - 1) : number + 2]
    headline = _words(found.article.title)
    return _Candidate(
        found,
        frozenset(_words(text[slice(*found.span)])),
        frozenset(headline + _words(text[beside[0][0] : beside[-1][1]])),
        frozenset(headline + _words(passage.text)),
    )


def _telling(choices: Sequence[str], question: Question) -> list[dict[str, float]]:
    """The words of each choice by how well they tell it from the others: shares, together 1.

    What stands in all choices tells nothing, and what stands in the question little.
    """
    asked = set(_words(question.text))
    words = [dict.fromkeys(_words(" ".join(content_terms(one))) or _words(one)) for one in choices]
    times = Counter(word for each in words for word in each)
    found = []
    for each in words:
        weights = {word: (_ASKED if word in asked else 1.0) * (len(choices) - times[word]) for word in each}
        total = sum(weights.values()) or 1.0
        found.append({word: weight / total for word, weight in weights.items()})
    return found


def _support(weights: Mapping[str, float], one: _Candidate) -> float:
    """The share of a choice's words that a sentence holds; a third of it for each of the three views."""
    return sum(sum(held(weights, words).values()) for words in (one.own, one.beside, one.around)) / 3


def _trust(
    snapshot: Snapshot, question: Question, candidates: Sequence[_Candidate], today: date | None
) -> Scores:
    """What the vote of each sentence weighs, together 1: by how much it is about the question, and fresh."""
    weights = shares(snapshot, question)
    relevance = np.array(
        [sum(held(weights, one.beside).values()) + _RANKED * one.found.score for one in candidates]
    )
    if today:
        days = [(today - one.found.article.day).days if one.found.article.day else 365 for one in candidates]
        relevance += np.array([_FRESH * exp(-max(0, day) / _FRESH_DAYS) for day in days])
    return _shares(relevance / _FALL)


def _shares(logarithms: Scores) -> Scores:
    """Softmax: together 1."""
    raised = np.exp(logarithms - logarithms.max())
    shares: Scores = raised / raised.sum()
    return shares


def _words(text: str) -> list[str]:
    """Stems, numbers below thirteen as digits."""
    return [_DIGITS.get(term, term) for term in terms(text)]


def _hit(found: Found) -> Hit:
    return Hit(passage_of(found.article, [found.span]), found.article, found.score, 1)
