"""The shortest string of a quotation that answers its question: a name, a time, a place, a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import exp

from dateline.answer.quoted.candidates import Candidate, candidates, wanted
from dateline.answer.quoted.fitting import CHECKED, fits
from dateline.index.sentences import Span
from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.search.asked import Asked, Kind
from dateline.search.which import same_one
from dateline.text import Parser

_VOTERS = 8  # sentences, the best ones
_VOTE = 0.5  # of another sentence than the quoted one
_FALL = 0.15  # the loss of score in which a sentence's vote falls to a third
_FULL = 0.5  # weight of the question's words near a string, from which more adds nothing
_TOLD = 0.7  # of the question's weight in the best sentence, from which more adds nothing
_SURE: Mapping[Kind, float] = {  # the least confidence to name one
    "time": 0.43,
    "count": 0.4,
    "amount": 0.4,
    "measure": 0.4,
    "share": 0.4,
    "place": 0.65,
    "person": 0.6,
    "name": 0.7,
}
_NUMBERS: frozenset[Kind] = frozenset(("count", "amount", "measure", "share"))
_BOUND = lazy(  # before a number: without it, the number is another
    r"\b(?:(?:more|less|fewer|higher|lower) than|at (?:least|most)|up to|as many as|about|around|nearly|"
    r"almost|over|under|roughly|approximately) $",
    re.IGNORECASE,
)


def short_answer(
    question: Question, ranked: Sequence[Sentence], parser: Callable[[], Parser | None] = lambda: None
) -> Span | None:
    """Where it stands in the article of the best sentence; None where no string is clearly the answer.

    A person or a place is checked by the parser, which is loaded for it; without one, none is named.

    Further sentences that have a string of the best one vote for it. Its confidence is its share of its worth
    and that of the second best; less, where the sentence holds little of the question.
    """
    want = wanted(question, ranked)
    if want is None or question.parts or not ranked or not same_one(question, ranked[0]):
        return None
    worth = defaultdict[tuple[str, ...], float](float)
    best: dict[tuple[str, ...], Candidate] = {}
    for place, sentence in enumerate(ranked[:_VOTERS]):
        trust = exp((sentence.score - ranked[0].score) / _FALL) * (_VOTE if place else 1.0)
        for one in candidates(want, sentence):
            if place and one.key not in best:
                continue
            worth[one.key] += trust * one.worth
            if one.key not in best or (not place and best[one.key].worth < one.worth):
                best[one.key] = one
    while best:
        first, second, *_ = (*sorted(best, key=lambda key: -worth[key]), None)
        margin = worth[first] / (worth[first] + (worth[second] if second else 0.0))
        told = sum(ranked[0].holds.values())
        confidence = margin * min(1.0, best[first].worth / _FULL) * min(1.0, told / _TOLD)
        if confidence < _SURE[want.asked.kind]:
            return None
        if want.asked.kind not in CHECKED or _fits(parser(), want.asked, ranked[0], best[first].span):
            return _whole(want.asked.kind, ranked[0], best[first].span)
        del best[first]  # the next one is told from what is left
    return None


def _fits(parser: Parser | None, asked: Asked, sentence: Sentence, span: Span) -> bool:
    return parser is not None and fits(parser, asked, sentence, span)


def _whole(kind: Kind, sentence: Sentence, span: Span) -> Span:
    """A number with what bounds it: "more than 40"."""
    start, end = span
    if kind not in _NUMBERS:
        return start, end
    bounded = _BOUND.search(sentence.hit.article.text, sentence.lead, start)
    return (bounded.start() if bounded else start, end)
