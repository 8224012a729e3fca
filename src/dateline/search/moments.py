"""Days that a question names, read by rule: on which reports appeared, or on which what they tell happened.

A day that is part of a subject ("the 2020 budget", "the Feb. 27-28 summit") is none of these, and neither is
one to come: a wrong window loses the answer, so where the words leave a doubt there is no window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.dates import resolve_dates
from dateline.dates.tense import look
from dateline.patterns import lazy
from dateline.search.clock import Clock
from dateline.types import TimeSpan

Of = Literal["appeared", "happened", "subject"]

DAY = timedelta(days=1)
_FIRST_STRETCH = 90 * DAY  # of days without an end, must be covered
# What happened is reported from that day on, and told again for a while: longer, the less exact the words.
# That of a whole year is told again for years.
_TOLD_FOR = {
    **dict.fromkeys(("time", "day", "weekend", "week"), 45 * DAY),
    "month": 90 * DAY,
    **dict.fromkeys(("quarter", "season", "half"), 180 * DAY),
}

_REPORT = r"(?:report|article|story|stories|coverage|piece|review|dispatch|account)(?:e?s)?"
_OUTLET = r"(?:(?:[A-Z‘'“\"(|&-]\S*|and|of|the|both)\s+){1,8}"
_QUOTED = r"['\"‘“]?"
# What stands before the day on which a report appeared.
_APPEARED = lazy(
    rf"(?:\b(?i:published|posted|printed|dated|reported)\s+(?:(?:at|on|in|during)\s+)?(?:the\s+)?"
    rf"|\b{_REPORT}\s+(?:of|on|from|dated)\s+(?:the\s+)?"
    rf"|\b{_REPORT}\s+(?:by|from|in)\s+{_OUTLET}(?:on|of|in)\s+(?:the\s+)?){_QUOTED}$"
)
_AND_THAT = lazy(r"\b(?:that|the\s+one)\s+(?:of|on|from)\s+(?:the\s+)?$")  # after another report
_ARTICLE_OF_DAY = lazy(rf"['\"’”]?,?\s+{_REPORT}\b", re.IGNORECASE)  # "the November 6, 2023, article"
_ASKS_REPORTS = lazy(
    r"^\W*(?:what|which)\b.*\b(?:(?:was|were|has\s+been|have\s+been)\s+(?:reported|published|written)"
    r"|did\s+.+\s(?:report|publish|write))\b",
    re.IGNORECASE,
)
_IN = lazy(r"\b(?:in|on|during|over|within)\s+(?:the\s+)?$", re.IGNORECASE)
_ALONE = lazy(  # times that need no preposition
    r"^(?:since|between|from|before|after|until|by|yesterday|last|over|the\s+(?:past|last)|earlier\s+this)\b"
    r"|\bago$",
    re.IGNORECASE,
)
_FROM_TODAY = lazy(r"\b(?:yesterday|last|past|previous|earlier|later|ago|this|today|\w+day)\b", re.IGNORECASE)
_WEEKDAY = lazy(r"^(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_NOW = lazy(r"\b(?:this|today|tonight|now|current\w*|recent\w*|coming|next)\b", re.IGNORECASE)
_SAME = lazy(r"^(?:the\s+same|that|those)\b", re.IGNORECASE)
_PERFECT = lazy(r"\b(?:has|have)\b", re.IGNORECASE)  # "have ever been born on July 4": of any year
_SAID_BEFORE = lazy(r"[^?]*?[.!]\s+[\"“‘']?[A-Z][^?]*\?")  # another sentence follows, which asks
_YEAR = lazy(r"\b[12]\d{3}\b|['’]\d\d\b")
# After a time that stands for itself: an end, or a word that begins something else.
_ENDS = lazy(
    r"['\"’”]?\s*(?:$|[?.!,;:)]|(?:in|on|at|by|with|about|after|before|and|or|to|from|for|of|when|while|who|that"
    r"|which|did|was|were|had|has|have|is|are|the|a|an|as|during|over|into|through|between|because|according"
    r"|where|what|how|why|if|but|than|there|near|against|regarding)\b)",
    re.IGNORECASE,
)
# "about the summit in February": the day is that of what is asked about, not that of the answer.
_OF_A_SUBJECT = lazy(
    r"\b(?:about|regarding|concerning|of|for|to|on|over|before|after)\s+(?:the|an?|its|their|his|her|this)\s+"
    r"(?:[\w'’-]+\s+){0,4}?[a-z][\w'’-]*\s+(?:in|on|during|over|within)\s+(?:the\s+)?$"
)
# "the film that opened on Friday": the same.
_RELATIVE = lazy(r"(?<=[a-z'’”\"])\s(?:that|which|who|whom|where)\s[^,;?]*$")


@dataclass(frozen=True, slots=True)
class Moment:
    """The first and the last day that words of a question name; None leaves a side open.

    Its reports `appeared` then, or tell what `happened` then, or of a `subject` named after these days.
    """

    words: str
    since: date | None
    until: date | None
    of: Of
    zones: timedelta = timedelta(0)  # the day of an event here may be the one before or after there
    told_for: timedelta | None = timedelta(0)  # after its last day; None: for good

    @property
    def first(self) -> date | None:
        """The first day on which a report of it may have been published."""
        return self.since and self.since - self.zones

    @property
    def last(self) -> date | None:
        """The last such day."""
        if self.until is None or self.told_for is None:
            return None
        return self.until + self.zones + self.told_for

    @property
    def relative(self) -> bool:
        """True for words that count from the day of asking."""
        return _FROM_TODAY.search(self.words) is not None

    def holds(self, since: date | None, until: date | None) -> bool:
        """True when days, `until` inclusive, are among its own."""
        after = self.until is not None and (since is None or since > self.until)
        before = self.since is not None and (until is None or until < self.since)
        return not after and not before


def moments(text: str, clock: Clock) -> tuple[Moment, ...]:
    """The days that a question names, in its order.

    Of two times, one of which is before the archive begins, neither bounds what is searched.
    """
    found: list[Moment] = []
    history: list[Moment] = []
    for number, span in enumerate(resolve_dates(text, clock.today)):
        of = _kind(text, span, found)
        if clock.ended and _WEEKDAY.search(span.text):
            continue  # it was meant from the day of asking, which is long after
        placed = of and _placed(text, number, span, clock)
        if of is None or placed is None:
            continue
        moment = _moment(placed, of)
        if of == "appeared" or _FROM_TODAY.search(span.text) or _covered(moment, clock):
            found.append(moment)
        else:
            history.append(moment)
    if all(any(one.of == "happened" for one in each) for each in (found, history)):
        both = (*history, *found)
        return tuple(replace(one, of="subject") if one.of == "happened" else one for one in both)
    return tuple(found)


def _kind(text: str, span: TimeSpan, before: Sequence[Moment]) -> Of | None:
    """What the days are those of; None where they are none, or to come."""
    if span.reason or (span.since is None and span.until is None):
        return None
    head, tail = text[: span.start], text[span.end :]
    if tail.startswith(("'s ", "’s ")) or _NOW.search(span.text) or _SAME.search(span.text):
        return None
    if _APPEARED.search(head) or (before and before[-1].of == "appeared" and _AND_THAT.search(head)):
        return "appeared"
    if span.grain == "day" and _ARTICLE_OF_DAY.match(tail):
        return "appeared"
    stands_alone = _ALONE.search(span.text) is not None
    if not (stands_alone or _IN.search(head)) or not _ENDS.match(tail):
        return "subject" if re.search(r"\d", span.text) else None
    if _ASKS_REPORTS.search(text):
        return "appeared"
    if span.grain == "year" and _FROM_TODAY.search(span.text):
        return "subject"  # a figure of last year's may have been told within it
    sentence = text[:1].lower() + text[1:]
    if look(sentence, (0, len(text)), (span.start, span.end)) >= 0 or _SAID_BEFORE.match(tail):
        return None
    if stands_alone:
        return "happened"
    if not _YEAR.search(span.text) and _PERFECT.search(head):
        return None
    return "subject" if _OF_A_SUBJECT.search(head) or _RELATIVE.search(head) else "happened"


def _placed(text: str, number: int, span: TimeSpan, clock: Clock) -> TimeSpan | None:
    """The span in its year: where none is said, in the last of which there are reports."""
    if _YEAR.search(span.text) or _FROM_TODAY.search(span.text) or clock.given:
        return span
    for year in range(clock.today.year - clock.first.year + 1):
        one = resolve_dates(text, clock.today - 365 * year * DAY)[number]
        if one.since and one.until and clock.covers(one.since, one.until):
            return one
    return None


def _moment(span: TimeSpan, of: Of) -> Moment:
    until = span.until and span.until - DAY
    told = _TOLD_FOR.get(span.grain) if of == "happened" else timedelta(0)
    exact = span.grain in ("time", "day", "weekend")
    as_printed = of == "appeared" and _FROM_TODAY.search(span.text)
    return Moment(span.text, span.since, until, of, DAY if exact and not as_printed else timedelta(0), told)


def _covered(moment: Moment, clock: Clock) -> bool:
    """False for history, which an archive tells in looking back, and for what is to come."""
    since, until = moment.since, moment.last or clock.today
    if since is None:
        return moment.until is not None and clock.first <= moment.until
    until = min(until, since + _FIRST_STRETCH)
    return since <= clock.today and clock.first <= since + 31 * DAY and clock.covers(since, until)


def window(found: Sequence[Moment], parts: Sequence[str]) -> tuple[date | None, date | None]:
    """The first and last day on which reports of all the moments may have appeared.

    Of a question with parts, each must name one: what the others ask for may be of any day.
    """
    found = [one for one in found if one.of != "subject"]
    if not found or not all(any(one.words in part for one in found) for part in parts):
        return None, None
    first, last = [one.first for one in found], [one.last for one in found]
    return _bound(first, min), _bound(last, max)


def told_of(found: Sequence[Moment]) -> tuple[date, date] | None:
    """The first and last day of what happened, where the moments are of nothing else; None elsewhere."""
    found = [one for one in found if one.of != "subject"]
    days = [day for one in found for day in (one.since, one.until) if day]
    if len(days) < 2 * len(found) or not days or any(one.of != "happened" for one in found):
        return None
    return min(days), max(days)


def _bound(days: Sequence[date | None], choose: Callable[[Iterator[date]], date]) -> date | None:
    return None if None in days else choose(day for day in days if day)


# -- the present

_PRESENT = lazy(
    r"\b(?:latest|newest|most\s+recent(?:ly)?|now|current(?:ly)?|still|nowadays|these\s+days"
    r"|so\s+far|to\s+date|at\s+present|at\s+the\s+moment|any\s+longer|any\s?more)\b",
    re.IGNORECASE,
)
_NOT_PRESENT = lazy(r"\b(?:until|by|before|even|just|from)\s+now\b", re.IGNORECASE)
_AHEAD = lazy(r"\b(?:will|won['’]t|(?:is|are)\s+(?:going|to|set|due|expected))\b", re.IGNORECASE)
_STATE = lazy(r"^\W*(?:(?:who|where)\s+(?:is|are|does|do)|is|are|does|do)\b", re.IGNORECASE)
_FIRST = lazy(
    r"\b(?:first|earliest)\s+(?:(?:news|media|press)\s+)?(?:reports?|reported|coverage|articles?|mention(?:ed)?)\b",
    re.IGNORECASE,
)


Pull = Literal["latest", "earliest"]
_REPORTING = lazy(rf"\b(?:{_REPORT}|reported|publish(?:ed)?|write|wrote|written)\b", re.IGNORECASE)


def pull(text: str) -> Pull | None:
    """ "latest" where the words of a question ask for the present state, "earliest" for the first report.

    "The first summit" is a subject, and does neither.
    """
    if _FIRST.search(text):
        return "earliest"
    return "latest" if _PRESENT.search(_NOT_PRESENT.sub("", text)) else None


def about_the_present(text: str) -> bool:
    """True where an answer is believed to hold on the day of asking."""
    return pull(text) == "latest" or _STATE.search(text) is not None


def about_plans(text: str) -> bool:
    """True where a question looks ahead: the latest report knows best."""
    return _AHEAD.search(text) is not None


_DEVELOPED = lazy(
    r"\b(?:time\s?lines?|chronology|(?:course|sequence)\s+of\s+events)\b(?:\s+of\b)?"
    r"|^\W*how\s+(?:did|has|have)\b.*\b(?P<verb>develop(?:ed)?|evolved?|unfold(?:ed)?|come\s+about)\b",
    re.IGNORECASE,
)
_DEVELOP = lazy(r"\b(?:develop(?:ed)?|evolved?|unfold(?:ed)?|come\s+about)\b", re.IGNORECASE)


def asks_how_it_developed(text: str) -> bool:
    """True where a question asks for a timeline."""
    return _DEVELOPED.search(text) is not None


def timeless(text: str, found: Sequence[Moment]) -> str:
    """A question without its words of time: when it was, and that it was reported, is not what is told."""
    for moment in found:
        if moment.of != "subject":
            text = text.replace(moment.words, " ")
    if any(moment.of == "appeared" for moment in found):
        text = _REPORTING.sub(" ", text)
    if told := _DEVELOPED.search(text):
        text = _DEVELOP.sub(" ", text) if told["verb"] else _DEVELOPED.sub(" ", text)
    return _PRESENT.sub(" ", text)
