from __future__ import annotations

import pytest

from dates.spans import days, words


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Feb. 8, 2019",
            "February 8, 2019",
            "8 February 2019",
            "8 Feb 2019",
            "Friday, Feb. 8",
            "Fri., Feb. 8",
        ),
        *(
            "2019-02-08",
            "2/8/2019",
            "02/08/19",
            "Feb. 8",
            "8 February",
            "the 8th of February",
            "Friday the 8th",
        ),
        *("20190208", "2019-feb-8", "the second Friday of February", "February the eighth", "8.2.2019"),
    ],
)
def test_a_day_is_read_in_all_forms_of_newspapers(written: str) -> None:
    if written == "8.2.2019":  # as in America, the month first
        assert days(f"It was signed on {written} at noon") == ["2019-08-02..2019-08-03"]
    else:
        assert days(f"It was signed on {written}, they said") == ["2019-02-08..2019-02-09"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Feb. 27-28", "2019-02-27..2019-03-01"),
        ("Feb. 27 and 28", "2019-02-27..2019-03-01"),
        ("27-28 February 2020", "2020-02-27..2020-02-29"),
        ("between 3 and 5 May", "2018-05-03..2018-05-06"),
        ("from 4 to 22 this month", "2019-02-04..2019-02-23"),
        ("March 2020", "2020-03-01..2020-04-01"),
        ("the third quarter of 2018", "2018-07-01..2018-10-01"),
        ("third-quarter", "2018-07-01..2018-10-01"),
        ("Q3 2018", "2018-07-01..2018-10-01"),
        ("the first half of 2018", "2018-01-01..2018-07-01"),
        ("the first nine months of 2018", "2018-01-01..2018-10-01"),
        ("summer 2016", "2016-06-01..2016-09-01"),
        ("the winter of 2018", "2018-12-01..2019-03-01"),
        ("2016-2018", "2016-01-01..2019-01-01"),
        ("2016-18", "2016-01-01..2019-01-01"),
        ("2016/11", "2016-11-01..2016-12-01"),
        ("the 1990s", "1990-01-01..2000-01-01"),
        ("the '90s", "1990-01-01..2000-01-01"),
        ("the nineties", "1990-01-01..2000-01-01"),
        ("the 19th century", "1800-01-01..1900-01-01"),
        ("fiscal 2018", "2018-01-01..2019-01-01"),
        ("the second quarter of fiscal 2018", "2018-04-01..2018-07-01"),
        ("1789", "1789-01-01..1790-01-01"),
        ("nineteen seventy-eight", "1978-01-01..1979-01-01"),
        ("the first Friday of July 2018", "2018-07-06..2018-07-07"),
        ("the last Monday of May 2018", "2018-05-28..2018-05-29"),
    ],
)
def test_periods(written: str, expected: str) -> None:
    assert days(f"It was told of {written}.") == [expected]


def test_the_weekday_decides_the_year() -> None:
    assert days("The talks were held on Wednesday, Feb. 21.") == ["2018-02-21..2018-02-22"]
    assert days("The talks were held on Thursday, Feb. 21.") == ["2019-02-21..2019-02-22"]


@pytest.mark.parametrize("impossible", ["2/29/2019", "2019-02-30"])
def test_a_day_that_the_calendar_lacks_is_said_to_be_none(impossible: str) -> None:
    assert days(f"It is due on {impossible}.") == ["?"]


@pytest.mark.parametrize(
    "text",
    [
        "May said so, and Mrs. May may say more.",
        "They joined the March on Washington.",
        "The Second Street bank, the second of two, took 30 seconds.",
        "The sun rose, he sat down and they wed.",
        "It sold 1,990 copies to 1990 people for $2019, nearly 2000 in all.",
        "In 2019 games he won 2-1 and 24-7, 50/50.",
        "Route 1990, Flight 1999 and an A320 with 5G",
        "April Ryan and June Carter",
        "Friday Night Lights, Monday Night Football, the Sunday Times",
        "USA TODAY, the Tonight Show, The Week",
        "The 18-year-old ran in 10.05 seconds.",
        "They fall, spring up and march on.",
        "Version 10.4.19, call 555-12-3456",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert words(text) == []
