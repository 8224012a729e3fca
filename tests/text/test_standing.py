from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text import Parser, Reality, standing


@pytest.mark.parametrize(
    ("text", "word", "reality"),
    [
        ("The minister resigned.", "resigned", "told"),
        ("The unions demanded that the minister resign.", "resign", "wanted"),
        ("The minister threatened to resign.", "resign", "wanted"),
        ("The minister will resign.", "resign", "to come"),
        ("The minister may resign.", "resign", "possible"),
        ("If the minister resigns, the talks end.", "resigns", "conditional"),
        ("Rumours that the minister took money spread.", "took", "doubted"),
        ("The minister is accused of taking money.", "taking", "doubted"),
        ("The minister allegedly took money.", "took", "doubted"),
        ("The plan to close the school failed.", "close", "wanted"),
        ("The minister is likely to resign.", "resign", "possible"),
    ],
)
def test_what_governs_it_tells_how_real_it_is(parser: Parser, text: str, word: str, reality: Reality) -> None:
    (parsed,) = parser.parse([text])
    place = next(place for place, each in enumerate(parsed.words) if each.text == word)
    assert standing(parsed, place).reality == reality


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("The firm did not pay.", "pay", True),
        ("The firm never paid.", "paid", True),
        ("No firm paid.", "paid", True),
        ("Nobody paid.", "paid", True),
        ("The firm denied that it paid.", "paid", True),
        ("The firm did not deny that it paid.", "paid", False),
        ("The firm left without paying.", "paying", True),
        ("The firm paid.", "paid", False),
    ],
)
def test_denial_is_counted_wherever_it_stands(parser: Parser, text: str, word: str, negated: bool) -> None:
    (parsed,) = parser.parse([text])
    place = next(place for place, each in enumerate(parsed.words) if each.text == word)
    assert standing(parsed, place).negated is negated


def test_who_says_it_is_told(parser: Parser) -> None:
    for text in ("The mayor said the bridge was safe.", "According to the mayor, the bridge was safe."):
        (parsed,) = parser.parse([text])
        safe = next(place for place, each in enumerate(parsed.words) if each.text == "safe")
        by = standing(parsed, safe).by
        assert by is not None
        assert parsed.words[by].text == "mayor"


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from("the mayor said that not if may deny to pay without rumours of and , . was".split()),
        max_size=16,
    )
)
def test_no_sentence_is_too_odd(parser: Parser, words: list[str]) -> None:
    (parsed,) = parser.parse([" ".join(words)])
    for place in range(len(parsed.words)):
        by = standing(parsed, place).by
        assert by is None or 0 <= by < len(parsed.words)
