"""Hits → the sentences that answer, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.index.embedder import Embedder
from dateline.index.sentences import sentences
from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.search.question import Question, Wanted
from dateline.types import Hit

_CONTEXT_WEIGHT = 0.5  # of what the passage and its headline say, beside what the sentence says
_FIT_WEIGHT = 0.2  # of holding the wanted kind of thing

_WORD = re.compile(r"\w+")
_LEANING = frozenset("he she it they this that these those his her their its there".split())

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
_NAME = rf"(?<=\s)[\"“(]?(?!(?:{_MONTHS}|{_DAYS}|{_SHORT_MONTHS})\b)[A-Z]\w+"
_HOLDS: dict[Wanted, re.Pattern[str]] = {
    "number": re.compile(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million|"
        r"billion|half|dozens?|twice|once|first|second|third)\b",
        re.IGNORECASE,
    ),
    "time": re.compile(
        rf"\b(?:1\d{{3}}|20\d\d|{_MONTHS}|{_DAYS}|(?:{_SHORT_MONTHS})\.|century|"
        r"today|yesterday|tomorrow|last (?:week|month|year)|next (?:week|month|year))"
    ),
    "person": re.compile(_NAME),
    "place": re.compile(_NAME),
}


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
    holds, weighted by rarity), half as much for the closeness of its passage and headline, which say what
    it is about, and a little for holding the kind of thing that is asked for.
    """
    spans = [_spans(hit) for hit in hits]
    closeness = _closeness(snapshot, embedder, question, hits, spans)
    weights = shares(snapshot, question)
    found: list[Sentence] = []
    for hit, places, (around, close) in zip(hits, spans, closeness, strict=True):
        context = around + sum(held(weights, terms(f"{hit.article.title} {hit.passage.text}")).values())
        for (lead, start, end), cosine in zip(places, close, strict=True):
            quoted = hit.article.text[lead:end]
            stems = frozenset(terms(quoted))
            holds = held(weights, stems)
            score = cosine + sum(holds.values()) + _CONTEXT_WEIGHT * context
            score += _FIT_WEIGHT * fit(question.wanted, quoted)
            text = hit.article.text[start:end]
            found.append(Sentence(hit, lead, start, end, text, score, stems, holds))
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


def fit(wanted: Sequence[Wanted], text: str) -> float:
    """Share of the wanted kinds of thing that a text holds, 0 to 1; 1 where any text would do."""
    patterns = [_HOLDS[kind] for kind in wanted if kind in _HOLDS]
    return sum(bool(pattern.search(text)) for pattern in patterns) / len(patterns) if patterns else 1.0


def _spans(hit: Hit) -> list[tuple[int, int, int]]:
    """Lead, start and end of each sentence of the hit, in its article's text."""
    text, offset = hit.article.text, hit.passage.start
    own = [(start + offset, end + offset) for start, end in sentences(hit.passage.text)]
    return [(lead(text, start, end), start, end) for start, end in own]


def lead(text: str, start: int, end: int) -> int:
    """Where the sentence before begins, if this one leans on it and both stand in one paragraph."""
    first = _WORD.search(text, start, end)
    if first is None or first[0].casefold() not in _LEANING:
        return start
    paragraph = text.rfind("\n", 0, start) + 1
    before = list(sentences(text[:start].rstrip(), start=paragraph))
    return before[-1][0] if before else start


def _closeness(
    snapshot: Snapshot,
    embedder: Embedder | None,
    question: Question,
    hits: Sequence[Hit],
    spans: Sequence[Sequence[tuple[int, int, int]]],
) -> list[tuple[float, list[float]]]:
    """Cosine of the question to each hit's passage, and to each of its sentences; 0 without an embedder."""
    if embedder is None:
        return [(0.0, [0.0] * len(places)) for places in spans]
    query = embedder.embed_queries([question.text])[0]
    passages = snapshot.closeness(query, [hit.passage for hit in hits])
    texts = [
        hit.article.text[lead:end] for hit, places in zip(hits, spans, strict=True) for lead, _, end in places
    ]
    cosines = iter((embedder.embed_queries(texts) @ query).tolist())
    return [
        (passage, [next(cosines) for _ in places]) for passage, places in zip(passages, spans, strict=True)
    ]
