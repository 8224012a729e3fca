from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline.answer.plan import MOST_PARTS, planned
from dateline.bridge.llm import load_llm
from dateline.config import Settings
from dateline.index.minilm import MiniLM
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
    ],
)
def test_the_rules_parts_stay_where_a_model_proposes_none(reply: Reply) -> None:
    question, _ = asked_of(reply)
    assert question == TWO_THINGS


def test_a_model_that_fails_is_not_asked_again_for_the_answer(index: Path, embedder: MiniLM) -> None:
    with scripted_server([Reply.status(401)]) as server:
        archive = dateline.open(
            index, llm=f"openai:scripted@{server.url}", embedder=embedder, settings=Settings()
        )
        answer = archive.ask(TWO_THINGS.text)
    assert (answer.answered, answer.mode, answer.degraded) == (True, "extractive", "unauthorized")
    assert answer.parts == TWO_THINGS.parts
    assert len(server.requests) == 1


def test_more_parts_than_an_archive_is_searched_for_are_left_out() -> None:
    question, _ = asked_of(Reply.text("\n".join(f"Who was number {n}?" for n in range(9))))
    assert len(question.parts) == MOST_PARTS


def test_a_question_about_one_thing_costs_no_request() -> None:
    one = understand("Who opened the bridge?")
    assert asked_of(Reply.text("A?\nB?"), one) == (one, 0)
