from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.dates.days import Clock, moved, nth_weekday, one_day, portion, timed, unit_at
from dateline.types import Grain

UNITS: list[Grain] = ["day", "week", "month", "quarter", "half", "year", "decade", "century"]
DAYS = st.dates(date(1000, 1, 1), date(2900, 1, 1))


@given(st.sampled_from(UNITS), DAYS)
def test_units_follow_one_another_without_a_gap(unit: Grain, day: date) -> None:
    this, following = unit_at(unit, day), unit_at(unit, day, 1)
    assert this.since is not None
    assert this.until is not None
    assert this.since <= day < this.until
    assert this.until == following.since


@pytest.mark.parametrize(
    ("amount", "expected"),
    [({"month": 1}, "2019-02-28"), ({"year": 1, "day": 1}, "2020-02-01"), ({"week": -2}, "2019-01-17")],
)
def test_the_31st_becomes_the_last_day_of_a_shorter_month(amount: dict[str, int], expected: str) -> None:
    assert moved(date(2019, 1, 31), amount).isoformat() == expected


def test_a_fifth_weekday_that_is_none_is_an_error() -> None:
    assert nth_weekday(2019, 3, 4, 5) == date(2019, 3, 29)
    with pytest.raises(ValueError, match="day"):
        nth_weekday(2019, 2, 4, 5)


@given(st.sampled_from(UNITS), DAYS, st.sampled_from(["early", "mid", "late", "beginning", "middle", "end"]))
def test_a_part_lies_within_its_period(unit: Grain, day: date, part: str) -> None:
    whole = unit_at(unit, day)
    found = portion(whole, part)  # type: ignore[arg-type]
    assert whole.since is not None
    assert whole.until is not None
    assert found.since is not None
    assert found.until is not None
    assert whole.since <= found.since < found.until <= whole.until


def test_american_zones_know_summer() -> None:
    eastern = Clock(time(20), -5)
    winter, summer = (timed(one_day(date(2019, month, 1)), eastern).at for month in (2, 7))
    assert str(winter) == "2019-02-01 20:00:00-05:00"
    assert str(summer) == "2019-07-01 20:00:00-04:00"
