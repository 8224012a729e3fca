from __future__ import annotations

import pytest

from dates.spans import days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump said Tuesday.", "2019-02-12"),
        ("On Friday, he said so.", "2019-02-15"),
        ("He will go on Tuesday.", "2019-02-19"),
        ("It is scheduled for Tuesday.", "2019-02-19"),
        ("The trial begins Monday.", "2019-02-18"),
        ("The game will be held on Monday.", "2019-02-18"),
        ("On Tuesday, the court will decide.", "2019-02-19"),
        ("Talks in Paris on Tuesday", "2019-02-12"),
        ("Doors, Tuesday, 8 p.m.", "2019-02-19"),
        ("They met on Feb. 27.", "2019-02-27"),  # in twelve days: nobody writes so of last year's
        ("They met on Dec. 27.", "2018-12-27"),
        ("They will meet on June 3.", "2019-06-03"),
        ("They met on June 3.", "2018-06-03"),
    ],
)
def test_the_nearest_verb_says_whether_a_time_is_past(text: str, expected: str) -> None:
    assert days(text)[0].startswith(expected)


def test_two_times_of_a_sentence_look_their_own_ways() -> None:
    said, will = days("Trump said Friday that he will meet Kim on Feb. 27-28 in Hanoi.")
    assert (said, will) == ("2019-02-15..2019-02-16", "2019-02-27..2019-03-01")
