"""What a store's client makes of servers that are not as they should be."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from dateline.config import Settings
from dateline.errors import StoreAway
from dateline.index.store import address
from dateline.index.store.wire import Record, Server
from store_desk import Desk

TOKEN = "tk-not-to-be-shown"


@contextmanager
def answering(status: int, body: bytes, headers: dict[str, str]) -> Iterator[str]:
    """The address of a server that always says the same; `headers` gets those of the last request."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers.update({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def asked(url: str) -> str:
    """What is told of a server."""
    server = Server(address(url, Settings(store_token=TOKEN)))
    with pytest.raises(StoreAway) as raised:
        server.collection("dateline")
    server.close()
    assert TOKEN not in repr(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, b'{"error":"AuthError","message":"tk-not-to-be-shown is wrong"}', "refuses the token; set"),
        (403, b"{}", "refuses the token; set DATELINE_STORE_TOKEN to the right one"),
        (500, b'{"error":"InternalError","message":"at /home"}', "answers with error 500; look at its log"),
        (302, b"", "answers with error 302; look at its log"),
        (200, b"<html>Welcome</html>", "is no Chroma server; name one with --store"),
        (404, b"<html>Not found</html>", "is no Chroma server; name one with --store"),
    ],
)
def test_a_server_that_does_not_do_what_it_should_is_told_in_a_line_without_its_own_words(
    status: int, body: bytes, told: str
) -> None:
    with answering(status, body, {}) as url:
        said = asked(url)
    assert said.startswith(f"{url} {told}")
    assert "\n" not in said
    assert "/home" not in said


def test_the_token_goes_where_chroma_looks_for_it() -> None:
    headers: dict[str, str] = {}
    with answering(200, b'{"id": "7"}', headers) as url:
        server = Server(address(url, Settings(store_token=TOKEN)))
        assert server.collection("dateline") == "7"
        assert headers["x-chroma-token"] == TOKEN
        without = Server(address(url, Settings()))
        headers.clear()
        without.collection("dateline")
        assert "x-chroma-token" not in headers
        server.close()
        without.close()


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.index.store.wire._READ_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert asked(url) == f"{url} does not answer; look whether it runs"


def test_names_are_escaped_in_an_address() -> None:
    headers: dict[str, str] = {}
    settings = Settings(store_tenant="a/b", store_database="c?d")
    with answering(404, b'{"error": "NotFoundError"}', headers) as url:
        server = Server(address(url, settings))
        assert server.collection("../dateline") is None
        server.close()


def test_many_records_go_in_requests_that_every_server_takes(desk: Desk) -> None:
    server = Server(desk.place)
    server.prepare()
    collection = server.make("numbers", {"hnsw": {"space": "cosine"}})
    angles = np.linspace(0, 3, 700)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    server.upsert(collection, [Record(str(n), vector) for n, vector in enumerate(vectors)])
    server.upsert(collection, [])
    assert server.count(collection) == 700
    near = server.nearest(collection, vectors[350], 3)
    assert list(near) == [350, *sorted(near.keys() - {350}, key=lambda key: -near[key])]
    assert near[350] == pytest.approx(1, abs=1e-6)
    server.delete(collection, [str(n) for n in range(650)])
    assert server.count(collection) == 50
    assert server.metadatas(collection, ["650"]) == {"650": None}
    server.close()


def test_a_database_is_made_where_there_is_none(desk: Desk) -> None:
    server = Server(replace(desk.place, database="of-its-own"))
    assert server.collection("dateline") is None
    server.prepare()
    server.prepare()
    assert server.make("numbers", {}) == server.collection("numbers")
    server.drop("numbers")
    server.drop("numbers")
    assert server.names() == []
    server.close()
