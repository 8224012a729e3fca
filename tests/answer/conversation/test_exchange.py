from __future__ import annotations

import pytest

from dateline.answer.conversation.exchange import exchanged, reopened, time_of, without_times


@pytest.mark.parametrize(
    ("question", "opener", "asked"),
    [
        ("When did it crash", "Where", "Where did it crash"),
        ("When and where did it crash", "Why", "Why did it crash"),
        ("By how many votes did she win", "When", "When did she win"),
        ("How old is the bridge", "Where exactly", "Where exactly is the bridge"),
        ("Has she won", "Since when", "Since when has she won"),
        ("Who won", "Who else", "Who else won"),
        ("Who won", "When", None),
        ("When did she win", "How many votes", None),
    ],
)
def test_a_question_is_opened_anew_where_that_makes_one(
    question: str, opener: str, asked: str | None
) -> None:
    assert reopened(question, opener) == asked


@pytest.mark.parametrize(
    ("question", "piece", "asked"),
    [
        ("Who won in Moscow", "in Lyon", "Who won in Lyon"),
        ("Who won the cup", "in Lyon", "Who won the cup in Lyon"),
        ("When did Lion Air's plane crash", "Air India", "When did Air India's plane crash"),
        ("What did Kim say in his letter", "in his speech in May", "What did Kim say in his speech in May"),
        ("When did Chang'e-4 land on the Moon", "InSight on Mars", "When did InSight land on Mars"),
        ("Where did the Boeing of Lion Air crash", "Air India", "Where did the Boeing of Air India crash"),
        ("When did Trump visit Japan", "Vietnam", "When did Trump visit Vietnam"),
        ("When did Trump visit Japan", "Macron", "When did Macron visit Japan"),
        ("What happened in Hanoi", "Biegun", None),
        ("Who won", "the men", None),
    ],
)  # fmt: skip
def test_a_piece_takes_the_place_of_what_is_most_like_it(
    question: str, piece: str, asked: str | None
) -> None:
    assert exchanged(question, piece) == asked


def test_a_time_is_read_with_its_preposition() -> None:
    assert time_of("What happened there in October 2018, and why?") == "in October 2018"
    assert time_of("What happened there?") is None
    assert without_times("What happened in October 2018 in Seoul") == "What happened in Seoul"
