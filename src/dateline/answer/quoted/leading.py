"""Which sentence comes first: one about as good as the best that has what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.answer.otherwise import in_any_words, weights_of
from dateline.answer.quoted.candidates import candidates, wanted_each
from dateline.answer.quoted.likeness import about_the_same, in_part, led_text
from dateline.answer.quoted.own_words import is_own
from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.search.kinds import tells
from dateline.search.nearby import freshness
from dateline.search.which import same_one

WORTH = 0.7  # of the best sentence's score, to a sentence that is on the point
ANSWERS, _HARDLY = 0.4, 0.25  # worth of a string that clearly answers; below which it does not
_LEADS = 0.8  # of the best score, to a sentence that may come first because it has what is asked for
_NAMES_IT = 0.7  # of score, to a sentence that has a string of the kind
_FRESH = 1.0  # to one that has a string of the kind and is fresh, where the latest is asked for
_TELLS = 1.0  # to one that gives the reason or definition asked for
_OWN = 0.6  # to a speaker's own words
_ANOTHER = 0.2  # from one that lacks the question's year, or its "first"
_COUNTED = lazy(r"\b(?:(?:19|20)\d\d|second|third|fourth|fifth)\b", re.IGNORECASE)


def own_words_first(question: Question, ranked: Sequence[Sentence]) -> Sequence[Sentence]:
    """Where it is asked what somebody said, their own words come before those of others about them."""
    best = ranked[0]
    scored = [
        replace(one, score=one.score + _OWN * (is_own(question, one) and about_the_same(question, best, one)))
        for one in ranked
    ]
    return sorted(scored, key=lambda one: -one.score)


def best_first(question: Question, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The ranking, led by one about as good as the best that answers: it has what is asked for.

    That is a string of the kind, where the question's words are, of each kind where there are two; the reason
    or definition; and it is of the one that is asked about, not of another year, nor of other names than the
    best.
    """
    wants, weights = wanted_each(question, ranked), weights_of(question, ranked)

    def value(sentence: Sentence, fresh: float) -> float:
        worths = [[one.worth for one in candidates(want, sentence)] for want in wants]
        named = sum(min(1.0, max(each) / ANSWERS) for each in worths if each and max(each) >= _HARDLY)
        news = fresh * sum(map(bool, worths))
        otherwise = sum(in_any_words(weights, sentence.stems).values()) - sum(sentence.holds.values())
        reason = _TELLS if tells(question, led_text(sentence)) else 0.0
        another = 0.0 if same_one(question, sentence) else _ANOTHER
        part = in_part(sentence.text)
        gained = (_NAMES_IT * named + _FRESH * news) / max(1, len(wants))
        return sentence.score - part + gained + otherwise + reason - another

    best = next(_of_its_number(question, ranked), ranked[0])
    good = [
        (one, fresh)
        for one, fresh in zip(ranked, freshness(question, ranked), strict=True)
        if one.score >= _LEADS * best.score and about_the_same(question, best, one)
    ]
    first, _ = max(good, key=lambda one: value(*one))
    return [first, *(one for one in ranked if one is not first)]


def _of_its_number(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences on the point that are of the one whose year or number is named: "the 2018 World Cup"."""
    if not _COUNTED.search(question.text):
        return iter(())
    return (one for one in ranked if one.score >= WORTH * ranked[0].score and same_one(question, one))
