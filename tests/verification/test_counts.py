from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.counts import check_counts
from dateline.verification.tokens import tokens


def found(claim: str, sentence: str) -> list[str]:
    laid = align(tokens(claim), tokens(sentence))
    return [one.reason for one in check_counts(laid, claim, sentence)]


def test_the_same_number_of_something_else_is_a_contradiction() -> None:
    assert found("They hired 12 pilots.", "They hired 12 nurses.") == [
        "the article says 12 nurses, the claim says 12 pilots"
    ]
    assert found("Rates rose to 18 people.", "Rates rose to 18%.") == [
        "the article says 18%, the claim says 18 people"
    ]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("They hired 12 nurses.", "They hired 12 new nurses."),
        ("It was a 2-0 win.", "It was a 2-0 victory."),
        ("The 5-year plan failed.", "The 5 - year plan failed."),
    ],
)
def test_the_same_thing_is_none(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == []
