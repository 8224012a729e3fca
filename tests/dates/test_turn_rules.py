from __future__ import annotations

import pytest

from dates.spans import days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("last Tuesday", "2019-02-12..2019-02-13"),
        ("last Friday", "2019-02-08..2019-02-09"),
        ("next Tuesday", "2019-02-19..2019-02-20"),
        ("this Saturday", "2019-02-16..2019-02-17"),
        ("Friday next week", "2019-02-22..2019-02-23"),
        ("last week between Tuesday and Thursday", "2019-02-05..2019-02-08"),
        ("last June", "2018-06-01..2018-07-01"),
        ("next spring", "2019-03-01..2019-06-01"),
        ("last Christmas", "2018-12-25..2018-12-26"),
        ("the first week of October 2018", "2018-10-01..2018-10-08"),
        ("the last week of 2015", "2015-12-28..2016-01-04"),
        ("the week of Feb. 4, 2019", "2019-02-04..2019-02-11"),
        ("the week ended Feb. 8, 2019", "2019-02-02..2019-02-09"),
        ("the nine months ended Sept. 30, 2018", "2018-01-01..2018-10-01"),
        ("Labor Day weekend 2018", "2018-09-01..2018-09-04"),
    ],
)
def test_times_told_by_their_place(written: str, expected: str) -> None:
    assert days(f"It happened {written}.")[0] == expected


def test_the_last_week_of_what_is_no_period_is_not_last_week() -> None:
    assert days("It was the last week of his life.") == []


def test_this_summer_is_the_one_that_the_verb_means() -> None:
    assert days("They married this summer.") == ["2018-06-01..2018-09-01"]
    assert days("They will marry this summer.") == ["2019-06-01..2019-09-01"]
