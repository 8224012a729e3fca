from __future__ import annotations

import logging
import socket
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.answer.model import Chunk, LanguageModel, Message
from dateline.bridge.llm import load_llm, wrap
from dateline.config import Settings
from dateline.errors import ModelError
from scripted_server import Reply, ScriptedServer, scripted_server

SECRET = "sk-very-secret"
MESSAGES = [Message("system", "Be brief."), Message("user", "Where?")]
QUICK = Settings(llm_first_word_seconds=1.0, llm_seconds=6.0)


def model_at(server: ScriptedServer, settings: Settings = QUICK) -> LanguageModel:
    model = load_llm(f"openai:scripted@{server.url}", settings)
    assert model is not None
    return model


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """The clients' modules: importing them takes seconds, and deadlines here are short."""
    with scripted_server([Reply.text("Ready.")]) as server:
        list(model_at(server).stream(MESSAGES))


def heard(model: LanguageModel) -> tuple[str, ModelError | None]:
    """What was said, and how it failed."""
    said = ""
    try:
        for chunk in model.stream(MESSAGES):
            said += chunk.text
    except ModelError as error:
        return said, error
    return said, None


def test_a_reply_is_streamed_and_ends_with_its_finish_reason_and_tokens() -> None:
    with scripted_server([Reply.text("In Hanoi, Vietnam.", tokens=(7, 5))]) as server:
        chunks = list(model_at(server).stream(MESSAGES))
    assert [chunk.text for chunk in chunks] == ["In", " Hanoi,", " Vietnam.", ""]
    assert chunks[-1] == Chunk("", "stop", 7, 5)
    body = server.requests[0].body
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Where?"},
    ]
    assert body["model"] == "scripted"


def leak(status: int, **error: str) -> Reply:
    """A failure whose body repeats everything that must not be shown."""
    return Reply.status(
        status, {"error": {"message": f"key {SECRET} of server-text", **error}}, retry_after="0"
    )


FAILURES: list[tuple[str, Reply, int]] = [
    ("unauthorized", leak(401), 1),
    ("unauthorized", leak(403), 1),
    ("unknown_model", leak(404), 1),
    ("unknown_model", leak(400, code="model_not_found"), 1),
    ("rate_limited", leak(429), 2),
    ("rate_limited", leak(429, code="insufficient_quota"), 1),
    ("rate_limited", Reply.status(429, retry_after="60"), 1),
    ("server_error", leak(500), 2),
    ("server_error", leak(503), 2),
    ("context_too_long", leak(400, code="context_length_exceeded"), 1),
    ("context_too_long", Reply.status(400, {"message": "This model's maximum context length is 10"}), 1),
    ("content_filter", leak(400, code="content_filter"), 1),
    ("bad_reply", leak(400), 2),  # once more without asking for usage
    ("timeout", Reply.silence(5), 1),
    ("bad_reply", Reply.html(), 1),
    ("bad_reply", Reply.empty_choices(), 1),
    ("bad_reply", Reply.bad_json(), 1),
    ("bad_reply", Reply.text(""), 1),
    ("unreachable", Reply.cut("", torn=True), 2),
]


