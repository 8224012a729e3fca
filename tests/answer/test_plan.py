from __future__ import annotations

import pytest

from dateline.answer.plan import MOST_PARTS, planned
from dateline.bridge.llm import load_llm
from dateline.config import Settings
from dateline.search import Question, understand
from scripted_server import Reply, scripted_server

TWO_THINGS = understand(
    "Why did ferry crews stop work at dawn in Port Ansel, while the mayor of Larkvale opened a new bridge?"
)


def asked_of(reply: Reply, question: Question = TWO_THINGS) -> tuple[Question, int]:
    """What becomes of a question, and how many requests it took."""
    with scripted_server([reply]) as server:
        model = load_llm(f"openai:scripted@{server.url}", Settings())
        assert model
        return planned(question, model), len(server.requests)


def test_the_parts_that_a_model_proposes_are_taken() -> None:
    question, _ = asked_of(
        Reply.text("1. Why did ferry crews in Port Ansel stop work?\n- Who opened the bridge?")
    )
    assert question.parts == ("Why did ferry crews in Port Ansel stop work?", "Who opened the bridge?")
    assert question.text == TWO_THINGS.text


@pytest.mark.parametrize(
    "reply",
    [
        Reply.text("It was about pay."),
        Reply.text("Who opened the bridge?"),
        Reply.text("Who?" * 500 + "\nWho opened the bridge?"),
        Reply.status(401),
        Reply.html(),
    ],
)
def test_the_rules_parts_stay_where_a_model_proposes_none_or_fails(reply: Reply) -> None:
    question, _ = asked_of(reply)
    assert question == TWO_THINGS


def test_more_parts_than_an_archive_is_searched_for_are_left_out() -> None:
    question, _ = asked_of(Reply.text("\n".join(f"Who was number {n}?" for n in range(9))))
    assert len(question.parts) == MOST_PARTS


def test_a_question_about_one_thing_costs_no_request() -> None:
    one = understand("Who opened the bridge?")
    assert asked_of(Reply.text("A?\nB?"), one) == (one, 0)
