from __future__ import annotations

from itertools import pairwise

import pytest

from dateline.dates.tokens import sentences, tokens


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_sentences_without_a_word_of_time_are_left_out() -> None:
    assert cut("Kim smiled. They met Monday. Nobody spoke.") == ["They met Monday"]


@pytest.mark.parametrize(
    "text",
    [
        "It was Feb. 8 when they met",
        "At 8 p.m. Monday they met",
        "The U.S. on Monday met Mr. Kim of St. Louis",
        "They met on\nmonday",
        "The line of this report was wrapped here, on a last\nMonday in May",
    ],
)
def test_no_date_is_cut(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize("gap", [". ", ".\n", "\n\n", "! ", '." '])
def test_a_sentence_ends(gap: str) -> None:
    assert len(cut(f"They met Monday{gap}He left Tuesday")) == 2


def test_a_heading_ends_with_its_line() -> None:
    assert cut("News of last week\nMonday they met") == ["News of last week", "Monday they met"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Feb. 8", "month small"),
        ("3 p.m. 2019-02-08", "clock date"),
        ("4/22 1/2 9/11 24/7", "slashed fraction date x"),
        ("the '90s, 1990s", "the decade comma decade"),
        ("MH370 Oct2 5G", "X x month small x X"),
        ("New Year’s Eve", "holiday"),
        ("may May MAY", "faint_month weak_month month"),
    ],
)
def test_kinds_of_tokens(text: str, kinds: str) -> None:
    found = tokens(text, 0, len(text))
    assert " ".join(token.kind for token in found) == kinds
    assert all(token.end <= following.start for token, following in pairwise(found))
