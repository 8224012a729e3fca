"""The days that a sentence gives for what a question asks the time of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from dateline.answer.disagreement.asked import Asked
from dateline.answer.disagreement.bind import bound_to
from dateline.answer.disagreement.told import Found, Heard, spans, spoken
from dateline.answer.disagreement.values import Days
from dateline.search import Sentence
from dateline.types import TimeSpan
from dateline.verification.speakers import SAYING
from dateline.verification.tokens import Token

_GRAINS = frozenset(("time", "day", "weekend", "week", "month", "year"))
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_DAYS = frozenset(("today", "yesterday", "tomorrow"))
_DAY = timedelta(days=1)
_IN = frozenset(("in", "by"))
_OPEN = frozenset("since until before after from during for over".split())


def days(asked: Asked, heard: Heard) -> Iterator[Found]:
    """Each stretch of days of the sentence that is bound to what is asked, and is no day of speaking."""
    near = asked.action or asked.events | asked.head
    for span in spans(heard.sentence):
        inside = [n for n, token in enumerate(heard.tokens) if span.start <= token.start < span.end]
        found = stretch(asked, heard.sentence, span)
        if not inside or found is None or spoken(span, heard.tokens) or _attribute(heard, span, inside):
            continue
        if any(bound_to(near, heard.tokens, place, _intervenes) for place in (inside[0], inside[-1])):
            yield found


def stretch(asked: Asked, sentence: Sentence, span: TimeSpan) -> Found | None:
    """The span as a value, where it lies on that side of the article's day which the question asks of."""
    if span.since is None or span.until is None or span.grain not in _GRAINS:
        return None
    published = sentence.hit.article.day
    if asked.ahead is not None and published is not None:
        fits = span.since >= published if asked.ahead else span.since <= published
        if not fits:
            return None
    if asked.ahead is not False and published is not None and span.since in (published, published - _DAY):
        return None  # the news of its own day: when something else happened that led to the report
    value = Days("time", span.since, span.until, _YEAR.search(span.text) is not None)
    return value, (span.start, span.end)


def _attribute(heard: Heard, span: TimeSpan, inside: list[int]) -> bool:
    """Whether the days are open, of no one day, or of something else: "the 2024 Games", "next year's"."""
    held, first, last = heard.tokens, inside[0], inside[-1]
    before = held[first - 1].word if first else ""
    if before in _OPEN or held[first].word in _OPEN:
        return True
    if not any(held[place].kind == "date" or held[place].word in _DAYS for place in inside):
        return True  # "5 p.m.", "now", "last week"
    names = span.grain == "year" and before not in _IN and last + 1 < len(held)
    if names and held[last + 1].kind == "name":
        return True
    return heard.sentence.text[span.end : span.end + 2] in ("'s", "’s")


def _intervenes(token: Token) -> bool:
    """Another day, or somebody who speaks on this one."""
    return token.kind == "date" or token.word in SAYING
