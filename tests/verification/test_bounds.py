from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.bounds import allows, bound, check_bounds
from dateline.verification.tokens import tokens


@pytest.mark.parametrize(
    ("claim", "sentence", "weights"),
    [
        ("fewer than 40 came", "more than 40 came", ["against"]),
        ("more than 40 came", "all 40 came", ["turned"]),
        ("all 40 came", "at least 40 came", ["slight"]),
        ("over 40 came", "more than 40 came", []),
        ("about 40 came", "all 40 came", []),
    ],
)
def test_the_bound_of_a_number_must_be_the_same(claim: str, sentence: str, weights: list[str]) -> None:
    laid = align(tokens(claim), tokens(sentence))
    assert [one.weight for one in check_bounds(laid)] == weights


@pytest.mark.parametrize(
    ("claim", "evidence", "allowed"),
    [
        ("more than 100", "130", True),
        ("more than 6", "130,000", False),
        ("more than 100", "fewer than 130", False),
        ("up to 130", "110", True),
        ("about 12", "11.8", True),
        ("about 12", "9", False),
        ("12", "about 12.3", False),
        ("more than 12", "more than 15", False),
        ("12 dollars", "12 euros", False),
    ],
)
def test_a_number_allows_what_its_bounds_allow(claim: str, evidence: str, *, allowed: bool) -> None:
    mine, theirs = tokens(claim), tokens(evidence)
    assert allows(theirs, len(theirs) - 1, mine, len(mine) - 1) is allowed


def test_the_longest_phrase_counts() -> None:
    words = tokens("no more than 12")
    assert bound(words, len(words) - 1) == "under"
