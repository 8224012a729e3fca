from __future__ import annotations

import pytest

from dateline.dates import resolve_dates
from dates.spans import days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("three days ago", "2019-02-12..2019-02-13"),
        ("two weeks ago", "2019-01-28..2019-02-04"),
        ("two months ago", "2018-12-01..2019-01-01"),
        ("a year ago", "2018-01-01..2019-01-01"),
        ("two years ago in March", "2017-03-01..2017-04-01"),
        ("a week ago Thursday", "2019-02-07..2019-02-08"),
        ("the day after Christmas", "2018-12-26..2018-12-27"),
        ("two weeks before Feb. 1, 2019", "2019-01-18..2019-01-19"),
        ("in the year-earlier quarter", "2018-01-01..2019-01-01"),
        ("months ago", "?"),
    ],
)
def test_times_counted_back(written: str, expected: str) -> None:
    assert days(f"It happened {written}.") == [expected]


def test_in_two_weeks_is_a_day_only_ahead() -> None:
    assert days("It will open in two weeks.") == ["2019-03-01..2019-03-02"]
    assert days("They built it in two weeks.") == []


@pytest.mark.parametrize(
    "written", ["A day after the summit", "Two years before the war", "The day before he died"]
)
def test_a_time_counted_from_an_event_is_said_to_be_unknown(written: str) -> None:
    (span,) = resolve_dates(f"{written}, they left.", "2019-02-15")
    assert (span.since, span.until, span.reason) == (None, None, "counted from an event")


def test_a_year_earlier_is_counted_from_what_was_told() -> None:
    told = days("Third-quarter profit fell from $3 million a year earlier.")
    assert told == ["2018-07-01..2018-10-01", "2017-07-01..2017-10-01"]
    assert days("Profit fell from $3 million a year earlier.") == ["2018-01-01..2019-01-01"]


def test_two_days_later_needs_something_told() -> None:
    assert days("He fell on Monday and died two days later.")[1] == "2019-02-13..2019-02-14"
    assert days("He died two days later.") == ["?"]


def test_hours_are_counted_where_the_hour_of_the_reference_is_known() -> None:
    (span,) = resolve_dates("It will start in three hours.", "2019-02-15T22:30:00")
    assert (str(span.since), str(span.at)) == ("2019-02-16", "2019-02-16 01:30:00")
    (span,) = resolve_dates("It will start in three hours.", "2019-02-15")
    assert (str(span.since), span.at) == ("2019-02-15", None)
