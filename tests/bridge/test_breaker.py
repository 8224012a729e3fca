from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from dateline.bridge.breaker import FAILURES, SECONDS, Breaker
from dateline.errors import ModelError, ModelFailure
from listening import MESSAGES, heard, leak, model_at
from scripted_server import Reply, scripted_server


@dataclass
class Clock:
    time: float = 1_000.0

    def __call__(self) -> float:
        return self.time


def opened(clock: Clock, *reasons: ModelFailure) -> Breaker:
    breaker = Breaker(now=clock)
    for reason in reasons:
        breaker.failed(reason)
    return breaker


def refusal(breaker: Breaker) -> ModelError | None:
    try:
        breaker.enter("openai:slow")
    except ModelError as error:
        return error
    return None


def test_after_three_failures_in_a_row_nobody_waits_any_more() -> None:
    clock = Clock()
    breaker = opened(clock, "unreachable", "server_error", "rate_limited")
    clock.time += 10
    refused = refusal(breaker)
    assert refused is not None
    assert (refused.reason, refused.requests) == ("rate_limited", 0)
    assert str(refused) == (
        "openai:slow is not asked for another 20 seconds, as it failed three times in a row"
    )
    clock.time += 19.5
    assert "for another second," in str(refusal(breaker))


@pytest.mark.parametrize("between", ["unauthorized", "bad_reply", "cut_off", "context_too_long"])
def test_a_server_that_is_there_closes_it(between: ModelFailure) -> None:
    assert refusal(opened(Clock(), "timeout", "timeout", between, "timeout")) is None
    breaker = opened(Clock(), "timeout", "timeout")
    breaker.succeeded()
    breaker.failed("timeout")
    assert refusal(breaker) is None


def test_after_a_while_one_call_sees_whether_it_is_back() -> None:
    clock = Clock()
    breaker = opened(clock, "timeout", "timeout", "timeout")
    clock.time += SECONDS
    assert refusal(breaker) is None
    assert refusal(breaker) is not None
    breaker.failed("timeout")
    clock.time += SECONDS - 1
    assert refusal(breaker) is not None
    clock.time += 1
    assert refusal(breaker) is None
    breaker.succeeded()
    assert refusal(breaker) is None
    assert refusal(breaker) is None


def test_a_probe_that_its_reader_gave_up_is_made_by_the_next() -> None:
    clock = Clock()
    breaker = opened(clock, "timeout", "timeout", "timeout")
    clock.time += SECONDS
    breaker.enter("openai:slow")
    breaker.left()
    assert refusal(breaker) is None


def test_of_many_calls_at_once_one_is_the_probe() -> None:
    clock = Clock()
    breaker = opened(clock, "timeout", "timeout", "timeout")
    clock.time += SECONDS
    together = threading.Barrier(8)

    def enter(_: int) -> bool:
        together.wait()
        return refusal(breaker) is None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(enter, range(8))) == 1


def test_a_model_that_keeps_failing_is_not_asked() -> None:
    with scripted_server([leak(500)]) as server:
        model = model_at(server)
        errors = [heard(model)[1] for _ in range(FAILURES + 1)]
    assert [error and error.requests for error in errors] == [2, 2, 2, 0]
    assert [error and error.reason for error in errors] == ["server_error"] * 4
    assert "is not asked for another 30 seconds" in str(errors[-1])
    assert len(server.requests) == 2 * FAILURES


def test_a_model_that_is_stopped_in_the_middle_stays_in_use() -> None:
    with scripted_server([Reply.silence(30, after="In Hanoi")]) as server:
        model = model_at(server)
        for _ in range(FAILURES + 1):
            stream = model.stream(MESSAGES)
            next(iter(stream))
            stream.close()  # type: ignore[attr-defined]
        assert len(server.requests) == FAILURES + 1
