"""Times counted from others: "two days ago", "a week before Christmas", "in three weeks"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from dateline.dates.days import DAY, Stretch, ends, moved, one_day, unit_at, unknown
from dateline.dates.grammar import Level, Rule
from dateline.dates.times import Floating, Setting, Time, then
from dateline.dates.unit_rules import NOT_TOLD, Amount, grain_of
from dateline.types import Grain

_EVENT = "counted from an event"


def _moved(of: Stretch, amount: Amount, sign: int) -> Stretch | None:
    if (days := ends(of)) is None:
        return None
    first, last = days[0], days[1] - DAY
    return replace(of, since=moved(first, amount, sign), until=moved(last, amount, sign) + DAY, at=None)


def _ago(setting: Setting, amount: Amount) -> Stretch:
    """So many days ago is a day, so many years ago a year."""
    unit = grain_of(amount)
    return unit_at("year" if unit in ("decade", "century") else unit, moved(setting.today, amount, -1))


def _ago_in(setting: Setting, amount: Amount, part: Floating) -> Stretch | None:
    assert part.in_year is not None
    return part.in_year(moved(setting.today, amount, -1).year)


def _on(setting: Setting, amount: Amount) -> Stretch:
    return one_day(moved(setting.today, amount))


def _in(_: Setting, amount: Amount) -> Floating:
    """A date; where the sentence looks back, it is how long something took."""
    return Floating(lambda setting: _on(setting, amount) if setting.look >= 0 else None)


def _clock_ago(setting: Setting, amount: Mapping[str, int]) -> Stretch:
    return _moment(setting, -timedelta(**amount))


def _clock_in(_: Setting, amount: Mapping[str, int]) -> Floating:
    return Floating(lambda setting: _moment(setting, timedelta(**amount)) if setting.look >= 0 else None)


def _moment(setting: Setting, shift: timedelta) -> Stretch:
    """To the minute, where today's hour is known; else today."""
    if setting.moment is None:
        return one_day(setting.today)
    moment = setting.moment + shift
    return replace(one_day(moment.date()), grain="time", at=moment)


def _later(_: Setting, amount: Amount) -> Floating:
    def pick(setting: Setting) -> Stretch:
        told = setting.told and _moved(setting.told, amount, 1)
        return told or (_on(setting, amount) if setting.look > 0 else unknown(NOT_TOLD, grain_of(amount)))

    return Floating(pick)


def _earlier(_: Setting, amount: Amount) -> Floating:
    def pick(setting: Setting) -> Stretch:
        if setting.told and (found := _moved(setting.told, amount, -1)):
            return found
        compared = list(amount.values()) == [1]  # "from $3 million a year earlier"
        return _ago(setting, amount) if compared else unknown(NOT_TOLD, grain_of(amount))

    return Floating(pick)


def _unit_earlier(setting: Setting, unit: str) -> Floating:
    return _earlier(setting, {unit: 1})


def _before(_: Setting, of: Time, amount: Amount) -> Time | None:
    return then(of, lambda day: _moved(day, amount, -1))


def _after(_: Setting, of: Time, amount: Amount) -> Time | None:
    return then(of, lambda day: _moved(day, amount, 1))


def _unit_before(setting: Setting, of: Time, unit: str) -> Time | None:
    return _before(setting, of, {unit: 1})


def _unit_after(setting: Setting, of: Time, unit: str) -> Time | None:
    return _after(setting, of, {unit: 1})


def _long_before(_: Setting, of: Time, amount: Amount) -> Time | None:
    """ "more than two weeks before today" """
    return then(of, lambda day: Stretch(None, moved(day.since, amount, -1), day.grain) if day.since else None)


def _long_after(_: Setting, of: Time, amount: Amount) -> Time | None:
    return then(of, lambda day: Stretch(moved(day.until, amount), None, day.grain) if day.until else None)


def _for(_: Setting, amount: Amount, of: Time) -> Time | None:
    """ "for three days from today" """

    def find(first: Stretch) -> Stretch | None:
        if first.since is None:
            return None
        return Stretch(first.since, moved(first.since, amount), grain_of(amount))

    return then(of, find)


def _event(_: Setting, amount: Amount) -> Stretch:
    return unknown(_EVENT, grain_of(amount))


def _unit_of_event(_: Setting, unit: Grain) -> Stretch:
    return unknown(_EVENT, unit)


SHIFTS = Level(
    Rule("more than amount:amount before of:when", _long_before),
    Rule("more than amount:amount after of:when", _long_after),
    Rule("(less than|within the? step?) amount:amount (after|from) of:when", _for),
    Rule("for amount:amount comma? starting? (from|on) of:when", _for),
    Rule("amount:amount starting (from|on)? of:when", _for),
    Rule("amount:amount ago (comma|in)* part:a_part", _ago_in),
    Rule("amount:amount ago on? of:when", _before),
    Rule("amount:amount ago", _ago),
    Rule("amount:clock_amount ago", _clock_ago),
    Rule("amount:amount hence", _on),
    Rule("(in|within the? step?) amount:clock_amount", _clock_in),
    Rule("amount:amount later", _later),
    Rule("amount:amount earlier", _earlier),
    Rule("amount:amount before of:when", _before),
    Rule("amount:amount (after|from) of:when", _after),
    Rule("the? unit:unit before of:when", _unit_before),
    Rule("the? unit:unit after of:when", _unit_after),
    Rule("{!time|or} in amount:amount {!of}", _in),
    Rule("the? unit:unit dash? (earlier|ago)", _unit_earlier),
    Rule("amount:amount (after|before)", _event),
    Rule("the unit:unit (after|before)", _unit_of_event),
)
