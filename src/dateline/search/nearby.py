"""Days as a preference: of the best sentences, first those that tell of the days that are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import exp

from dateline.dates import resolve_dates
from dateline.search.fusion import Found
from dateline.search.moments import DAY, Moment, Pull, about_plans, about_the_present
from dateline.search.question import Question, content_terms
from dateline.search.sentences import Sentence
from dateline.types import Article

_BEST = 8  # sentences that say of when the news is that a question asks for
_JUST_BEFORE = 30 * DAY
_READ = 60  # of the best sentences, whose days are resolved
_SPEAKS = 1.5  # times the score, for one that speaks of a day that is named
_GAIN = 0.6  # of the score of a sentence of an answer, for the same; for being fresh where that is asked for
_PLANNED = 1.0  # the same, where it looks ahead: what is planned is told anew, and more exactly
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
    """The sentences of an answer anew, with what each gains for its days, best first."""
    days = [one.hit.article.day for one in ranked[:_BEST] if one.hit.article.day]
    plans = about_plans(question.text)
    present = plans or about_the_present(question.text)
    newest = today or max(days, default=None)

    def gain(one: Sentence) -> float:
        article = one.hit.article
        gained = _GAIN if speaks_of(question.moments, article, (one.lead, one.end)) else 0.0
        if present and newest and article.day:
            gained += (_PLANNED if plans else _GAIN) * exp(-abs((newest - article.day).days) / _FRESH_DAYS)
        return gained

    if not question.moments and not present:
        return list(ranked)
    timed = [replace(one, score=one.score + gain(one)) for one in ranked]
    return sorted(timed, key=lambda one: -one.score)


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
