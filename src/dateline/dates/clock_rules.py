"""Times of day and parts of periods: "8 p.m. EST on Monday", "late last week", "earlier this year"."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, tzinfo

from dateline.dates.calendar_rules import a_month
from dateline.dates.days import DAY, Clock, Portion, Stretch, one_day, portion, timed, unit_at
from dateline.dates.grammar import Level, Rule
from dateline.dates.times import Floating, Setting, Time, then
from dateline.dates.unit_rules import beside_told, this_weekend
from dateline.types import Grain


def _clock(_: Setting, clock: Clock) -> Clock:
    return clock


def _zoned(_: Setting, clock: Clock, zone: tzinfo | int) -> Clock:
    return Clock(clock.time, zone)


def _first_hours(_: Setting, first: Clock, last: Clock) -> Clock:
    """ "5:30-7:30 p.m." """
    hour = first.time.hour % 12 + (12 if last.time.hour >= 12 else 0)
    return Clock(first.time.replace(hour=hour), last.zone)


def _first_hour(setting: Setting, first: int, last: Clock) -> Clock | None:
    return _first_hours(setting, Clock(time(first)), last) if first <= 12 else None


def _noon(_: Setting, noon: time) -> Clock:
    return Clock(noon)


def _hour_of_part(_: Setting, hour: int, part: str) -> Clock | None:
    if hour > 12:
        return None
    return Clock(time(hour % 12 + (0 if part == "morning" else 12)))


def _at(_: Setting, day: Time, clock: Clock) -> Time | None:
    return then(day, lambda of: timed(of, clock))


def _some_day_at(_: Setting, clock: Clock) -> Floating:
    """A time alone is of the day told before, else of today."""

    def pick(setting: Setting) -> Stretch:
        told = setting.told
        alone = told is not None and told.since is not None and told.until == told.since + DAY
        return timed(told if told and alone else one_day(setting.today), clock)

    return Floating(pick)


def _same(_: Setting, day: Time) -> Time:
    return day


def _part(setting: Setting, step: int) -> Stretch | None:
    """ "this morning", "last night" """
    return one_day(setting.today + step * DAY) if step <= 0 else None


def _that_part(setting: Setting) -> Floating:
    return beside_told(setting, "day")


def _weekend(_: Setting, unit: Grain) -> Floating | None:
    return Floating(this_weekend) if unit == "weekend" else None


def _week_or_longer(setting: Setting, unit: Grain) -> Time | None:
    return None if unit == "day" else unit_at(unit, setting.today)


def _unit(setting: Setting, unit: Grain) -> Time:
    return Floating(this_weekend) if unit == "weekend" else unit_at(unit, setting.today)


def _portion(_: Setting, part: Portion, of: Time) -> Time | None:
    return then(of, lambda whole: portion(whole, part))


def _portion_of_month(setting: Setting, part: Portion, month: int) -> Time | None:
    return _portion(setting, part, a_month(setting, month))


def _portion_of_unit(setting: Setting, part: Portion, unit: Grain) -> Time | None:
    return then(_unit(setting, unit), lambda whole: portion(whole, part))


def _earlier(setting: Setting, of: Time) -> Time | None:
    """The days before today, of a period that is under way."""

    def cut(of: Stretch) -> Stretch:
        under_way = of.since and of.until and of.since < setting.today < of.until
        return replace(of, until=setting.today) if under_way else of

    return then(of, cut)


def _later(setting: Setting, of: Time) -> Time | None:
    """Today and the days after it, of a period that is under way."""

    def cut(of: Stretch) -> Stretch:
        under_way = of.since and of.until and of.since < setting.today < of.until
        return replace(of, since=setting.today) if under_way else of

    return then(of, cut)


def _so_far(setting: Setting, of: Time) -> Time | None:
    def cut(of: Stretch) -> Stretch:
        under_way = of.since and of.until and of.since <= setting.today < of.until
        return replace(of, until=setting.today + DAY) if under_way else of

    return then(of, cut)


def _earlier_in(setting: Setting, unit: Grain) -> Time | None:
    return _earlier(setting, _unit(setting, unit))


def _later_in(setting: Setting, unit: Grain) -> Time | None:
    return _later(setting, _unit(setting, unit))


CLOCKS = Level(
    Rule("from? clock:clock till clock", _clock, "clock"),
    Rule("from? first:hours till last:clock", _first_hours, "clock"),
    Rule("from? first:small till last:clock", _first_hour, "clock"),
    Rule("clock:clock zone:zone time?", _zoned, "clock"),
    Rule("clock:clock zone:us_zone (time|zone)?", _zoned, "clock"),
    Rule("clock:hours local? zone:zone", _zoned, "clock"),
    Rule("clock:hours zone:us_zone", _zoned, "clock"),
    Rule("clock:clock local time", _clock, "clock"),
    Rule("{at|until|from|by|before|after} clock:hours", _clock, "clock"),
    Rule("noon:noon", _noon, "clock"),
    Rule("hour:small in the part:part", _hour_of_part, "clock"),
    Rule("part (at|roughly)* clock:clock", _clock, "clock"),
)
PORTIONS = Level(
    Rule("(in|at)? the? part of day:a_day", _same),
    Rule("day:a_day (dash|comma)? (in|at)? the? part", _same),
    Rule("step:step part", _part),
    Rule("that part", _that_part),
    Rule("clock:clock comma? (on|of)? day:a_day", _at),
    Rule("day:a_day comma? (at|by|for|roughly)* clock:clock", _at),
    Rule("the? part:early dash? (in|on)? of:when", _portion),
    Rule("part:early dash unit:unit", _portion_of_unit),
    Rule("(in|at)? the? part:end (of|in)? of:when", _portion),
    Rule("(in|at)? the? part:end of month:weak_month", _portion_of_month),
    Rule("(in|at)? the? part:end of? (the|my)? unit:unit", _portion_of_unit),
    Rule("unit:unit (dash|possessive)? part:end {!of}", _portion_of_unit),
    Rule("the? rest of? (the|my)? unit:unit", _later_in),
    Rule("the? rest of? of:when", _later),
    Rule("earlier in? of:when", _earlier),
    Rule("earlier in the unit:unit", _earlier_in),
    Rule("later in? of:when", _later),
    Rule("later in the unit:unit", _later_in),
    Rule("so far of:when", _so_far),
    Rule("so far in? the unit:unit", lambda setting, unit: _so_far(setting, _unit(setting, unit))),
)
LEFT_OVER = Level(
    Rule("(the|my) unit:unit {!of}", _weekend),
    Rule("{on} unit:unit {!of|x|X}", _weekend),
    Rule("{in|for} the unit:unit {!x|X|of|that|in|after|before|since|ended|until|to|at}", _week_or_longer),
    Rule("clock:clock", _some_day_at),
)
