from __future__ import annotations

import pytest

from dateline.verification.tokens import tokens


def quantities(text: str) -> list[str]:
    return [token.key for token in tokens(text) if token.kind == "number"]


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("1200000000 dollar", ["$1.2bn", "$1.2 billion", "1.2 billion dollars", "1,200 million dollars"]),
        ("12 percent", ["12%", "12 percent", "twelve per cent", "12 pct"]),
        ("1500", ["1,500", "1500", "1, 500", "1.5 thousand"]),
        ("25", ["25", "twenty-five", "twenty five"]),
        ("105", ["105", "one hundred and five", "a hundred and five"]),
        ("24", ["two dozen"]),
        ("5 year", ["5-year", "five years", "5 years"]),
        ("3 ordinal", ["3rd", "third"]),
        ("1000000", ["a million", "1m people".replace("1m", "one million")]),
        ("5 pm", ["5 p.m.", "5pm"]),
        ("2 percentage point", ["2 percentage points"]),
        ("3 kilometer", ["3 km", "three kilometres"]),
    ],
)
def test_one_number_has_one_key_however_it_is_written(key: str, texts: list[str]) -> None:
    assert [quantities(f"it took {text}") for text in texts] == [[key]] * len(texts)


@pytest.mark.parametrize("text", ["one of them", "a second later", "no one", "9" * 40, "²"])
def test_not_every_number_word_is_a_number(text: str) -> None:
    assert quantities(text) == []


def test_two_numbers_beside_each_other_are_two() -> None:
    assert quantities("they won 2-1 and 3, 4 and 5,000") == ["2", "1", "3", "4", "5000"]
