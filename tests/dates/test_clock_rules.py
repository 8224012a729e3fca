from __future__ import annotations

import pytest

from dateline.dates import resolve_dates
from dates.spans import days


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("8 p.m. Monday", "2019-02-11T20:00:00"),
        ("Monday at 8:30 p.m. EST", "2019-02-11T20:30:00-05:00"),
        ("noon yesterday", "2019-02-14T12:00:00"),
        ("15:00 GMT on Feb. 8", "2019-02-08T15:00:00+00:00"),
        ("Monday morning at 9 a.m.", "2019-02-11T09:00:00"),
        ("10 a.m. ET on July 4, 2018", "2018-07-04T10:00:00-04:00"),
        ("5:30-7:30 p.m. Tuesday", "2019-02-12T17:30:00"),
        ("2019-02-08T10:30:00Z", "2019-02-08T10:30:00+00:00"),
    ],
)
def test_times_of_day_are_kept_with_their_zone(written: str, at: str) -> None:
    spans = resolve_dates(f"It was opened at {written}.", "2019-02-15")
    assert [span.at.isoformat() for span in spans if span.at] == [at]


def test_a_time_alone_is_of_the_day_told_before() -> None:
    _, parted = resolve_dates("On Monday they met, and at 3 p.m. they parted.", "2019-02-15")
    assert str(parted.at) == "2019-02-11 15:00:00"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("this morning", "2019-02-15..2019-02-16"),
        ("last night", "2019-02-14..2019-02-15"),
        ("late Monday night", "2019-02-11..2019-02-12"),
        ("on the night of Feb. 8", "2019-02-08..2019-02-09"),
        ("earlier this month", "2019-02-01..2019-02-15"),
        ("earlier in the week", "2019-02-11..2019-02-15"),
        ("the end of January", "2019-01-16..2019-02-01"),
        ("at the end of August amid rumors", "2018-08-16..2018-09-01"),
        ("late last year", "2018-07-01..2019-01-01"),
        ("early 2018", "2018-01-01..2018-07-01"),
        ("in mid-January", "2019-01-11..2019-01-21"),
        ("in the mid-1980s", "1983-01-01..1987-01-01"),
        ("so far this year", "2019-01-01..2019-02-16"),
        ("over the weekend", "2019-02-09..2019-02-11"),
    ],
)
def test_parts_of_days_and_periods(written: str, expected: str) -> None:
    assert days(f"It happened {written}.") == [expected]


def test_the_rest_of_the_year_begins_today() -> None:
    assert days("He will rest for the rest of the year.") == ["2019-02-15..2020-01-01"]
