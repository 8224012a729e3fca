from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.answer.model import Chunk
from dateline.answer.usage import Spending, total
from dateline.errors import ModelError
from dateline.types import Usage


def reply(*texts: str, tokens: tuple[int, int] = (100, 20), requests: int = 1) -> Iterator[Chunk]:
    for text in texts:
        yield Chunk(text, requests=requests)
    prompt, completion = tokens
    yield Chunk("", "stop", prompt, completion, requests)


def failing(*texts: str, requests: int = 1) -> Iterator[Chunk]:
    for text in texts:
        yield Chunk(text)
    raise ModelError("timeout", "scripted did not answer in time", requests=requests)


def test_one_call_is_counted_while_it_is_read() -> None:
    spending = Spending("scripted")
    assert "".join(spending.texts(reply("In ", "Hanoi."))) == "In Hanoi."
    usage = spending.usage()
    assert usage is not None
    assert (usage.model, usage.prompt_tokens, usage.completion_tokens) == ("scripted", 100, 20)
    assert usage.requests == 1
    assert usage.seconds is not None
    assert usage.first_token_seconds is not None
    assert 0 <= usage.first_token_seconds <= usage.seconds + 0.01
    assert spending.finish == "stop"


def test_what_the_calls_of_a_question_took_is_counted() -> None:
    spending = Spending("scripted")
    assert spending.seconds == 0.0
    "".join(spending.texts(reply("Yes.")))
    first = spending.seconds
    "".join(spending.texts(reply("No.")))
    assert 0.0 < first < spending.seconds


def test_two_calls_are_added_and_the_first_word_is_the_second_ones() -> None:
    spending = Spending("scripted")
    list(spending.texts(reply("Where is it?", requests=2)))
    before = spending.usage()
    list(spending.texts(reply("In Hanoi.", tokens=(200, 30))))
    after = spending.usage()
    assert before is not None
    assert after is not None
    assert (after.prompt_tokens, after.completion_tokens, after.requests) == (300, 50, 3)
    assert after.first_token_seconds is not None
    assert before.first_token_seconds is not None
    assert after.first_token_seconds > before.first_token_seconds


def test_a_call_that_failed_counts_its_requests() -> None:
    spending = Spending("scripted")
    list(spending.texts(reply("Where is it?")))
    with pytest.raises(ModelError):
        list(spending.texts(failing(requests=2)))
    usage = spending.usage()
    assert usage is not None
    assert (usage.requests, usage.prompt_tokens, usage.first_token_seconds) == (3, 100, None)
    assert spending.finish is None


def test_a_call_that_failed_in_the_middle_has_spoken() -> None:
    spending = Spending("scripted")
    with pytest.raises(ModelError):
        list(spending.texts(failing("In", requests=0)))
    usage = spending.usage()
    assert usage is not None
    assert (usage.requests, usage.prompt_tokens) == (1, None)
    assert usage.first_token_seconds is not None


def test_a_model_that_was_not_asked_costs_nothing() -> None:
    spending = Spending("scripted")
    assert spending.usage() is None
    with pytest.raises(ModelError):
        list(spending.texts(failing(requests=0)))
    assert spending.usage() is None


def test_a_conversation_costs_the_sum_of_its_answers() -> None:
    assert total([]) is None
    assert total([None, None]) is None
    first = Usage("a", 100, 10, 0.5, 1, 2.0)
    second = Usage("a", None, None, None, 2, 1.0)
    third = Usage("b", 50, 5, 1.5, 1, 3.0)
    assert total([first]) == first
    assert total([first, None, second, third]) == Usage("a, b", 150, 15, 1.5, 4, 6.0)
    assert total([second]) == second
