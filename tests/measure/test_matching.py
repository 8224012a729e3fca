from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.measure.matching import exact, f1, holds_answer, holds_fact


def test_a_fact_is_found_across_line_breaks_and_double_spaces() -> None:
    assert holds_fact("They will meet\nin  Hanoi on Feb. 27.", "meet in Hanoi")
    assert not holds_fact("They will meet in Hanoi.", "meet in hanoi")


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("They met in HANOI, Vietnam.", "Hanoi", True),
        ("On Feb. 27 and 28, in Hanoi", "feb 27 and 28", True),
        ("Trump's envoy", "Trump", True),
        ("a margin of 1230 votes", "230", False),  # whole words only
        ("nothing at all", "?!", False),
        ("", "", False),
    ],
)
def test_an_answer_is_held_by_its_words_in_a_row(text: str, answer: str, *, held: bool) -> None:
    assert holds_answer(text, [answer]) is held


def test_an_answer_is_exact_but_for_case_articles_punctuation_and_markers() -> None:
    assert exact("The Metropole! [1][2]", ["a Capella", "metropole"]) == 1
    assert exact("the Metropole in Hanoi", ["Metropole"]) == 0


def test_f1_counts_common_words_against_the_nearest_answer() -> None:
    # metropole, in, hanoi: 1 of 3 words is right, of 1 that is wanted: 2 * (1/3 * 1) / (1/3 + 1)
    assert f1("The Metropole in Hanoi [1]", ["Capella", "Metropole"]) == pytest.approx(0.5)
    assert f1("", ["Metropole"]) == 0
    assert f1("Metropole", []) == 0


@given(st.text(), st.text())
def test_f1_lies_between_exact_and_one_and_knows_no_order(one: str, other: str) -> None:
    assert 0 <= exact(one, [other]) <= f1(one, [other]) <= 1
    assert f1(one, [other]) == f1(other, [one])