@pytest.mark.parametrize(("reason", "reply", "requests"), FAILURES)
def test_a_failure_has_a_reason_and_tells_no_secret(
    reason: str, reply: Reply, requests: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    begun = time.monotonic()
    with scripted_server([reply]) as server:
        said, error = heard(model_at(server))
    assert (said, error and error.reason) == ("", reason)
    assert len(server.requests) == requests
    assert time.monotonic() - begun < QUICK.llm_seconds
    assert_tells_no_secret(error, server, caplog)


@pytest.mark.parametrize(
    ("reason", "reply"),
    [
        ("cut_off", Reply.cut("In Hanoi")),
        ("cut_off", Reply.cut("In Hanoi", torn=True)),
        ("timeout", Reply.silence(5, after="In Hanoi")),
        ("bad_reply", Reply.bad_json(after="In Hanoi")),
    ],
)
def test_a_failure_in_the_middle_is_not_tried_again(
    reason: str, reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    with scripted_server([reply]) as server:
        said, error = heard(model_at(server))
    assert (said, error and error.reason) == ("In Hanoi", reason)
    assert len(server.requests) == 1
    assert_tells_no_secret(error, server, caplog)


def assert_tells_no_secret(
    error: ModelError | None, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert error is not None
    told = f"{error}\n{caplog.text}"
    for secret in (SECRET, "server-text", "secret-portal", server.url, "127.0.0.1"):
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
    assert (said, error and error.reason) == ("", "unreachable")


@pytest.mark.parametrize("failure", [leak(429), leak(500), Reply.cut("", torn=True)])
def test_a_failure_that_passes_costs_one_more_request(failure: Reply) -> None:
    with scripted_server([failure, Reply.text("In Hanoi.")]) as server:
        assert heard(model_at(server)) == ("In Hanoi.", None)
    assert len(server.requests) == 2


def test_a_short_retry_after_is_waited_for() -> None:
    begun = time.monotonic()
    with scripted_server([Reply.status(429, retry_after="1"), Reply.text("In Hanoi.")]) as server:
        assert heard(model_at(server)) == ("In Hanoi.", None)
    assert time.monotonic() - begun >= 1


def test_a_server_that_knows_no_usage_is_asked_without() -> None:
    def strict(body: dict[str, object]) -> Reply:
        return Reply.status(422) if "stream_options" in body else Reply.text("In Hanoi.")

    with scripted_server([strict]) as server:
        assert heard(model_at(server)) == ("In Hanoi.", None)


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_another_finish_reason_is_passed_on(finish: str) -> None:
    with scripted_server([Reply.finish(finish, "In Ha")]) as server:
        assert list(model_at(server).stream(MESSAGES))[-1].finish == finish


def test_a_reply_that_trickles_ends_at_its_deadline() -> None:
    with scripted_server([Reply.text("word " * 500, pace=0.05)]) as server:
        said, error = heard(model_at(server, Settings(llm_first_word_seconds=5.0, llm_seconds=1.0)))
    assert said.startswith("word word")
    assert error is not None
    assert error.reason == "timeout"


def test_a_stream_that_nobody_wants_any_more_is_closed() -> None:
    with scripted_server([Reply.text("word " * 5_000, pace=0.01)]) as server:
        stream = model_at(server).stream(MESSAGES)
        next(stream)
        stream.close()  # type: ignore[attr-defined]
        assert server.hung_up.wait(2)


def test_text_that_can_not_be_encoded_is_sent_without_it() -> None:
    with scripted_server([Reply.text("Fine.")]) as server:
        list(model_at(server).stream([Message("user", "a\ud800b")]))
    assert server.requests[0].body["messages"][0]["content"] == "a?b"


def test_a_key_goes_to_its_own_address_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)  # the client would take it from here
    with scripted_server([Reply.text("Fine.")]) as server:
        settings = Settings(llm_key=SECRET, llm_url=server.url)
        own = load_llm("openai:scripted", settings)
        other = load_llm(f"openai:scripted@{server.url}", settings)
        for model in (own, other):
            assert model is not None
            assert heard(model) == ("Fine.", None)
    keys = [request.headers["authorization"] for request in server.requests]
    assert keys == [f"Bearer {SECRET}", "Bearer none"]


@pytest.mark.parametrize(
    ("name", "settings", "chosen"),
    [
        (None, Settings(), None),
        ("none", Settings(llm_key=SECRET), None),
        (None, Settings(llm="none", llm_key=SECRET), None),
        (None, Settings(llm_key=SECRET), "openai:gpt-5-mini"),
        (None, Settings(llm="openai:some-new-model", llm_key=SECRET), "openai:some-new-model"),
        ("openai:llama3.2:3b@http://127.0.0.1:1/v1", Settings(), "openai:llama3.2:3b"),
    ],
)
def test_a_model_is_chosen_by_name_settings_or_key(
    name: str | None, settings: Settings, chosen: str | None
) -> None:
    model = load_llm(name, settings)
    assert (model.name if model else None) == chosen


@pytest.mark.parametrize(
    ("name", "reason", "said"),
    [
        ("gpt-5", "unknown_model", "openai:NAME"),
        ("openai:", "unknown_model", "openai:NAME"),
        ("../os:x", "unknown_model", "openai:NAME"),
        ("openai:gpt-5-mini", "unauthorized", "OPENAI_API_KEY"),
        ("no_such_thing:x", "not_installed", "pip install llama-index-llms-no-such-thing"),
    ],
)
def test_a_name_that_can_not_be_had_says_what_to_do(name: str, reason: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        load_llm(name, Settings())
    assert caught.value.reason == reason
    assert caught.value.__context__ is None


PARROT = """
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata

class Parrot(CustomLLM):
    model: str
    max_retries: int = 9
    request_timeout: float = 99.0

    @property
    def metadata(self):
        return LLMMetadata()

    def complete(self, prompt, formatted=False, **kwargs):
        return CompletionResponse(text=f"{self.max_retries} retries, {self.request_timeout} seconds")

    def stream_complete(self, prompt, formatted=False, **kwargs):
        yield self.complete(prompt)
"""


def test_an_installed_integration_is_loaded_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import llama_index.llms

    (tmp_path / "parrot.py").write_text(PARROT)
    monkeypatch.setattr(llama_index.llms, "__path__", [*llama_index.llms.__path__, str(tmp_path)])
    model = load_llm("parrot:grey", QUICK)
    assert model is not None
    assert model.name == "parrot:grey"
    assert heard(model) == ("0 retries, 1.0 seconds", None)


def test_any_llamaindex_object_is_a_language_model() -> None:
    from llama_index.core.llms import MockLLM

    model = wrap(MockLLM())
    assert model.name == "mockllm"
    chunks = list(model.stream(MESSAGES))
    assert "Where?" in "".join(chunk.text for chunk in chunks)
    assert chunks[-1].finish is None


def test_an_object_that_can_not_stream_answers_at_once() -> None:
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import MockLLM

    class Whole(MockLLM):
        def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> object:  # type: ignore[override]
            raise NotImplementedError

        def chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> ChatResponse:
            return ChatResponse(message=ChatMessage(role="assistant", content="In Hanoi."))

    assert heard(wrap(Whole(max_tokens=None))) == ("In Hanoi.", None)


def test_an_object_that_fails_in_its_own_way_is_a_bad_reply() -> None:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms import MockLLM

    class Broken(MockLLM):
        def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> object:  # type: ignore[override]
            raise RuntimeError(SECRET)

    said, error = heard(wrap(Broken(max_tokens=None)))
    assert error is not None
    assert (said, error.reason) == ("", "bad_reply")
    assert SECRET not in str(error)
