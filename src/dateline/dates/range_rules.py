"""Times between others, or open on one side: "from Monday to Thursday", "since June"."""

from __future__ import annotations

from dataclasses import replace

from dateline.dates.days import DAY, Stretch, ends
from dateline.dates.grammar import Level, Rule
from dateline.dates.times import Floating, Setting, Time, resolve, then


def _range(_: Setting, first: Time, last: Time) -> Floating:
    """From the first day of the one to the last day of the other, which the range holds.

    A year that is told at one end holds for the other; else the last follows the first.
    """

    def pick(setting: Setting) -> Stretch | None:
        if isinstance(first, Floating) and isinstance(last, Stretch):
            end: Stretch | None = last
            begin = resolve(first, replace(setting, today=last.since or setting.today, look=-1))
        else:
            begin = resolve(first, setting)
            since = begin and begin.since
            end = resolve(last, replace(setting, today=since or setting.today, look=1))
        if begin is None or end is None or begin.since is None or end.until is None:
            return None
        return Stretch(begin.since, end.until, begin.grain) if begin.since < end.until else None

    return Floating(pick)


def _since(_: Setting, of: Time) -> Floating:
    """Up to today, if it has begun."""

    def pick(setting: Setting) -> Stretch | None:
        begin = resolve(of, replace(setting, look=-1))
        if begin is None or begin.since is None:
            return None
        return replace(begin, until=setting.today + DAY if begin.since <= setting.today else None)

    return Floating(pick)


def _starting(_: Setting, of: Time) -> Floating:
    def pick(setting: Setting) -> Stretch | None:
        begin = resolve(of, replace(setting, look=1))
        return replace(begin, until=None) if begin and begin.since else None

    return Floating(pick)


def _or_later(_: Setting, of: Time) -> Time | None:
    return then(of, lambda when: replace(when, until=None) if when.since else None)


def _until(_: Setting, of: Time) -> Time | None:
    return then(of, lambda when: replace(when, since=None) if when.until else None)


def _before(_: Setting, of: Time) -> Time | None:
    return then(of, lambda when: replace(when, since=None, until=days[0]) if (days := ends(when)) else None)


def _after(_: Setting, of: Time) -> Time | None:
    return then(of, lambda when: replace(when, since=days[1], until=None) if (days := ends(when)) else None)


RANGES = Level(
    Rule("(from|between)? first:when till last:when", _range),
    Rule("(from|between)? first:when comma (until|through) last:when", _range),
    Rule("between first:when and last:when", _range),
)
RELATIONS = Level(
    Rule("since of:when {!possessive}", _since),
    Rule("starting (from|on)? of:when", _starting),
    Rule("(on|in|at) or (after|later than) of:when", _or_later),
    Rule("(after|later than) or (on|in|at|x) to? of:when", _or_later),
    Rule("of:when or (after|later) {!when}", _or_later),
    Rule("from of:when on {!x|X}", _or_later),
    Rule("(on|in|at) or (before|earlier than) of:when", _until),
    Rule("(before|earlier than) or (on|in|at) of:when", _until),
    Rule("of:when or (before|earlier) {!when}", _until),
    Rule("(until|ended with|no later than) of:when {!possessive}", _until),
    Rule("(before|earlier than|prior to|in advance of) of:when {!possessive|x|X}", _before),
    Rule("(after|later than) of:when {!possessive|x|X}", _after),
)
