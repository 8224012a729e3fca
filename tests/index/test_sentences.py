from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.index.sentences import sentences

# What news is made of, so that the rules meet; and anything else.
_PIECES = st.sampled_from(
    [
        "Gen. ",
        "U.S. ",
        "Feb. 15",
        "said. ",
        "No. 10",
        " 5 p.m.",
        "”",
        "\n",
        " ",
        "He",
        "…",
        "?!",
        "é",
        "東京。",
        "\u2028",
        "\r",
    ]
)
TEXTS = st.text() | st.lists(_PIECES | st.text(max_size=5)).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(TEXTS, st.integers(0, 20))
def test_spans_are_in_order_and_together_hold_every_character(text: str, start: int) -> None:
    spans = [(start, start), *sentences(text, start=start)]
    assert all(begin < end <= len(text) for begin, end in spans[1:])
    gaps = [(before[1], after[0]) for before, after in pairwise([*spans, (max(start, len(text)), 0)])]
    assert all(begin <= end and not text[begin:end].strip() for begin, end in gaps)


@given(TEXTS)
def test_a_sentence_has_no_space_around_it_and_no_line_break_in_it(text: str) -> None:
    assert all(sentence == sentence.strip() and "\n" not in sentence for sentence in split(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "The two will meet on Feb. 15 in Hanoi.",
        "The U.S. Army sent a team.",
        "It was Gen. Smith who said so.",
        "He lives at No. 10 Downing Street.",
        "They asked Mr. and Mrs. Kim, Dr. Lee and Prof. Ito.",
        "Talks begin at 5 p.m. on Monday.",
        "Sen. Ada Brandt and Gov. Reyl disagreed.",
        "See pp. 4 and 5, vs. the first draft.",
        "He fell ill on Jan. 3 and on Sept. 4.",
        "Acme Inc. of St. Louis bought it.",
        "They met the president (U.S.",
        "Those two (U.S. officials",
        "It begins at 4 p.m. ET",
        "Prices rose 3.5 percent.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert split("The talks failed. Nobody was hurt! Why? Ask him.") == [
        "The talks failed.",
        "Nobody was hurt!",
        "Why?",
        "Ask him.",
    ]


@pytest.mark.parametrize("closing", ['"', "”", "'", "’"])
def test_what_closes_a_sentence_stays_with_it(closing: str) -> None:
    assert split(f"He was told to wait.{closing} Then he left.") == [
        f"He was told to wait.{closing}",
        "Then he left.",
    ]


def test_a_line_break_always_ends_a_sentence() -> None:
    assert split("no full stop\n\nMr.\nKim") == ["no full stop", "Mr.", "Kim"]
