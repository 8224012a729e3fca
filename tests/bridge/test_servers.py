"""What servers say of their models, how long they are waited for, and how they are spoken to."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from dateline.bridge.servers import (
    LOCAL_WHOLE,
    LOCAL_WORD,
    REMOTE_WHOLE,
    REMOTE_WORD,
    Told,
    is_alive,
    is_local,
    limits,
    style,
    told,
)
from dateline.config import Settings
from scripted_server import Reply, scripted_server

LLAMA_CPP = {"/v1/models": {"data": [{"id": "/models/q.gguf", "meta": {"n_params": 1.7e9, "n_ctx": 4096}}]}}
VLLM = {"/v1/models": {"data": [{"id": "other"}, {"id": "some/model", "max_model_len": 16384}]}}
OLLAMA = {
    "/v1/models": {"data": [{"id": "some/model"}]},
    "/api/show": {"model_info": {"general.parameter_count": 7.6e9}},
}


@contextmanager
def server(answers: Mapping[str, Any]) -> Iterator[str]:
    """A server on loopback that answers these paths with JSON and any other with 404."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path in answers
            body = json.dumps(answers.get(self.path, {})).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (LLAMA_CPP, Told(1.7e9, 4096)),
        (VLLM, Told(None, 16384)),
        (OLLAMA, Told(7.6e9, None)),
        ({}, Told()),
        ({"/v1/models": ["nonsense"]}, Told()),
        ({"/v1/models": {"data": [{"id": "some/model", "meta": "none", "max_model_len": "many"}]}}, Told()),
    ],
)
def test_each_server_is_understood_in_its_own_way(answers: Mapping[str, Any], expected: Told) -> None:
    with server(answers) as url:
        assert told("some/model", url) == expected


def test_a_server_that_is_away_says_nothing_and_is_not_alive() -> None:
    with server(LLAMA_CPP) as url:
        assert is_alive(url)
    assert told("any", url) == Told()
    assert not is_alive(url)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.0.3.1/v1", True),
        ("http://[::1]:1234/v1", True),
        ("http://localhost:11434/v1", True),
        ("https://api.openai.com/v1", False),
        ("http://192.168.1.4/v1", False),
        ("http://localhost.example.com/v1", False),
        (None, False),
    ],
)
def test_only_loopback_is_this_machine(url: str | None, local: bool) -> None:
    assert is_local(url) is local
    found = limits(Settings(), url)
    assert (found.word, found.whole) == ((LOCAL_WORD, LOCAL_WHOLE) if local else (REMOTE_WORD, REMOTE_WHOLE))
    assert found.watched == (url if local else None)


def test_limits_that_are_set_hold_everywhere() -> None:
    settings = Settings(llm_first_word_seconds=2.0, llm_seconds=3.0)
    for url in ("http://127.0.0.1/v1", "https://example.com/v1"):
        found = limits(settings, url)
        assert (found.word, found.whole) == (2.0, 3.0)


HERE, THERE = "http://127.0.0.1/v1", "https://example.com/v1"


@pytest.mark.parametrize(
    ("name", "url", "parameters", "expected"),
    [
        ("any", HERE, 1.7e9, "small"),
        ("any", HERE, 70e9, "large"),
        ("qwen2.5:1.5b", HERE, None, "small"),
        ("llama3.1-70b-instruct", HERE, None, "large"),
        ("org/Model-7B-Chat", THERE, None, "small"),
        ("any", HERE, None, "small"),
        ("gpt-5-mini", THERE, None, "large"),
        ("q4_b", THERE, None, "large"),
    ],
)
def test_a_model_is_spoken_to_by_its_size(
    name: str, url: str, parameters: float | None, expected: str
) -> None:
    assert style(name, url, parameters, Settings()) == expected
    assert style(name, url, parameters, Settings(llm_style="large")) == "large"
    assert style(name, url, parameters, Settings(llm_style="small")) == "small"


def test_an_answer_that_never_ends_is_not_waited_for() -> None:
    with scripted_server([Reply.dribble("x", pace=0.05)]) as endless:
        begun = time.monotonic()
        assert told("scripted", endless.url) == Told()
        assert time.monotonic() - begun < 15
