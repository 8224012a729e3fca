"""Words of a claim that no evidence has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer.written.added import added

EVIDENCE = ["The summit will be held in Hanoi on Feb. 27-28, Trump said."]


@pytest.mark.parametrize(
    ("claim", "new"),
    [
        ("The summit will be held in Hanoi.", ""),
        ("Trump said that Hanoi hosts the summit.", ""),  # one new word
        ("The summit will be held in Hanoi, and cheap watches wait online.", "cheap watches wait online"),
        ("Buy cheap gold watches, Trump said.", "Buy cheap gold watches"),
    ],
)
def test_a_clause_that_was_added_is_found(claim: str, new: str) -> None:
    assert added(claim, EVIDENCE) == new


@given(st.text(max_size=80))
def test_what_stands_in_the_evidence_was_not_added(text: str) -> None:
    assert added(text, [text]) == ""
