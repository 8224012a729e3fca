from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.text import Parser, ties


def told(parser: Parser, text: str) -> set[str]:
    (parsed,) = parser.parse([text], names=False)
    words = parsed.words
    return {f"{words[tie.head].text} {tie.role} {words[tie.of].text}" for tie in ties(parsed)}


@pytest.mark.parametrize(
    "text",
    [
        "The court fined the company.",
        "The company was fined by the court.",
        "The court, which fined the company, closed.",
        "The company fined by the court closed.",
    ],
)
def test_however_it_is_put_the_same_does_it_to_the_same(parser: Parser, text: str) -> None:
    assert {"fined agent court", "fined patient company"} <= told(parser, text)


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("Ada Holm is the chair of the committee.", "chair agent Holm"),
        ("Ada Holm, the chair of the committee, resigned.", "chair agent Holm"),
        ("Valera works as a nurse.", "nurse agent Valera"),
        ("The union refused to sign the deal.", "sign agent union"),
        ("The judge ordered the mayor to leave.", "leave agent mayor"),
        ("The guests came and ate the soup.", "ate agent guests"),
        ("The mayor and the vicar met.", "met agent vicar"),
        ("The pilot was accused of stealing the boat.", "stealing agent pilot"),
    ],
)
def test_what_is_understood_is_tied_as_well(parser: Parser, text: str, tie: str) -> None:
    assert tie in told(parser, text)


def test_a_place_has_its_preposition(parser: Parser) -> None:
    (parsed,) = parser.parse(["They met in Geneva."])
    assert [(tie.role, tie.slot) for tie in ties(parsed) if parsed.words[tie.of].text == "Geneva"] == [
        ("other", "in")
    ]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            "the court which who was not fined by a mayor , and said that to be as of Paris . is".split()
        ),
        max_size=16,
    )
)
def test_no_sentence_is_too_odd(parser: Parser, words: list[str]) -> None:
    (parsed,) = parser.parse([" ".join(words)], names=False)
    for tie in ties(parsed):
        assert tie.head != tie.of
        assert 0 <= min(tie.head, tie.of) <= max(tie.head, tie.of) < len(parsed.words)
