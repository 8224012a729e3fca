from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from email.utils import formatdate

import pytest

from dateline.bridge.llm import load_llm
from dateline.errors import ModelError
from listening import QUICK, heard, leak, model_at, secrets
from scripted_server import Reply, ScriptedServer, scripted_server

FAILURES: list[tuple[str, Reply, int]] = [
    ("unauthorized", leak(401), 1),
    ("unauthorized", leak(403), 1),
    ("unknown_model", leak(404), 1),
    ("unknown_model", leak(400, code="model_not_found"), 1),
    ("rate_limited", leak(429), 2),
    ("rate_limited", leak(429, retry_after=None), 2),
    ("rate_limited", leak(429, retry_after="60"), 1),
    ("rate_limited", leak(429, retry_after="3"), 1),  # after the deadline for the first word
    ("rate_limited", leak(429, retry_after="soon"), 1),
    ("rate_limited", leak(429, retry_after=formatdate(time.time() + 86_400, usegmt=True)), 1),
    ("rate_limited", leak(429, code="insufficient_quota"), 1),
    ("rate_limited", leak(402), 1),
    ("server_error", leak(500), 2),
    ("server_error", leak(503), 2),
    ("context_too_long", leak(400, code="context_length_exceeded"), 1),
    ("context_too_long", Reply.status(400, {"message": "This model's maximum context length is 10"}), 1),
    ("context_too_long", leak(413), 1),
    ("content_filter", leak(400, code="content_filter"), 1),
    ("bad_reply", leak(302), 1),
    ("bad_reply", leak(400), 2),  # once more without the options
    ("bad_reply", Reply.html(), 1),
    ("bad_reply", Reply.empty_choices(), 1),
    ("bad_reply", Reply.bad_json(), 1),
    ("bad_reply", Reply.text(""), 1),
    ("bad_reply", Reply.finish("tool_calls"), 1),
    ("unreachable", Reply.cut("", torn=True), 2),
    ("unreachable", Reply.broken(""), 2),
]


@pytest.mark.parametrize(("reason", "reply", "requests"), FAILURES)
def test_a_failure_has_a_reason_and_tells_no_secret(
    reason: str, reply: Reply, requests: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    with scripted_server([reply]) as server:
        begun = time.monotonic()
        said, error = heard(model_at(server))
        assert time.monotonic() - begun < (QUICK.llm_first_word_seconds or 0) + 1
    assert error is not None
    assert (said, error.reason) == ("", reason)
    assert error.requests == requests == len(server.requests)
    assert_tells_no_secret(error, server, caplog)


@pytest.mark.parametrize(
    ("reason", "reply"),
    [
        ("cut_off", Reply.cut("In Hanoi")),
        ("cut_off", Reply.cut("In Hanoi", torn=True)),
        ("cut_off", Reply.broken("In Hanoi")),
        ("timeout", Reply.silence(5, after="In Hanoi")),
        ("bad_reply", Reply.bad_json(after="In Hanoi")),
    ],
)
def test_a_failure_in_the_middle_is_not_tried_again(
    reason: str, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    with scripted_server([reply]) as server:
        said, error = heard(model_at(server))
    assert error is not None
    assert (said, error.reason) == ("In Hanoi", reason)
    assert error.requests == len(server.requests) == 1
    assert_tells_no_secret(error, server, caplog)


def assert_tells_no_secret(
    error: ModelError, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    told = f"{error}\n{caplog.text}"
    for secret in secrets(server):
        assert secret not in told
    assert "\n" not in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        model = load_llm(f"openai:scripted@http://127.0.0.1:{unused.getsockname()[1]}/v1", QUICK)
        assert model is not None
        said, error = heard(model)
    assert error is not None
    assert (said, error.reason, error.requests) == ("", "unreachable", 2)


@pytest.mark.parametrize("failure", [leak(429), leak(500), Reply.cut("", torn=True)])
def test_a_failure_that_passes_costs_one_more_request(failure: Reply) -> None:
    with scripted_server([failure, Reply.text("In Hanoi.")]) as server:
        chunks = list(model_at(server).stream([]))
    assert "".join(chunk.text for chunk in chunks) == "In Hanoi."
    assert {chunk.requests for chunk in chunks} == {2} == {len(server.requests)}


@pytest.mark.parametrize(
    "retry_after",
    [lambda: "0.6", lambda: formatdate(time.time() + 0.6, usegmt=True), lambda: formatdate(0, usegmt=True)],
)
def test_a_short_retry_after_is_waited_for(retry_after: Callable[[], str]) -> None:
    def busy(body: object) -> Reply:
        return Reply.status(429, retry_after=retry_after())

    with scripted_server([busy, Reply.text("In Hanoi.")]) as server:
        begun = time.monotonic()
        assert heard(model_at(server)) == ("In Hanoi.", None)
        assert retry_after() != "0.6" or time.monotonic() - begun >= 0.6
    assert len(server.requests) == 2


def test_a_server_that_knows_no_options_is_asked_without() -> None:
    def strict(body: dict[str, object]) -> Reply:
        return Reply.status(422) if {"stream_options", "max_tokens"} & set(body) else Reply.text("In Hanoi.")

    with scripted_server([strict]) as server:
        assert heard(model_at(server)) == ("In Hanoi.", None)


def test_a_server_that_can_not_read_that_much_is_told_less() -> None:
    from dateline.answer.model import Message

    def small(body: dict[str, object]) -> Reply:
        too_long = "long" in str(body["messages"])
        return leak(400, code="context_length_exceeded") if too_long else Reply.text("In Hanoi.")

    with scripted_server([small]) as server:
        model = model_at(server)
        chunks = list(model.stream([Message("user", "a long story")], [Message("user", "a story")]))
        assert "".join(chunk.text for chunk in chunks) == "In Hanoi."
        assert chunks[-1].requests == 2
        with pytest.raises(ModelError) as caught:
            list(model.stream([Message("user", "a long story")], [Message("user", "still long")]))
    assert (caught.value.reason, caught.value.requests) == ("context_too_long", 2)


def test_space_is_no_reply() -> None:
    with scripted_server([Reply(pieces=(" ", "\n"))]) as server:
        said, error = heard(model_at(server))
    assert error is not None
    assert (said, error.reason) == (" \n", "bad_reply")


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_another_finish_reason_is_passed_on(finish: str) -> None:
    with scripted_server([Reply.finish(finish, "In Ha")]) as server:
        assert list(model_at(server).stream([]))[-1].finish == finish
