"""Servers on loopback that speak the protocol, or something else, or nothing at all."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from dateline.bridge.found import SECONDS, Found, Look, Place, look, told
from dateline.config import Settings
from scripted_server import Reply, scripted_server

MODELS = {
    "object": "list",
    "data": [{"id": "llama3.2:3b"}, {"id": "nomic-embed-text:latest"}, {"id": "qwen3:4b"}],
}
LLAMA = Found("llama3.2:3b", "Ollama", "ollama:llama3.2:3b")


def place(url: str, server: str = "Ollama", option: str = "ollama:{}") -> Place:
    return Place(server, url, option)


@contextmanager
def saying(
    body: str, *, status: int = 200, slowly: float = 0.0
) -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """A server that says this to everything; its base URL, and what it was asked."""
    asked: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.command, self.path, self.rfile.read(int(self.headers["Content-Length"] or 0))))
            time.sleep(slowly)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_GET  # noqa: N815  # as the standard library calls it

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_models_that_write_are_found_with_the_option_that_uses_them() -> None:
    with saying(json.dumps(MODELS)) as (url, _), scripted_server([Reply.text("x")]) as other:
        places = [place(url), place(other.url, "LM Studio", f"openai:{{}}@{other.url}")]
        assert Look(places).found() == (
            LLAMA,
            Found("qwen3:4b", "Ollama", "ollama:qwen3:4b"),
            Found("scripted", "LM Studio", f"openai:scripted@{other.url}"),
        )
        assert not other.requests


def test_only_the_list_of_models_is_asked_for() -> None:
    with saying(json.dumps(MODELS)) as (url, asked):
        Look([place(url)]).found()
        assert asked == [("GET", "/v1/models", b"")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("<html>Welcome</html>", 200),
        ('{"error": "not found"}', 404),
        ('{"data": {"id": "x"}}', 200),
        ('{"data": [1, null, {"name": "x"}]}', 200),
        ('["x"]', 200),
        ("", 200),
        ('{"data": [{"id": "<script>alert(1)</script>"}, {"id": "a\\nb"}, {"id": ""}, {"id": 7}]}', 200),
    ],
)
def test_what_is_no_list_of_models_is_nothing(body: str, status: int) -> None:
    with saying(body, status=status) as (url, _):
        assert Look([place(url)]).found() == ()


def test_a_silent_or_slow_server_costs_no_more_than_its_share() -> None:
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as silent,
        saying(json.dumps(MODELS), slowly=2) as (slow, _),
        saying(json.dumps(MODELS)) as (url, _),
    ):
        mute = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        begun = time.monotonic()
        found = Look([place(mute), place(slow), place(url)]).found()
        assert time.monotonic() - begun < SECONDS + 0.5
    assert found[:1] == (LLAMA,)


def test_where_nobody_listens_nothing_is_found_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        begun = time.monotonic()
        assert Look([place(url)] * 4).found() == ()
        assert time.monotonic() - begun < SECONDS + 0.2


def test_ollama_is_looked_for_where_its_own_setting_says_if_that_is_on_this_machine() -> None:
    with saying(json.dumps(MODELS)) as (url, _):
        assert LLAMA in look(Settings(ollama=url.removesuffix("/v1"))).found()
    elsewhere = look(Settings(ollama="http://192.0.2.7:11434")).found()
    assert not [one for one in elsewhere if one.server == "Ollama"]


def test_what_was_found_is_told_in_one_line() -> None:
    assert told([]) == ""
    assert told([LLAMA]) == (
        "a language model runs on this machine: llama3.2:3b (Ollama); "
        "it writes the answers with --llm ollama:llama3.2:3b"
    )
    odd = Found("my model", "LM Studio", "openai:my model@http://127.0.0.1:1234/v1")
    assert told([odd, LLAMA]) == (
        "language models run on this machine: my model (LM Studio), llama3.2:3b (Ollama); "
        "one of them writes the answers with --llm 'openai:my model@http://127.0.0.1:1234/v1'"
    )
