from __future__ import annotations

import pytest

from dates.spans import days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("today", "2019-02-15..2019-02-16"),
        ("yesterday", "2019-02-14..2019-02-15"),
        ("the day before yesterday", "2019-02-13..2019-02-14"),
        ("this week", "2019-02-11..2019-02-18"),
        ("last week", "2019-02-04..2019-02-11"),
        ("last month", "2019-01-01..2019-02-01"),
        ("next year", "2020-01-01..2021-01-01"),
        ("the week after next", "2019-02-25..2019-03-04"),
        ("last quarter", "2018-10-01..2019-01-01"),
        ("the past three years", "2016-02-15..2019-02-16"),
        ("the last few days", "2019-02-12..2019-02-16"),
        ("the next two weeks", "2019-02-16..2019-03-02"),
        ("the past year", "2018-02-15..2019-02-16"),
        ("this decade", "2010-01-01..2020-01-01"),
        ("now", "2019-02-15..2019-02-16"),
        ("currently", "2019-02-15..2019-02-16"),
        ("recently", "?"),
        ("in recent years", "?"),
        ("the coming weeks", "?"),
    ],
)
def test_units_are_counted_from_today(written: str, expected: str) -> None:
    assert days(f"They are there {written}.") == [expected]


def test_the_previous_month_is_counted_from_the_one_told() -> None:
    told = days("Prices rose in September from the previous month.")
    assert told == ["2018-09-01..2018-10-01", "2018-08-01..2018-09-01"]


@pytest.mark.parametrize("written", ["that night", "the following day", "the same week", "the next day"])
def test_what_is_counted_from_an_untold_day_is_unknown(written: str) -> None:
    assert days(f"He died {written}.") == ["?"]


@pytest.mark.parametrize("often", ["every Monday", "each year", "on Mondays", "every two weeks"])
def test_what_happens_again_and_again_has_no_days(often: str) -> None:
    assert days(f"The board meets {often}.") == []


def test_a_length_of_time_has_no_days() -> None:
    assert days("He served three years and slept for two weeks.") == []
