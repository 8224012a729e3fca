"""The shortest string of a quotation that answers its question: a name, a time, a place, a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.search import Question, Sentence
from dateline.search.asked import Asked, Kind, asked_for, strings

_VOTERS = 8  # sentences, the best ones
_VOTE = 0.5  # of another sentence than the quoted one
_FALL = 0.15  # the loss of score in which a sentence's vote falls to a third
_NEAR = 6.0  # tokens in which a word of the question counts a third
_FULL = 0.5  # weight of the question's words near a string, from which more adds nothing
_TOLD = 0.7  # of the question's weight in the best sentence, from which more adds nothing
_SURE: Mapping[Kind, float] = {  # the least confidence to name one
    "time": 0.4,
    "count": 0.4,
    "amount": 0.4,
    "measure": 0.4,
    "share": 0.4,
    "place": 0.55,
    "person": 0.55,
    "name": 0.6,
}
_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[.,;:()—–]")
_NUMBERS: frozenset[Kind] = frozenset(("count", "amount", "measure", "share"))
_BOUND = re.compile(  # before a number: without it, the number is another
    r"\b(?:(?:more|less|fewer|higher|lower) than|at (?:least|most)|up to|as many as|about|around|nearly|"
    r"almost|over|under|roughly|approximately) $",
    re.IGNORECASE,
)
_PLACED = frozenset("in at of from the to on".split())  # before a name: mostly no person's


@dataclass(frozen=True, slots=True)
class _Token:
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A string of a sentence: what it says, whatever its form; where it stands; how well it would answer."""

    key: tuple[str, ...]
    span: Span  # in the article
    worth: float


def short_answer(question: Question, ranked: Sequence[Sentence]) -> Span | None:
    """Where it stands in the article of the best sentence; None where no string is clearly the answer.

    A string of the kind that is asked for is worth the weight of the question's words near it, more where it
    stands as an answer would ("48 PASSENGERS"); further sentences that have it vote for it. Its confidence is
    its share of its worth and that of the second best; less, where the sentence holds little of the question.
    """
    asked = asked_for(question.text)
    if asked is None or question.parts or not ranked:
        return None
    worth = defaultdict[tuple[str, ...], float](float)
    best: dict[tuple[str, ...], _Candidate] = {}
    for place, sentence in enumerate(ranked[:_VOTERS]):
        trust = exp((sentence.score - ranked[0].score) / _FALL) * (_VOTE if place else 1.0)
        for one in _candidates(asked, question, sentence):
            if place and one.key not in best:
                continue
            worth[one.key] += trust * one.worth
            if one.key not in best or (not place and best[one.key].worth < one.worth):
                best[one.key] = one
    if not best:
        return None
    first, second, *_ = (*sorted(best, key=lambda key: -worth[key]), None)
    margin = worth[first] / (worth[first] + (worth[second] if second else 0.0))
    told = sum(ranked[0].holds.values())
    confidence = margin * min(1.0, best[first].worth / _FULL) * min(1.0, told / _TOLD)
    if confidence < _SURE[asked.kind]:
        return None
    start, end = best[first].span
    if asked.kind not in _NUMBERS:
        return start, end
    bounded = _BOUND.search(ranked[0].hit.article.text, ranked[0].lead, start)
    return (bounded.start() if bounded else start, end)


def _candidates(asked: Asked, question: Question, sentence: Sentence) -> Iterator[_Candidate]:
    """Strings of the wanted kind that the question does not name itself."""
    article = sentence.hit.article
    text = article.text[sentence.lead : sentence.end]
    tokens = _tokens(text)
    known = set(terms(question.text))
    for start, end in dict.fromkeys(strings(asked, text, article.day)):
        inside = [n for n, token in enumerate(tokens) if start <= token.start < end]
        key = tuple(tokens[n].stem for n in inside)
        if not inside or all(stem in known for stem in key if len(stem) > 1 or stem.isdigit()):
            continue
        around = _Around(tokens, inside[0], inside[-1])
        cue = _cue(asked, around, key, known, sentence.holds)
        worth = max(0.0, around.nearness(sentence.holds) + cue) + 0.05
        yield _Candidate(key, (sentence.lead + start, sentence.lead + end), worth)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around tokens[first : last + 1]."""

    tokens: Sequence[_Token]
    first: int
    last: int

    @property
    def before(self) -> str:
        return self.tokens[self.first - 1].stem if self.first else ""

    @property
    def after(self) -> list[str]:
        return [token.stem for token in self.tokens[self.last + 1 : self.last + 4]]

    def nearness(self, weights: Mapping[str, float]) -> float:
        """The weight of the terms, each by how near to the string it stands."""
        distances: dict[str, int] = {}
        for n, token in enumerate(self.tokens):
            if token.stem in weights and not self.first <= n <= self.last:
                distance = self.first - n if n < self.first else n - self.last
                distances[token.stem] = min(distance, distances.get(token.stem, distance))
        return sum(weights[stem] * exp((1 - distance) / _NEAR) for stem, distance in distances.items())


def _cue(
    asked: Asked, around: _Around, key: Sequence[str], known: set[str], holds: Mapping[str, float]
) -> float:
    """What the words beside a string say for it or against it."""
    repeats = any(stem in known and len(stem) > 1 for stem in key)
    before, after = around.before, around.after
    match asked.kind:
        case "person":
            does = 0.3 * (asked.does in after)
            subject = 0.1 * (len(key) > 1) + 0.1 * (around.first == 0) + 0.4 * (before == "by")
            of_a_thing = bool(after) and after[0] in holds and after[0] != asked.does  # "the Tham Luang CAVE"
            return does + subject - 0.35 * (before in _PLACED) - 0.3 * (repeats + of_a_thing)
        case "name":
            return 0.4 * (before == "by") - 0.3 * repeats
        case "place":
            stands = 0.2 * (before in ("in", "at", "near")) - 0.2 * (before == "of")
            return stands - 0.3 * (repeats and not asked.which)
        case "count":
            if set(asked.counted) & set(after):
                return 0.5
            return -0.2 if asked.counted else 0.0
        case _:
            return 0.0


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        stems = terms(match[0])
        found.append(_Token(stems[0] if stems else match[0], match.start(), match.end()))
    return found
