from __future__ import annotations

import pytest

from dateline.verification.tokens import tokens


def dates(text: str) -> set[str]:
    return {token.key for token in tokens(text) if token.kind == "date"}


@pytest.mark.parametrize(
    "text",
    [
        "on Feb. 8, 2019",
        "on February 8, 2019",
        "on 8 February 2019",
        "on the 8th of February 2019",
        "on 8 Feb 2019",
    ],
)
def test_one_day_has_one_set_of_keys(text: str) -> None:
    assert dates(text) == {"month 2", "day 8", "year 2019"}


def test_a_weekday_may_be_short() -> None:
    assert dates("on Wednesday") == dates("on Wed. night") == {"weekday 3"}


def test_a_short_second_year_is_a_year() -> None:
    assert dates("in 2018–19") == {"year 2018", "year 2019"}


@pytest.mark.parametrize("text", ["he may march", "Jan sat in the sun", "2,019 men", "bus 45 left in march"])
def test_a_word_that_is_no_date_is_none(text: str) -> None:
    assert dates(text) == set()


def test_may_is_a_month_beside_a_number() -> None:
    assert dates("from May 7") == {"month 5", "day 7"}
