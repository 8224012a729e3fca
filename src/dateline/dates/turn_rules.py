"""Times told by a step or a place among others: "last Friday", "the first week of October"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dateline.dates.days import DAY, Stretch, ends, moved, one_day, unit_at
from dateline.dates.grammar import Level, Rule
from dateline.dates.times import Floating, Setting, Time, then, weekly
from dateline.dates.unit_rules import Amount, grain_of
from dateline.types import Grain

_JUST_OVER = 31 * DAY  # after the winter, in which it is "this winter" yet


def _weekday(_: Setting, weekday: int) -> Floating:
    return weekly(weekday)


def _step_weekday(setting: Setting, step: int, weekday: int) -> Stretch:
    """This week's, or the next week's; but the last is the one before today."""
    today = setting.today
    if step < 0:
        return one_day(today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1))
    return one_day(today + timedelta(days=weekday - today.weekday() + 7 * step))


def _weekday_of(_: Setting, weekday: int, of: Stretch) -> Stretch | None:
    return one_day(of.since + weekday * DAY) if of.grain == "week" and of.since else None


def _weekdays_of(_: Setting, first: int, last: int, of: Stretch) -> Stretch | None:
    if of.grain != "week" or of.since is None or first >= last:
        return None
    return Stretch(of.since + first * DAY, of.since + (last + 1) * DAY, "day")


def _weekdays_on(setting: Setting, count: int, weekday: int) -> Stretch:
    first = (weekday - setting.today.weekday() - 1) % 7 + 1
    return one_day(setting.today + timedelta(days=first + 7 * (count - 1)))


def _step_part(_: Setting, step: int, part: Floating) -> Floating:
    """The last that is over, the next to come; this year's, unless the sentence looks the other way."""
    in_year = part.in_year
    assert in_year is not None

    def pick(setting: Setting) -> Stretch | None:
        today, look = setting.today, setting.look
        if step == 0:
            this, before = in_year(today.year), in_year(today.year - 1)
            if before and before.until and before.grain == "season" and today < before.until + _JUST_OVER:
                this = before
            since, until = (this and ends(this)) or (today, today)
            past = until <= today and this is not before
            return part.pick(setting) if (look < 0 and since > today) or (look > 0 and past) else this
        years = range(today.year - 2, today.year + 3)
        near = [(found, one) for one in map(in_year, years) if one and (found := ends(one))]
        if step < 0:
            return next((one for (_, until), one in reversed(near) if until <= today), None)
        return next((one for (since, _), one in near if since > today), None)

    return Floating(pick)


def _nth_of(_: Setting, number: int, unit: Grain, of: Time) -> Time | None:
    """The first week of a period is the first with most of its days in it, the last the last such one."""
    middle = 4 if unit == "week" else 1

    def find(period: Stretch) -> Stretch | None:
        if (days := ends(period)) is None:
            return None
        since, until = days
        first = number > 0
        found = (
            unit_at(unit, since + (middle - 1) * DAY, number - 1)
            if first
            else unit_at(unit, until - middle * DAY)
        )
        return found if found.since and found.since < until else None

    return then(of, find) if number > 0 or number == -1 else None


def _unit_of(_: Setting, unit: Grain, of: Time) -> Time | None:
    """ "the week of Feb. 4", "the month of May" """

    def find(day: Stretch) -> Stretch | None:
        if day.grain == unit:
            return day
        return unit_at(unit, day.since) if day.since and unit in ("week", "weekend", "month") else None

    return then(of, find)


def _around(_: Setting, day: Time, unit: str) -> Time | None:
    """ "Thanksgiving week"; "Labor Day weekend" holds the holiday, too."""
    if unit == "week":
        return then(day, lambda of: unit_at("week", of.since) if of.since else None)
    if unit != "weekend":
        return None

    def find(of: Stretch) -> Stretch | None:
        if of.since is None or of.until is None:
            return None
        near = unit_at("weekend", of.since - 3 * DAY if of.since.weekday() < 2 else of.since)
        since, until = ends(near) or (of.since, of.until)
        return replace(near, since=min(since, of.since), until=max(until, of.until))

    return then(day, find)


def _ended(_: Setting, of: Time, amount: Amount) -> Time | None:
    def find(last: Stretch) -> Stretch | None:
        if last.until is None:
            return None
        return Stretch(moved(last.until, amount, -1), last.until, grain_of(amount))

    return then(of, find)


def _unit_ended(setting: Setting, of: Time, unit: str) -> Time | None:
    return _ended(setting, of, {unit: 1})


TURNS = Level(
    Rule("weekday:any_weekday (on|of|comma)? of:span", _weekday_of),
    Rule("of:span (on|comma)? weekday:any_weekday", _weekday_of),
    Rule("of:span (between|from) first:any_weekday (and|till) last:any_weekday", _weekdays_of),
    Rule("step:step weekday:any_weekday", _step_weekday),
    Rule("step:told_step weekday:any_weekday", _step_weekday),
    Rule("count:count weekday:weekday (later|hence)", _weekdays_on),
    Rule("count:count weekday:weekdays (later|hence|from date)", _weekdays_on),
    Rule("weekday:weekday", _weekday),
    Rule("weekday:short_weekday {dash|to|and|possessive|other|clock|part|dot}", _weekday),
    Rule("{on|from|to|until|by|since|and|dash|between} weekday:short_weekday", _weekday),
    Rule("the? number:nth unit:unit of? (in|the)? of:when", _nth_of),
    Rule("the? number:step unit:unit of of:when", _nth_of),
    Rule("the? step:step part:a_part", _step_part),
    Rule("the? unit:unit (of|starting|began|end) (on|starting)? of:when", _unit_of),
    Rule("day:a_day unit:unit", _around),
    Rule("the? unit:unit ended (on|in)? of:when", _unit_ended),
    Rule("the? amount:amount ended (on|in)? of:when", _ended),
)
