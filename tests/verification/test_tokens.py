from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.verification.tokens import tokens


def keys(text: str) -> list[str]:
    return [token.key for token in tokens(text)]


def names(text: str) -> list[str]:
    return [text[token.start : token.end] for token in tokens(text) if token.kind == "name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They didn't go", "They did not go"),
        ("It can't", "It cannot"),
        ("She won’t", "She will not"),
        ("the U.S. and the U.N.", "the US and the UN"),
        ("Kim's plan", "Kim plan"),
        ("prices rose", "prices rise"),
        ("the children left", "the child leaves"),
    ],
)
def test_two_ways_of_writing_have_the_same_keys(one: str, other: str) -> None:
    assert keys(one) == keys(other)


def test_us_is_not_the_us() -> None:
    assert keys("they told us")[-1] != keys("they told the US")[-1]


def test_words_in_capitals_are_names_but_for_the_first_one_and_a_headline() -> None:
    assert names("Officials of Sweden met Ana Silva.") == ["Sweden", "Ana", "Silva"]
    assert names("Officials of Sweden Meet Ana Silva at Last") == []


def test_a_clause_is_parted_by_punctuation_but_not_by_a_hyphen() -> None:
    assert [token.word for token in tokens("He, a co-founder — or so (they say)") if token.parted] == [
        "a",
        "or",
        "they",
    ]


@given(st.text())
def test_offsets_hold_for_any_text(text: str) -> None:
    spans = [(token.start, token.end) for token in tokens(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
