"""Hits → the sentences that answer, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.index.embedder import Embedder
from dateline.index.sentences import sentences
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.kinds import fit
from dateline.search.question import Question
from dateline.types import Hit

_CONTEXT_WEIGHT = 0.5  # of what the passage and its headline say, beside what the sentence says
_PAIRS_WEIGHT = 0.5  # of holding words of the question in its order
_ALONE_SHARE = 0.25  # of what a sentence says without the one that it leans on
_FIT_WEIGHT = 0.7  # of holding the wanted kind of thing

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


def rank(
    snapshot: Snapshot, embedder: Embedder | None, question: Question, hits: Sequence[Hit]
) -> list[Sentence]:
    """Every sentence of the hits, the likeliest to answer first.

    Its score is closeness to the question (cosine, plus the share of the question's content words that it
    holds, weighted by rarity), by itself and with the sentence that it leans on; half as much for that of its
    passage and headline, which say what it is about; and a little for the question's pairs of words and for
    the kind of thing that is asked for.
    """
    places = [(hit, *place) for hit in hits for place in _spans(hit)]
    cosines = _cosines(
        embedder,
        question,
        [hit.article.text[a:end] for hit, lead, start, end in places for a in (start, lead)],
    )
    around = _context(snapshot, embedder, question, hits)
    weights, pairs = shares(snapshot, question), _pairs(terms(question.text))
    found: list[Sentence] = []
    for number, (hit, lead, start, end) in enumerate(places):
        text = hit.article.text
        stems = terms(text[lead:end])
        holds = held(weights, stems)
        alone = sum(held(weights, terms(text[start:end])).values())
        score = _ALONE_SHARE * (cosines[2 * number] + alone)
        score += (1 - _ALONE_SHARE) * (cosines[2 * number + 1] + sum(holds.values()))
        score += _CONTEXT_WEIGHT * around[hit.rank]
        score += _PAIRS_WEIGHT * len(pairs & _pairs(stems)) / max(1, len(pairs))
        score += _FIT_WEIGHT * fit(question, text[lead:end])
        found.append(Sentence(hit, lead, start, end, text[start:end], score, frozenset(stems), holds))
    return sorted(found, key=lambda sentence: -sentence.score)


def shares(snapshot: Snapshot, question: Question) -> dict[str, float]:
    """What each content word of the question weighs by its rarity; together 1, or 0 where all are common."""
    weights = {term: snapshot.words.rarity(term) for term in question.terms}
    total = sum(weights.values()) or 1.0
    return {term: weight / total for term, weight in weights.items()}


def held(weights: Mapping[str, float], stems: Iterable[str]) -> dict[str, float]:
    """Those of the weighted terms that are among the stems."""
    present = set(stems)
    return {term: weight for term, weight in weights.items() if term in present}


def _spans(hit: Hit) -> list[tuple[int, int, int]]:
    """Lead, start and end of each sentence of the hit, in its article's text."""
    return [(lead(hit.article.text, start, end), start, end) for start, end in hit.passage.sentences]


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


def _pairs(stems: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(stems))
