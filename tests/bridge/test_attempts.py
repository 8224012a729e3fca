from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from dateline.answer.model import LanguageModel
from dateline.bridge.attempts import Patience
from dateline.bridge.llm import wrap
from dateline.config import Settings
from listening import MESSAGES, heard, leak, model_at
from scripted_server import Reply, scripted_server

WORD, WHOLE = 0.5, 1.5  # seconds
SOON = Settings(llm_first_word_seconds=WORD, llm_seconds=WHOLE)
SLACK = 1.0  # seconds, for a busy machine


def event(text: str) -> str:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted"}
    choices = [{"index": 0, "delta": {"content": text}, "finish_reason": None}]
    return f"data: {json.dumps(chunk | {'choices': choices})}\n\n"


SILENCES = [
    Reply.silence(9),
    Reply.silence(9, after="In Hanoi"),
    Reply.silence(9, mute=True),
    Reply.dribble("H", pace=0.05, mute=True),  # a status line that never ends
    *(
        Reply.dribble(drip, pace=0.05, after=said)
        for drip in ("d", "\n", ": still here\n\n", event(""), event(" "), event("\n"))
        for said in ("", "In Hanoi")
    ),
]


@pytest.mark.parametrize("reply", SILENCES)
def test_silence_of_any_kind_ends_at_its_deadline(reply: Reply) -> None:
    with scripted_server([reply]) as server:
        model = model_at(server, SOON)
        begun = time.monotonic()
        said, error = heard(model)
        seconds = time.monotonic() - begun
        assert server.hung_up.wait(1)
    assert error is not None
    assert (said.strip(), error.reason, error.requests) == ("".join(reply.pieces), "timeout", 1)
    assert 0.4 < seconds < WORD + SLACK


def test_words_that_never_end_are_ended_by_the_deadline_for_the_whole() -> None:
    with scripted_server([Reply.dribble(event(" word"), pace=0.05)]) as server:
        model = model_at(server, SOON)
        begun = time.monotonic()
        said, error = heard(model)
        assert time.monotonic() - begun < WHOLE + SLACK
        assert server.hung_up.wait(1)
    assert said.startswith(" word word")
    assert error is not None
    assert error.reason == "timeout"


def test_a_second_request_has_only_the_time_that_the_first_has_left() -> None:
    with scripted_server([leak(500, retry_after="1.5"), Reply.silence(9)]) as server:
        model = model_at(server, Settings(llm_first_word_seconds=2.0))
        begun = time.monotonic()
        _, error = heard(model)
        assert time.monotonic() - begun < 2.0 + SLACK
    assert error is not None
    assert (error.reason, error.requests) == ("timeout", 2)


def test_nothing_is_waited_for_after_the_finish_reason() -> None:
    finish = event("In Hanoi.").replace("null", '"stop"')
    with scripted_server([Reply.dribble(finish, pace=0.05)]) as server:
        model = model_at(server, Settings())
        begun = time.monotonic()
        said, error = heard(model)
        assert time.monotonic() - begun < 1.0 + SLACK
    assert said.startswith("In Hanoi.")
    assert error is None


def test_a_reply_that_is_far_too_long_is_cut() -> None:
    with scripted_server([Reply.dribble(event("word " * 2_000), pace=0.001)]) as server:
        chunks = list(model_at(server, Settings()).stream(MESSAGES))
        assert server.hung_up.wait(1)
    assert 50_000 < sum(len(chunk.text) for chunk in chunks) < 70_000
    assert chunks[-1].finish == "length"


def test_a_reply_that_came_in_time_is_read_in_the_readers_time() -> None:
    with scripted_server([Reply.text("In Hanoi, Vietnam.")]) as server:
        stream = model_at(server, SOON).stream(MESSAGES)
        said = next(stream).text
        time.sleep(WHOLE)
        assert said + "".join(chunk.text for chunk in stream) == "In Hanoi, Vietnam."


def test_a_stream_that_nobody_wants_any_more_is_closed() -> None:
    for reply in (Reply.text("word " * 5_000, pace=0.01), Reply.silence(30, after="word")):
        with scripted_server([reply]) as server:
            stream = model_at(server, Settings()).stream(MESSAGES)
            next(iter(stream))
            stream.close()  # type: ignore[attr-defined]
            assert server.hung_up.wait(1)


def spoken_by(pieces: Callable[[], Iterator[str]], settings: Settings = SOON) -> LanguageModel:
    """A LlamaIndex object, passed by hand, that says these pieces as they come."""
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import MockLLM

    class Speaker(MockLLM):
        def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: object) -> object:  # type: ignore[override]
            for piece in pieces():
                yield ChatResponse(message=ChatMessage(role="assistant", content=""), delta=piece)

    return wrap(Speaker(max_tokens=None), settings)


@pytest.mark.parametrize("said", ["", "In Hanoi"])
def test_an_object_passed_by_hand_has_the_same_deadlines(said: str) -> None:
    woken = threading.Event()

    def pieces() -> Iterator[str]:
        yield said
        woken.wait(20)

    begun = time.monotonic()
    heard_of_it, error = heard(spoken_by(pieces))
    assert time.monotonic() - begun < WORD + SLACK
    woken.set()
    assert error is not None
    assert (heard_of_it, error.reason) == (said, "timeout")


@pytest.mark.parametrize("piece", ["", " word"])
def test_an_object_that_speaks_for_ever_is_stopped(piece: str) -> None:
    stopped = threading.Event()

    def pieces() -> Iterator[str]:
        try:
            while True:
                time.sleep(0.02)
                yield piece
        finally:
            stopped.set()

    begun = time.monotonic()
    _, error = heard(spoken_by(pieces))
    assert time.monotonic() - begun < WHOLE + SLACK
    assert error is not None
    assert error.reason == "timeout"
    assert stopped.wait(1)


def test_a_silent_server_of_this_machine_is_waited_for_while_it_is_alive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dateline.bridge.attempts._LOOKED_AT", 0.2)  # its time is not what is tested
    late = Reply(pieces=("In Hanoi.",), pace=3.0)
    with scripted_server([late]) as server:
        said, error = heard(model_at(server, Settings()))
    assert error is None
    assert said.strip() == "In Hanoi."


def test_a_silent_server_that_is_gone_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.bridge.attempts._LOOKED_AT", 0.2)
    patience = Patience(word=60.0, whole=60.0, is_alive=lambda: False)
    time.sleep(0.3)
    with pytest.raises(ConnectionError):
        patience.look()


def test_a_reader_is_told_of_silence_every_second() -> None:
    with scripted_server([Reply(pieces=("In Hanoi.",), pace=2.5)]) as server:
        chunks = list(model_at(server, Settings()).stream(MESSAGES))
    assert [one.text for one in chunks[:2]] == ["", ""]
    assert "".join(one.text for one in chunks) == "In Hanoi."


def test_how_fast_a_server_of_this_machine_reads_is_learned_from_its_reply() -> None:
    reply = Reply(pieces=("In Hanoi.",), pace=0.5, tokens=(500, 4))
    with scripted_server([reply]) as server:
        model = model_at(server, Settings())
        assert model.reading_speed is None
        list(model.stream(MESSAGES))
    assert model.reading_speed is not None
    assert 100 < model.reading_speed <= 1_000
