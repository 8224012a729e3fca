from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.answer.model import Chunk, Message
from dateline.bridge.llm import load_llm, wrap
from dateline.config import Settings
from dateline.errors import ModelError
from listening import MESSAGES, QUICK, SECRET, heard, model_at
from scripted_server import Reply, scripted_server


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


def test_a_question_that_has_spent_its_time_asks_no_more() -> None:
    with scripted_server([Reply.text("Ready.")]) as server:
        model = model_at(server, Settings(llm_seconds=5.0))
        with pytest.raises(ModelError) as told:
            list(model.stream(MESSAGES, spent=5.0))
        assert (told.value.reason, told.value.requests, server.requests) == ("timeout", 0, [])
        assert heard(model) == ("Ready.", None)


def test_a_further_call_has_what_is_left_of_the_deadline() -> None:
    endless = Reply.dribble(" ", pace=0.1, after="And so on")
    with scripted_server([endless]) as server:
        model, begun = model_at(server, Settings(llm_seconds=60.0)), time.monotonic()
        with pytest.raises(ModelError) as told:
            list(model.stream(MESSAGES, spent=59.0))
    assert told.value.reason == "timeout"
    assert time.monotonic() - begun < 30.0


def test_a_reply_is_limited_to_what_the_model_has_room_for() -> None:
    with scripted_server([Reply.text("Fine.")]) as server:
        for tokens in (4_096, 100_000):
            model = model_at(server, Settings(llm_context_tokens=tokens))
            assert model.context_tokens == tokens
            heard(model)
    assert [request.body["max_tokens"] for request in server.requests] == [1_024, 2_048]


@pytest.mark.parametrize(
    ("name", "settings", "tokens"),
    [
        ("openai:gpt-5-mini", Settings(llm_key=SECRET), 400_000),
        ("openai:gpt-4", Settings(llm_key=SECRET, llm_url="https://api.openai.com/v1/"), 8_192),
        ("openai:gpt-99", Settings(llm_key=SECRET), 8_192),
        ("openai:gpt-5-mini@http://127.0.0.1:1/v1", Settings(llm_context_tokens=2_048), 2_048),
    ],
)
def test_how_much_a_model_holds_is_known_or_set(name: str, settings: Settings, tokens: int) -> None:
    model = load_llm(name, settings)
    assert model is not None
    assert model.context_tokens == tokens


def test_an_object_says_itself_how_much_it_holds() -> None:
    from llama_index.core.llms import LLMMetadata, MockLLM

    class Told(MockLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(context_window=self.max_tokens or 0)

    class Untold(MockLLM):
        @property
        def metadata(self) -> LLMMetadata:
            raise ConnectionError

    assert wrap(Told(max_tokens=777)).context_tokens == 777
    assert wrap(Told(max_tokens=-1)).context_tokens == 8_192
    assert wrap(Untold(max_tokens=None), Settings(llm_context_tokens=2_048)).context_tokens == 2_048


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


def test_a_model_of_ollama_is_asked_where_ollama_is_without_a_key() -> None:
    with scripted_server([Reply.text("Fine.")]) as server:
        settings = Settings(llm_key=SECRET, ollama=server.url.removesuffix("/v1"))
        model = load_llm("ollama:llama3.2:3b", settings)
        assert model is not None
        assert heard(model) == ("Fine.", None)
    (request,) = server.requests
    assert request.body["model"] == "llama3.2:3b"
    assert request.headers["authorization"] == "Bearer none"


@pytest.mark.parametrize(
    ("name", "settings", "chosen"),
    [
        (None, Settings(), None),
        ("none", Settings(llm_key=SECRET), None),
        (None, Settings(llm="none", llm_key=SECRET), None),
        (None, Settings(llm_key=SECRET), "openai:gpt-5-mini"),
        (None, Settings(llm="openai:some-new-model", llm_key=SECRET), "openai:some-new-model"),
        ("openai:llama3.2:3b@http://127.0.0.1:1/v1", Settings(), "openai:llama3.2:3b"),
        ("ollama:llama3.2:3b", Settings(), "ollama:llama3.2:3b"),
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


@pytest.mark.parametrize(("own", "requests"), [(0, 2), (3, 1)])
def test_an_object_that_tries_again_itself_is_asked_once(own: int, requests: int) -> None:
    from llama_index.core.base.llms.types import ChatMessage
    from llama_index.core.llms import MockLLM

    class Unreachable(MockLLM):
        max_retries: int = own

        def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> object:  # type: ignore[override]
            raise ConnectionRefusedError

    _, error = heard(wrap(Unreachable(max_tokens=None)))
    assert error is not None
    assert (error.reason, error.requests) == ("unreachable", requests)


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
