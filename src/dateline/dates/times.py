"""Times that are not days yet: "Friday" is a day only once it is known where its sentence looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import inf

from dateline.dates.days import Stretch, ends, one_day

InYear = Callable[[int], Stretch | None]
_YEARS = 8  # as far as a Feb. 29 can be
_AGAINST = 10  # one that is so many times closer is meant, whatever the nearest verb; measured


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is read against. `look`: the sentence looks back (-1), ahead (1), or doesn't say (0)."""

    today: date
    moment: datetime | None = None
    look: int = 0
    told: Stretch | None = None  # the last days spoken of before in the sentence


@dataclass(frozen=True, slots=True)
class Floating:
    """A time that recurs, or is counted from another; `in_year` where it comes once a year."""

    pick: Callable[[Setting], Stretch | None]
    in_year: InYear | None = None
    is_day: bool = True

    def then(self, change: Callable[[Stretch], Stretch | None]) -> Floating:
        """What `change` makes of the days, once they are known."""

        def pick(setting: Setting) -> Stretch | None:
            found = self.pick(setting)
            return None if found is None else change(found)

        in_year = self.in_year
        if in_year is None:
            return replace(self, pick=pick)

        def changed(year: int) -> Stretch | None:
            found = in_year(year)
            return None if found is None else change(found)

        return replace(self, pick=pick, in_year=changed)


Time = Stretch | Floating


def then(time: Time, change: Callable[[Stretch], Stretch | None]) -> Time | None:
    """What `change` makes of a time's days, now or once they are known."""
    return time.then(change) if isinstance(time, Floating) else change(time)


def resolve(time: Time, setting: Setting) -> Stretch | None:
    """The days of a time."""
    return time.pick(setting) if isinstance(time, Floating) else time


def nearest(
    candidates: Iterable[Stretch | None], setting: Setting, *, against: float = inf
) -> Stretch | None:
    """Looking back, the last that has begun; ahead, the first that is not over; else the closest.

    One on the wrong side is taken where it is `against` times closer than any on the right side.
    """
    today, look = setting.today, setting.look

    def distance(days: tuple[date, date]) -> float:
        since, until = days
        away = max((since - today).days, (today - until).days + 1, 0)
        wrong = since > today if look < 0 else until <= today if look > 0 else False
        return away * against if wrong else away

    far = ((distance(days), one) for one in candidates if one and (days := ends(one)))
    away, best = min(far, key=lambda entry: entry[0], default=(inf, None))
    return best if away < inf else None


def yearly(in_year: InYear, *, is_day: bool) -> Floating:
    """Days that come once a year; `in_year` may raise ValueError for a year that has none."""

    def of(year: int) -> Stretch | None:
        try:
            return in_year(year)
        except ValueError:  # Feb. 29, or a year outside the calendar
            return None

    def pick(setting: Setting) -> Stretch | None:
        year = setting.today.year
        near = nearest(map(of, range(year - 1, year + 2)), setting, against=_AGAINST)
        return near or nearest(map(of, range(year - _YEARS, year + _YEARS + 1)), setting)

    return Floating(pick, of, is_day)


def weekly(weekday: int) -> Floating:
    """The nearest such weekday: a report's is the last one, or today, unless it looks ahead."""

    def pick(setting: Setting) -> Stretch:
        today = setting.today
        if setting.look > 0:
            return one_day(today + timedelta(days=(weekday - today.weekday()) % 7))
        return one_day(today - timedelta(days=(today.weekday() - weekday) % 7))

    return Floating(pick)


def monthly(day: int) -> Floating:
    """The nearest such day of a month."""

    def pick(setting: Setting) -> Stretch | None:
        month = setting.today.year * 12 + setting.today.month - 1
        return nearest((_day_of(month + shift, day) for shift in range(-2, 3)), setting)

    return Floating(pick)


def _day_of(month: int, day: int) -> Stretch | None:
    try:
        return one_day(date(month // 12, month % 12 + 1, day))
    except ValueError:
        return None
