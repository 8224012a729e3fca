"""Days as a preference: of the best sentences, first those that tell of the days that are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import exp

from dateline.dates import resolve_dates
from dateline.search.asked import asked_for_each
from dateline.search.fusion import Found
from dateline.search.moments import DAY, Moment, Pull, about_plans, about_the_present
from dateline.search.question import Question, content_terms
from dateline.search.sentences import Sentence
from dateline.search.which import same_one
from dateline.types import Article

_BEST = 8  # sentences that say of when the news is that a question asks for
_JUST_BEFORE = 30 * DAY
_READ = 60  # of the best sentences, whose days are resolved
_SPEAKS = 1.5  # times the score, for one that speaks of a day that is named
_GAIN = 0.6  # of the score of a sentence of an answer, for the same; for being fresh where that is asked for
_FRESH_DAYS = 30.0  # after which a third of that is left


def preferred(moments: Sequence[Moment], today: date | None) -> tuple[date | None, date | None]:
    """The first and last day whose news is preferred: those that are named, else the day of asking.

    What happened just before that day, is told best by the freshest news.
    """
    named = [moment for moment in moments if moment.of != "subject"]
    days = [day for moment in named for day in (moment.since, moment.until) if day]
    if named and len(days) == 2 * len(named) and (today is None or max(days) < today - _JUST_BEFORE):
        return min(days), max(days)
    return None, today


def pulled_to(pull: Pull | None, found: Sequence[Found]) -> date | None:
    """The day of the latest, or of the earliest, of the best sentences."""
    days = [one.article.day for one in found[:_BEST] if one.article.day]
    if pull is None or not days:
        return None
    return max(days) if pull == "latest" else min(days)


def speaking_of(moments: Sequence[Moment], found: Sequence[Found]) -> list[Found]:
    """The sentences anew: those come forward that speak of days that are named, or were published then."""
    if not moments:
        return list(found)
    head = [
        replace(one, score=one.score * (_SPEAKS if speaks_of(moments, one.article, one.span) else 1.0))
        for one in found[:_READ]
    ]
    return sorted([*head, *found[_READ:]], key=lambda one: -one.score)


def timely(question: Question, ranked: Sequence[Sentence], today: date | None) -> list[Sentence]:
    """The sentences of an answer anew, with what each gains for its days, best first.

    Where a string is asked for, fresh news without one is no better: there, `freshness` is left to whoever
    sees which sentences have one.
    """
    fresh = [0.0] * len(ranked) if asked_for_each(question.text) else freshness(question, ranked, today)
    told = [speaks_of(question.moments, one.hit.article, (one.lead, one.end)) for one in ranked]
    timed = [
        replace(one, score=one.score + _GAIN * (new + named))
        for one, new, named in zip(ranked, fresh, told, strict=True)
    ]
    return sorted(timed, key=lambda one: -one.score)


def freshness(question: Question, ranked: Sequence[Sentence], today: date | None = None) -> list[float]:
    """How fresh each sentence is, 0 to 1, where a question asks for the present or looks ahead; else 0.

    Counted from `today`, or from the newest of the best. News of another one than is asked about, of the
    third and not the second, is no fresher news of it.
    """
    if not (about_plans(question.text) or about_the_present(question.text)):
        return [0.0] * len(ranked)
    alike = [one.hit.article.day if same_one(question, one) else None for one in ranked]
    newest = today or max((day for day in alike[:_BEST] if day), default=None)
    return [exp(-abs((newest - day).days) / _FRESH_DAYS) if newest and day else 0.0 for day in alike]


def by_day(question: Question) -> Question:
    """The question for ranking sentences: days of a subject, too, are compared as days and not as words."""
    days = {term for moment in question.moments for term in content_terms(moment.words)}
    return replace(question, terms=tuple(term for term in question.terms if term not in days))


def speaks_of(moments: Sequence[Moment], article: Article, span: tuple[int, int]) -> bool:
    """True where an article was published on a day that is named, or its sentence speaks of one."""
    day = article.day
    if day is None or not moments:
        return False
    if any(moment.holds(day, day) for moment in moments):
        return True
    named = [moment for moment in moments if moment.of != "appeared"]
    return any(
        moment.holds(told.since, told.until and told.until - DAY)
        for told in (resolve_dates(article.text[slice(*span)], day) if named else ())
        if told.reason is None
        for moment in named
    )
