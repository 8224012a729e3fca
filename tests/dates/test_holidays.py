from __future__ import annotations

from datetime import date

import pytest

from dateline.dates.holidays import NAME, NAMES, easter, holiday
from dates.spans import days


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1818, "1818-03-22"),
        (1943, "1943-04-25"),
        (2019, "2019-04-21"),
        (2024, "2024-03-31"),
        (2038, "2038-04-25"),
    ],
)
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == day


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Christmas Eve", "2018-12-24"),
        ("Thanksgiving", "2018-11-22"),
        ("Black Friday", "2018-11-23"),
        ("Election Day", "2018-11-06"),
        ("New Year’s Eve", "2018-12-31"),
        ("the Fourth of July", "2018-07-04"),
        ("Good Friday 2018", "2018-03-30"),
        ("Labor Day", "2018-09-03"),
        ("Memorial Day 2018", "2018-05-28"),
    ],
)
def test_holidays_have_their_days(name: str, expected: str) -> None:
    assert days(f"It happened on {name}.")[0].startswith(expected)


def test_every_holiday_is_found_by_its_name_and_has_a_day() -> None:
    for name in NAMES:
        assert NAME.fullmatch(name)
        assert holiday(name, 2024).since is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Sept. 11 attacks changed it.", "2001-09-11"),
        ("Since 9/11 it was so.", "2001-09-11"),
        ("He was not there on Sept. 11.", "2018-09-11"),
    ],
)
def test_days_known_by_their_date_keep_their_year(text: str, expected: str) -> None:
    assert days(text)[0].startswith(expected)


def test_a_known_day_is_not_known_before_it_happened() -> None:
    assert days("The Capitol was open on Jan. 6.") == [f"{date(2019, 1, 6)}..{date(2019, 1, 7)}"]
