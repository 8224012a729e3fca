"""Hits → the sentences that answer, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.index.embedder import Embedder, Reader
from dateline.index.sentences import sentences
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.alignment import CHANCE, aligned
from dateline.search.kinds import fit
from dateline.search.question import Question
from dateline.types import Hit

# Where the embedder shows the states of tokens; learned by softmax regression on which sentence holds the
# answer, in a known paragraph and in evidence out of all, and rounded: each in the middle of a wide plain.
_CONTENT = 2.2  # of the nearest word to each content word of the question, above chance
_ASKING = 1.1  # of the nearest word to the one that asks, above chance
_WHOLE = 0.6  # of all words, by their mean
_AROUND = 0.5  # of what the passage and its headline say
_BEFORE = 0.3  # of content words that only the sentence before has
_FIT = 0.22  # of holding the wanted kind of thing
_PAIRS = 0.2  # of holding words of the question in its order

# Where it does not, or there is none.
_CONTEXT_WEIGHT = 0.5  # of what the passage and its headline say, beside what the sentence says
_PAIRS_WEIGHT = 0.5
_ALONE_SHARE = 0.25  # of what a sentence says without the one that it leans on
_FIT_WEIGHT = 0.7

_WORD = re.compile(r"\w+")
_LEANING = frozenset("he she it they this that these those his her their its there".split())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit's passage: `hit.article.text[start:end] == text`.

    One that begins with "he", "it" or "there" leans on the sentence before it in its paragraph: it is scored,
    and quoted, with that, from `lead` on; `stems` and `holds` are of both.
    """

    hit: Hit
    lead: int
    start: int
    end: int
    text: str
    score: float
    stems: frozenset[str]
    holds: Mapping[str, float]  # content words of the question that it holds: their shares of its weight


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence stands, and its stems: by itself, with the one that it leans on, of the one before."""

    hit: Hit
    lead: int
    start: int
    end: int
    alone: list[str]
    led: list[str]
    before: list[str]  # in the same hit

    @property
    def text(self) -> str:
        """With the sentence that it leans on."""
        return self.hit.article.text[self.lead : self.end]


def rank(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> list[Sentence]:
    """Every sentence of the hits, the likeliest to answer first.

    Where the embedder shows what it makes of each word, a sentence scores by how near its words come to those
    of the question, among them the one that asks; where it does not, by closeness (cosine, and the share of
    the question's content words that it holds, weighted by rarity). In both, also by what its passage and
    headline are about, by the kind of thing that is asked for, and by the question's pairs of words.
    """
    places = [place for hit in hits for place in _places(hit)]
    if not places:
        return []
    weights = shares(snapshot, question)
    around = _context(snapshot, embedder, question, hits)
    if isinstance(embedder, Reader):
        scores = _by_alignment(embedder, question, hits, places, weights)
        context = _AROUND
    else:
        scores = _by_closeness(embedder, question, places, weights)
        context = _CONTEXT_WEIGHT
    found = [
        Sentence(
            one.hit,
            one.lead,
            one.start,
            one.end,
            one.hit.article.text[one.start : one.end],
            score + context * around[one.hit.rank],
            frozenset(one.led),
            held(weights, one.led),
        )
        for one, score in zip(places, scores, strict=True)
    ]
    return sorted(found, key=lambda sentence: -sentence.score)


def _by_alignment(
    reader: Reader,
    question: Question,
    hits: Sequence[Hit],
    places: Sequence[_Place],
    weights: Mapping[str, float],
) -> list[float]:
    """The score of each place but for its context, word by word."""
    pairs = _pairs(terms(question.text))
    scores: list[float] = []
    for one, near in zip(places, aligned(reader, question, hits), strict=True):
        score = _CONTENT * (near.content - CHANCE) + _ASKING * (near.asking - CHANCE) + _WHOLE * near.whole
        score += _BEFORE * sum(held(held(weights, one.before), set(weights) - set(one.alone)).values())
        score += _PAIRS * _share(pairs, one.alone) + _FIT * fit(question, one.text)
        scores.append(score)
    return scores


def _by_closeness(
    embedder: Embedder | None, question: Question, places: Sequence[_Place], weights: Mapping[str, float]
) -> list[float]:
    """The score of each place but for its context, by itself and with the sentence that it leans on."""
    texts = [one.hit.article.text[at : one.end] for one in places for at in (one.start, one.lead)]
    cosines = _cosines(embedder, question, texts)
    pairs = _pairs(terms(question.text))
    scores: list[float] = []
    for number, one in enumerate(places):
        alone, led = (sum(held(weights, stems).values()) for stems in (one.alone, one.led))
        score = _ALONE_SHARE * (cosines[2 * number] + alone)
        score += (1 - _ALONE_SHARE) * (cosines[2 * number + 1] + led)
        score += _PAIRS_WEIGHT * _share(pairs, one.led) + _FIT_WEIGHT * fit(question, one.text)
        scores.append(score)
    return scores


def shares(snapshot: Snapshot, question: Question) -> dict[str, float]:
    """What each content word of the question weighs by its rarity; together 1, or 0 where all are common."""
    weights = {term: snapshot.words.rarity(term) for term in question.terms}
    total = sum(weights.values()) or 1.0
    return {term: weight / total for term, weight in weights.items()}


def held(weights: Mapping[str, float], stems: Iterable[str]) -> dict[str, float]:
    """Those of the weighted terms that are among the stems."""
    present = set(stems)
    return {term: weight for term, weight in weights.items() if term in present}


def _places(hit: Hit) -> Iterator[_Place]:
    """Each sentence of the hit, in order."""
    text, before = hit.article.text, list[str]()
    for start, end in hit.passage.sentences:
        first, alone = lead(text, start, end), terms(text[start:end])
        led = alone if first == start else terms(text[first:end])
        yield _Place(hit, first, start, end, alone, led, before)
        before = alone


def lead(text: str, start: int, end: int) -> int:
    """Where the sentence before begins, if this one leans on it and both stand in one paragraph."""
    first = _WORD.search(text, start, end)
    if first is None or first[0].casefold() not in _LEANING:
        return start
    paragraph = text.rfind("\n", 0, start) + 1
    before = list(sentences(text[:start].rstrip(), start=paragraph))
    return before[-1][0] if before else start


def _cosines(embedder: Embedder | None, question: Question, texts: Sequence[str]) -> list[float]:
    """Cosine of the question to each text; 0 without an embedder."""
    if embedder is None or not texts:
        return [0.0] * len(texts)
    different = list(dict.fromkeys(texts))
    query, *rows = embedder.embed_queries([question.text, *different])
    cosines = {text: float(row @ query) for text, row in zip(different, rows, strict=True)}
    return [cosines[text] for text in texts]


def _context(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> dict[int, float]:
    """By the rank of each hit, how close its passage and headline are to the question."""
    weights = shares(snapshot, question)
    query = embedder.embed_queries([question.text])[0] if embedder else None
    return {
        hit.rank: sum(held(weights, terms(f"{hit.article.title} {hit.passage.text}")).values())
        + (0.0 if query is None else snapshot.closeness(query, [hit.passage])[0])
        for hit in hits
    }


def _share(pairs: set[tuple[str, str]], stems: Sequence[str]) -> float:
    """Of the pairs, those that stand in a sentence."""
    return len(pairs & _pairs(stems)) / max(1, len(pairs))


def _pairs(stems: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(stems))
