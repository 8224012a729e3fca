from __future__ import annotations

import pytest

from dates.spans import days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("from Monday to Thursday", "2019-02-11..2019-02-15"),
        ("Dec. 28 to Jan. 3", "2018-12-28..2019-01-04"),
        ("from Dec. 28 to Jan. 3, 2018", "2017-12-28..2018-01-04"),
        ("between July and September 2018", "2018-07-01..2018-10-01"),
        ("from 2016 to 2018", "2016-01-01..2019-01-01"),
        ("from Friday, Feb. 1, through Sunday, Feb. 3", "2019-02-01..2019-02-04"),
        ("since June", "2018-06-01..2019-02-16"),
        ("since the 1990s", "1990-01-01..2019-02-16"),
        ("before 2010", "-..2010-01-01"),
        ("after 2010", "2011-01-01..-"),
        ("until last week", "-..2019-02-11"),
        ("2012 or later", "2012-01-01..-"),
    ],
)
def test_ranges_hold_the_days_that_they_name(written: str, expected: str) -> None:
    assert days(f"It was shut {written}.") == [expected]


def test_what_happened_after_a_days_event_is_told_by_that_day() -> None:
    assert days("They fled after Monday's attack.") == ["2019-02-11..2019-02-12"]
