from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer import standalone
from dateline.search import understand
from dateline.types import Turn

HISTORY = [Turn("When will Trump and Kim meet for the second time?", "On Feb. 27. [1]")]


@pytest.mark.parametrize(
    "text", ["And where?", "Why?", "Who else was there?", "What did they agree on in the end?"]
)
def test_a_question_that_leans_on_the_one_before_is_searched_with_it(text: str) -> None:
    question = standalone(text, HISTORY)
    assert question.text == f"{text} ({HISTORY[0].question})"
    assert {"trump", "kim", "meet"} <= set(question.terms)
    assert {"Trump", "Kim"} <= set(question.names)


def test_what_is_wanted_is_what_the_new_question_wants() -> None:
    assert standalone("And where?", HISTORY).wanted == ("place",)


@pytest.mark.parametrize(
    "text", ["What did Biegun do?", "How much did the new bridge over the river cost?", "Where is Larkvale?"]
)
def test_a_question_that_stands_alone_is_left_as_it_is(text: str) -> None:
    assert standalone(text, HISTORY) == understand(text)


def test_a_first_question_is_left_as_it_is() -> None:
    assert standalone("And where?", []) == understand("And where?")


def test_a_chain_of_short_questions_leads_back_to_the_first() -> None:
    history = [*HISTORY, Turn("And where?", "In Hanoi. [1]")]
    assert standalone("Why there?", history).text == f"Why there? (And where? ({HISTORY[0].question}))"


def test_answers_are_no_part_of_a_question() -> None:
    assert "27" not in standalone("And where?", HISTORY).text


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_question_after_any_other_is_understood(text: str, before: list[str]) -> None:
    assert standalone(text, [Turn(one, "") for one in before]).text.startswith(text.rstrip())
