from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.published import day_in_address, parse_published

TODAY = date(2026, 6, 1)
DAY = date(2019, 2, 15)


@pytest.mark.parametrize(
    "written",
    [
        "2019-02-15",
        "20190215",
        "2019/02/15",
        "2019.02.15",
        "15 February 2019",
        "15th of February, 2019",
        "February 15, 2019",
        "Feb. 15, 2019",
        "FEB 15 2019",
        "Fri., Feb. 15, 2019",
        "Friday 15 February 2019",
        "15-Feb-2019",
        "15/02/2019",
        "02/15/2019",
        "Published 10:05 a.m. ET Feb. 15, 2019",
        "2019-02-15 at noon",
    ],
)
def test_a_day_is_read(written: str) -> None:
    assert parse_published(written, today=TODAY) == DAY


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-02-15T10:30:00Z", datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
        ("2019-02-15T10:30:00+09:00", datetime(2019, 2, 15, 10, 30, tzinfo=timezone(timedelta(hours=9)))),
        ("2019-02-15 10:30:00", datetime(2019, 2, 15, 10, 30)),
        ("2019-02-15 10:30:00 +0000", datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
        ("Fri, 15 Feb 2019 10:30:00 GMT", datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
        (1550226600, datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
        ("1550226600", datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
        (1550226600000, datetime(2019, 2, 15, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_kept(written: object, expected: datetime) -> None:
    assert parse_published(written, today=TODAY) == expected


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2019",
        "3/4/2019 10:15",
        "2019",
        "2019-02",
        2019,
        20190215,
        True,
        None,
        "",
        "yesterday",
        "2019-02-30",
        "Monday, 15 February 2019",
        "Mon, 15 Feb 2019 10:30:00 GMT",
        "Feb. 15, 2019, updated Feb. 16, 2019",
        "15 February 19",
        "1599-12-31",
        "2026-06-03",
        float("nan"),
        float("inf"),
        -1e300,
        "9" * 400,
        {"day": "2019-02-15"},
    ],
)
def test_what_is_unclear_or_impossible_is_not_read(written: object) -> None:
    assert parse_published(written, today=TODAY) is None


def test_tomorrow_is_still_read_since_zones_differ() -> None:
    assert parse_published("2026-06-02", today=TODAY) == date(2026, 6, 2)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.lists(st.text())))
def test_any_value_is_read_or_refused(value: object) -> None:
    read = parse_published(value, today=TODAY)
    assert read is None or 1600 <= read.year <= 2026


@given(st.dates(date(1600, 1, 1), TODAY))
def test_every_day_survives_being_written(day: date) -> None:
    assert parse_published(day.isoformat(), today=TODAY) == day
    assert parse_published(f"{day:%B} {day.day}, {day.year}", today=TODAY) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2019/02/15/summit", DAY),
        ("https://example.org/news/2019-02-15-summit.html", DAY),
        ("https://example.org/a/20190215/", DAY),
        ("https://example.org/summit_20190215.html", DAY),
        ("https://example.org/2019/02/30/summit", None),
        ("https://example.org/2019/02/summit-15", None),
        ("https://example.org/id/120190215", None),
        ("https://2019-02-15.example.org/summit", None),
        ("https://example.org/?d=2019-02-15", None),
        (None, None),
    ],
)
def test_a_day_in_the_path_of_an_address(url: str | None, day: date | None) -> None:
    assert day_in_address(url) == day
