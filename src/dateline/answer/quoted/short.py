"""The shortest string of a quotation that answers its question: a name, a time, a place, a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp

from dateline.answer.quoted.candidates import Candidate, candidates, wanted
from dateline.index.sentences import Span
from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.search.asked import Kind
from dateline.search.which import same_one

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
    "place": 0.55,
    "person": 0.6,
    "name": 0.6,
}
_NUMBERS: frozenset[Kind] = frozenset(("count", "amount", "measure", "share"))
_BOUND = lazy(  # before a number: without it, the number is another
    r"\b(?:(?:more|less|fewer|higher|lower) than|at (?:least|most)|up to|as many as|about|around|nearly|"
    r"almost|over|under|roughly|approximately) $",
    re.IGNORECASE,
)


def short_answer(question: Question, ranked: Sequence[Sentence]) -> Span | None:
    """Where it stands in the article of the best sentence; None where no string is clearly the answer.

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
    if not best:
        return None
    first, second, *_ = (*sorted(best, key=lambda key: -worth[key]), None)
    margin = worth[first] / (worth[first] + (worth[second] if second else 0.0))
    told = sum(ranked[0].holds.values())
    confidence = margin * min(1.0, best[first].worth / _FULL) * min(1.0, told / _TOLD)
    if confidence < _SURE[want.asked.kind]:
        return None
    start, end = best[first].span
    if want.asked.kind not in _NUMBERS:
        return start, end
    bounded = _BOUND.search(ranked[0].hit.article.text, ranked[0].lead, start)
    return (bounded.start() if bounded else start, end)
