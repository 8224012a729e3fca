"""Units of time, counted: "last week", "the next three months", "that night"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from dateline.dates.days import DAY, Stretch, moved, one_day, unit_at, unknown
from dateline.dates.grammar import Level, Rule
from dateline.dates.times import Floating, Setting, Time, nearest
from dateline.types import Grain

Amount = Mapping[str, int]
NOT_TOLD = "counted from what this sentence doesn't date"
_VAGUE = "no number of days, weeks, months or years is told"
_FINEST: tuple[Grain, ...] = ("day", "weekend", "week", "month", "quarter", "year", "decade", "century")


def grain_of(amount: Amount) -> Grain:
    """The finest unit that is counted in."""
    return next(unit for unit in _FINEST if unit in amount)


def _one(_: Setting, unit: str) -> Amount:
    return {unit: 1}


def _many(_: Setting, count: int, unit: str) -> Amount:
    return {unit: count}


def _single(_: Setting, count: int, unit: str) -> Amount | None:
    return {unit: 1} if count == 1 else None


def _sum(_: Setting, first: Amount, second: Amount) -> Amount:
    return Counter(first) + Counter(second)


def _vague(_: Setting) -> Stretch:
    return unknown(_VAGUE)


# --- this week, last year, the next three months


def _today(setting: Setting, days: int) -> Stretch:
    return one_day(setting.today + days * DAY)


def _now(setting: Setting) -> Stretch:
    return one_day(setting.today)


def _day_before(setting: Setting, unit: str, days: int) -> Stretch | None:
    return _today(setting, days - 1) if unit == "day" else None


def _day_after(setting: Setting, unit: str, days: int) -> Stretch | None:
    return _today(setting, days + 1) if unit == "day" else None


def _this(setting: Setting, step: int, unit: Grain) -> Time:
    return Floating(this_weekend) if unit == "weekend" and step == 0 else unit_at(unit, setting.today, step)


def this_weekend(setting: Setting) -> Stretch | None:
    """Looking back, one that has begun."""
    last, coming = (unit_at("weekend", setting.today, step) for step in (-1, 0))
    return nearest([last, coming], setting) if setting.look < 0 else coming


def _after_next(setting: Setting, unit: Grain, step: int) -> Stretch | None:
    return unit_at(unit, setting.today, 2) if step == 1 else None


def beside_told(_: Setting, unit: Grain, step: int = 0) -> Floating:
    """ "the previous month", "that night": from what was told, else from today where that can be meant."""

    def pick(setting: Setting) -> Stretch | None:
        told = setting.told
        if told is not None and told.since is not None and told.until is not None:
            return unit_at(unit, told.since if step <= 0 else told.until - DAY, step)
        meant = step < 0 or (step > 0 and setting.look >= 0)
        return unit_at(unit, setting.today, step) if meant else unknown(NOT_TOLD, unit)

    return Floating(pick)


def _last(setting: Setting, amount: Amount) -> Stretch:
    return Stretch(moved(setting.today, amount, -1), setting.today + DAY, grain_of(amount))


def _last_unit(setting: Setting, unit: Grain) -> Time:
    if unit == "weekend":
        return Floating(lambda there: this_weekend(replace(there, look=-1)))
    return one_day(setting.today - DAY) if unit == "day" else _last(setting, {unit: 1})


def _next(setting: Setting, amount: Amount) -> Stretch:
    return Stretch(setting.today + DAY, moved(setting.today, amount) + DAY, grain_of(amount))


def _the_next(setting: Setting, step: int, unit: Grain) -> Time:
    """ "the last year" are twelve months, "the next day" is one after what was told."""
    if step < 0:
        return _last_unit(setting, unit)
    return beside_told(setting, unit, 1) if step and unit == "day" else _this(setting, step, unit)


def _last_or_next(setting: Setting, step: int, amount: Amount) -> Stretch | None:
    return None if step == 0 else (_last if step < 0 else _next)(setting, amount)


def _within(_: Setting, amount: Amount) -> Floating:
    """From today on; looking back, it is how long something took."""

    def pick(setting: Setting) -> Stretch | None:
        if setting.look < 0:
            return None
        return Stretch(setting.today, moved(setting.today, amount), grain_of(amount))

    return Floating(pick)


AMOUNTS = Level(
    Rule("each (count dash?)? (any_unit|any_weekday|part|when|clock_unit)", lambda _: True, "set"),
    Rule("a? few {any_unit|clock_unit}", lambda _: 3, "number"),
    Rule("a? couple of? {any_unit|clock_unit}", lambda _: 2, "number"),
    Rule("count:count dash? unit:units", _many),
    Rule("count:count dash unit:unit", _many),
    Rule("count:count unit:unit", _single),
    Rule("a unit:unit", _one),
    Rule("first:amount comma? and? second:amount", _sum),
    Rule("count:count dash? unit:clock_unit", _many, "clock_amount"),
    Rule("a unit:clock_unit", _one, "clock_amount"),
)
UNITS = Level(
    Rule("the? unit:unit before days:today", _day_before),
    Rule("the? unit:unit after days:today", _day_after),
    Rule("the? unit:unit after the? step:step", _after_next),
    Rule("the? (step|past|coming) several (units|clock_unit)", _vague),
    Rule("the? (recent|coming) (units|clock_unit)", _vague),
    Rule("several units (ago|later|earlier)", _vague),
    Rule("units (ago|later|earlier)", _vague),
    Rule("within the? (step|coming)? amount:amount {!after|from|before}", _within),
    Rule("the? step:step amount:amount {!after|from|before}", _last_or_next),
    Rule("the? (past|told_step) amount:amount", _last),
    Rule("the? coming amount:amount", _next),
    Rule("(the|step)? past unit:unit", _last_unit),
    Rule("the? step:step fiscal unit:unit", _this),
    Rule("the coming unit:unit", lambda setting, unit: unit_at(unit, setting.today, 1)),
    Rule("the step:step unit:unit {!of}", _the_next),
    Rule("step:step unit:unit {!of}", _this),
    Rule("the? step:told_step unit:unit", beside_told),
    Rule("the? same unit:unit", beside_told),
    Rule("that unit:unit", beside_told),
    Rule("days:today", _today),
    Rule("now", _now),
    Rule("currently", _now),
    Rule("recently", _vague),
    Rule("in the near? future", _vague),
)
