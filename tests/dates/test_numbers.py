from __future__ import annotations

import pytest

from dateline.dates.numbers import read_numbers
from dateline.dates.tokens import tokens


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("twenty-one", "spelled", 21),
        ("twenty-first", "ordinal", 21),
        ("two hundred and sixty seven", "big", 267),
        ("nineteen seventy eight", "year", 1978),
        ("nineteen zero one", "year", 1901),
        ("two thousand and eighteen", "year", 2018),
        ("nineteen seventies", "decade", 1970),
        ("two thousand and tens", "decade", 2010),
    ],
)
def test_numbers_in_words(text: str, kind: str, value: int) -> None:
    (token,) = read_numbers(tokens(text, 0, len(text)))
    assert (token.kind, token.value, token.start, token.end) == (kind, value, 0, len(text))


def test_two_numbers_stay_two() -> None:
    assert [token.value for token in read_numbers(tokens("two and three", 0, 13))] == [2, None, 3]
