"""Days, months, quarters, seasons and years as they are written: "Friday, Feb. 8, 2019"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.dates.days import Stretch, days, months, nth_weekday, one_day, unit_at, whole_year
from dateline.dates.grammar import Level, Rule
from dateline.dates.holidays import holiday
from dateline.dates.times import Floating, Setting, Time, monthly, nearest, then, yearly
from dateline.types import Grain

_FUTURE = 60  # years ahead: a higher number is a year only after a preposition


def _day(_: Setting, month: int, day: int) -> Floating:
    return yearly(lambda year: one_day(date(year, month, day)), is_day=True)


def _days(_: Setting, month: int, first: int, last: int) -> Floating | None:
    if first >= last:
        return None
    return yearly(lambda year: days(date(year, month, first), date(year, month, last)), is_day=True)


def _two_days(setting: Setting, month: int, first: int, last: int) -> Floating | None:
    return _days(setting, month, first, last) if last == first + 1 else None


def _days_of(_: Setting, first: int, last: int, of: Stretch) -> Stretch | None:
    if of.grain != "month" or of.since is None or first >= last:
        return None
    return days(of.since.replace(day=first), of.since.replace(day=last))


def _day_of(_: Setting, day: int, of: Stretch) -> Stretch | None:
    return one_day(of.since.replace(day=day)) if of.grain == "month" and of.since else None


def _slashed(_: Setting, figures: tuple[int, int]) -> Floating:
    return yearly(lambda year: one_day(date(year, *figures)), is_day=True)


def _in_full(_: Setting, year: int, month: int, day: int) -> Stretch:
    return one_day(date(year, month, day))


def _with_weekday(_: Setting, weekday: int, day: Floating) -> Floating:
    """Of a year in which the weekday is right, if one is near."""
    in_year = day.in_year
    assert in_year is not None

    def pick(setting: Setting) -> Stretch | None:
        near = map(in_year, range(setting.today.year - 1, setting.today.year + 2))
        agreeing = [one for one in near if one and one.since and one.since.weekday() == weekday]
        return nearest(agreeing, replace(setting, look=0)) or day.pick(setting)

    return Floating(pick, in_year)


def _weekday_of_month(_: Setting, weekday: int, day: int) -> Floating:
    plain = monthly(day)

    def pick(setting: Setting) -> Stretch | None:
        found = (plain.pick(replace(setting, look=look)) for look in (setting.look, -1, 1))
        return next((one for one in found if one and one.since and one.since.weekday() == weekday), None)

    return Floating(pick)


def _nth_weekday(_: Setting, number: int, weekday: int, of: Time) -> Time | None:
    def find(of: Stretch) -> Stretch | None:
        if of.grain != "month" or of.since is None:
            return None
        return one_day(nth_weekday(of.since.year, of.since.month, weekday, number))

    return then(of, find) if number > 0 or number == -1 else None


def _nth_weekday_of_this(setting: Setting, number: int, weekday: int) -> Stretch:
    return one_day(nth_weekday(setting.today.year, setting.today.month, weekday, number))


def a_month(_: Setting, month: int) -> Floating:
    """The month, of any year."""
    return yearly(lambda year: months(year, month, 1, "month"), is_day=False)


def _quarter(_: Setting, number: int) -> Floating | None:
    if number > 4:
        return None
    return yearly(lambda year: months(year, 3 * number - 2, 3, "quarter"), is_day=False)


def _nth_unit(setting: Setting, number: int, unit: str) -> Time | None:
    if unit == "century":
        return months((number - 1) * 100, 1, 1200, "century")
    return _quarter(setting, number) if unit == "quarter" else None


def _half(_: Setting, number: int) -> Floating | None:
    first = 6 * number - 5
    return yearly(lambda year: months(year, first, 6, "half"), is_day=False) if number <= 2 else None


def _first_months(_: Setting, number: int, amount: dict[str, int]) -> Floating | None:
    count = amount.get("month", 0)
    if number != 1 or len(amount) > 1 or not 0 < count <= 12:
        return None
    return yearly(lambda year: months(year, 1, count, "month"), is_day=False)


def _season(_: Setting, first: int) -> Floating:
    return yearly(lambda year: months(year, first, 3, "season"), is_day=False)


def _holiday(_: Setting, name: str) -> Floating:
    return yearly(lambda year: holiday(name, year), is_day=True)


def _in_year(_: Setting, part: Floating, year: int | Stretch) -> Stretch | None:
    if isinstance(year, Stretch):
        one = year.since and year.until and year.until.year == year.since.year + 1
        year = year.since.year if one and year.since else 0
    assert part.in_year is not None
    return part.in_year(year) if year else None


def _in_short_year(setting: Setting, part: Floating, year: int) -> Stretch | None:
    return _in_year(setting, part, _full(year)) if part.is_day or year > 31 else None


def _full(short_year: int) -> int:
    return short_year + (2000 if short_year < 50 else 1900)


def _year(_: Setting, year: int) -> Stretch:
    return whole_year(year)


def _plausible_year(setting: Setting, year: int) -> Stretch | None:
    return whole_year(year) if 1900 <= year <= setting.today.year + _FUTURE else None


def _short_year(_: Setting, year: int) -> Stretch:
    return whole_year(_full(year))


def _year_month(_: Setting, year: int, month: int) -> Stretch | None:
    """ "2016/11" is a month; "2018-19" are two years."""
    return months(year, month, 1, "month") if month <= 12 and month != (year + 1) % 100 else None


def _years(_: Setting, first: int, last: int) -> Stretch | None:
    last += first - first % 100
    return Stretch(date(first, 1, 1), date(last + 1, 1, 1), "year") if first < last < first + 50 else None


def _whole_years(setting: Setting, first: int, last: int) -> Stretch | None:
    if not 1000 < first < last <= setting.today.year + _FUTURE:
        return None
    return Stretch(date(first, 1, 1), date(last + 1, 1, 1), "year")


def _decade(setting: Setting, first: int) -> Stretch:
    """A decade without its century is of the last hundred years."""
    if first < 1000:
        first += setting.today.year // 100 * 100
        first -= 100 if first > setting.today.year else 0
    return months(first, 1, 120, "decade")


def _numbered_year(_: Setting, unit: str, year: int) -> Stretch | None:
    return whole_year(year) if unit == "year" and year >= 100 else None


def _fiscal_year(_: Setting, year: int | Stretch) -> Stretch:
    """Companies end theirs when they like; most of its days lie in the year it is named for."""
    return year if isinstance(year, Stretch) else whole_year(year)


def _some_day(_: Setting, day: int) -> Floating | None:
    return monthly(day) if day <= 31 else None


def _unit_of_some_day(_: Setting, unit: Grain, day: int) -> Floating | None:
    if unit != "week":
        return None
    return monthly(day).then(lambda of: unit_at(unit, of.since) if of.since else None)


# Days of a month, and the parts of a year.
PARTS = Level(
    Rule("year:year (dash|other) month:any_month (dash|other) day:day", _in_full),
    Rule("month:any_month the? first:day till the? last:day {!any_unit|things|dash|any_month}", _days),
    Rule("month:any_month between first:day (and|dash) last:day", _days),
    Rule("(from|between)? first:day (till|and) last:day (of|in)? month:any_month", _days),
    Rule("(from|between)? first:day (till|and) last:day (of|in)? of:span", _days_of),
    Rule("from first:day till month:any_month last:day", _days),
    Rule("month:any_month first:day and last:day {!any_unit|things|any_month}", _two_days),
    Rule("month:any_month (dash|other)? the? day:day {!things}", _day),
    Rule("day:day of the? month:any_month", _day),
    Rule("the? day:figure (dot|dash)? month:any_month", _day),
    Rule("the? day:day of of:span", _day_of),
    Rule("day:figure month:faint_month {year|comma}", _day),
    Rule("month:faint_month day:figure {year|comma}", _day),
    Rule("month:faint_month day:ordinal_figure", _day),
    Rule("figures:slashed", _slashed),
    Rule("{on|from|to|until|between|since|before|after} figures:fraction", _slashed),
    Rule("name:holiday", _holiday),
    Rule("the? number:nth dash? unit:unit {!X}", _nth_unit),
    Rule("q number:small", _quarter),
    Rule("number:small dash? q {!x|X}", _quarter),
    Rule("h number:small {in_year|of}", _half),
    Rule("{in_year} h number:small", _half),
    Rule("the? number:nth half {of|in_year}", _half),
    Rule("the? number:nth amount:amount", _first_months),
    Rule("the? first:season", _season),
    Rule("the? first:weak_season of? {in_year|short_year}", _season),
    Rule("the first:weak_season {!X|of|things}", _season),
    Rule("{step|in|early|since|until|by} first:weak_season {!X|things}", _season),
    Rule("month:month", a_month),
    Rule("month:weak_month comma? {in_year}", a_month),
    Rule("{in|since|until|step|told_step|early|end} month:weak_month {!X}", a_month),
    Rule("{from} month:weak_month {to|until|dash}", a_month),
    Rule("{of} month:weak_month {!x|X|possessive|and}", a_month),
    Rule("{year} month:weak_month {!x|X}", a_month),
    Rule("month:faint_month {in_year}", a_month),
    Rule("{in} month:faint_month {!x|X}", a_month),
)

# Years, and the days and parts of a year with theirs.
YEARS = Level(
    Rule("any_weekday comma? date:date", lambda _, date: date),
    Rule("weekday:any_weekday (comma|on)? the? day:yearday", _with_weekday),
    Rule("part:a_part (comma|of|in|dash)* year:in_year", _in_year),
    Rule("part:a_part comma? of? year:short_year", _in_short_year),
    Rule("part:a_part comma? year:big {!things|x|X}", _in_short_year),
    Rule("part:yearday comma year:small", _in_short_year),
    Rule("year:in_year (dash|comma|possessive|other)? the? part:yearpart", _in_year),
    Rule("year:year (dash|other) month:small {!dash}", _year_month),
    Rule("month:small (dash|other) year:year", _year_month),
    Rule("{!money|roughly} first:year dash last:small {!dash}", _years),
    Rule("{!money|roughly} first:year dash last:big {!things}", _years),
    Rule("{!money|roughly} (from|between|in)? first:year till last:year {!things}", _whole_years),
    Rule("between first:year and last:year {!things}", _whole_years),
    Rule("fiscal unit? year:in_year", _fiscal_year),
    Rule("fiscal unit? year:short_year", _short_year),
    Rule("fiscal when:when", lambda _, when: when),
    Rule("unit:unit year:count", _numbered_year),
    Rule("{early} dash year:year", _year),
    Rule(
        "{in|since|by|until|before|after|from|between|of} year:year {!things|any_unit|x|tight|money}", _year
    ),
    Rule("{!money|roughly|dash|dot} year:year {!things|any_unit|tight}", _plausible_year),
    Rule("{in|of|since|until|by|early|before|after} year:short_year", _short_year),
    Rule("the? first:decade", _decade),
    Rule("the first:decade_word", _decade),
)

# Weekdays within a month.
WEEKDAYS = Level(
    Rule("the? number:nth weekday:any_weekday (of|in) of:when", _nth_weekday),
    Rule("the? number:step weekday:any_weekday (of|in) of:when", _nth_weekday),
    Rule("weekday:any_weekday comma? the day:day {!x|any_unit}", _weekday_of_month),
    Rule("the? number:nth weekday:any_weekday {!x|X|in|since|after|that|to|and|dash}", _nth_weekday_of_this),
    Rule("{on|for|from|until|by|since} the day:figure {!x|X|any_unit|of|dash|part|things|money}", _some_day),
    Rule("{on|for|from|until|by|since} the day:spelled {!x|X|any_unit|of|dash|part|things|money}", _some_day),
    Rule("unit:unit of the day:figure {!x|X|any_unit|of|dash|part|things|money}", _unit_of_some_day),
)
