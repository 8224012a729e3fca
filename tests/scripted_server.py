"""A real OpenAI-compatible server on loopback that says what a test wrote down for it.

    with scripted_server([Reply.status(500), Reply.text("Fine.")]) as server:
        settings = Settings(llm=f"openai:scripted@{server.url}")
        ...
    assert len(server.requests) == 2

Each chat request takes the next reply of the script; the last one is repeated. A reply may also be a function
of the request's body.
"""

from __future__ import annotations

import json
import re
import select
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: Body


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back. `pieces` are streamed as deltas; `raw` goes out instead of them, as it is."""

    code: int = 200
    pieces: tuple[str, ...] = ()
    finish_reason: str | None = "stop"
    tokens: tuple[int, int] | None = None  # prompt and completion, when the request asks for usage
    pace: float = 0.0  # seconds before each piece, or each drip
    silent: float = 0.0  # seconds of nothing after the pieces
    raw: str | None = None
    content_type: str = "text/event-stream"
    headers: tuple[tuple[str, str], ...] = ()
    torn: bool = False  # the connection breaks instead of ending
    reset: bool = False  # and does so by a reset
    mute: bool = False  # not even headers are sent
    drip: str = ""  # sent after the pieces, again and again, for ever

    @classmethod
    def text(cls, text: str, *, tokens: tuple[int, int] | None = (100, 20), pace: float = 0.0) -> Reply:
        """A complete reply, streamed word by word."""
        return cls(pieces=_words(text), tokens=tokens, pace=pace)

    @classmethod
    def finish(cls, reason: str, text: str = "") -> Reply:
        """A reply that ends with another finish reason: "length", "content_filter"."""
        return cls(pieces=_words(text), finish_reason=reason)

    @classmethod
    def status(cls, code: int, body: object = None, *, retry_after: str | None = None) -> Reply:
        """An error. Without a body it is the protocol's usual one."""
        body = {"error": {"message": f"status {code}", "code": None}} if body is None else body
        raw = body if isinstance(body, str) else json.dumps(body)
        headers = (("Retry-After", retry_after),) if retry_after is not None else ()
        return cls(code=code, raw=raw, content_type="application/json", headers=headers)

    @classmethod
    def cut(cls, text: str, *, torn: bool = False) -> Reply:
        """A stream that ends in the middle: as if all were well, or (torn) with a broken connection."""
        return cls(pieces=_words(text), finish_reason=None, torn=torn)

    @classmethod
    def broken(cls, text: str) -> Reply:
        """A stream whose connection is reset in the middle."""
        return cls(pieces=_words(text), torn=True, reset=True)

    @classmethod
    def silence(cls, seconds: float, *, after: str = "", mute: bool = False) -> Reply:
        """Some text, then nothing for so long; `mute`: without headers, too."""
        return cls(pieces=_words(after), silent=seconds, mute=mute)

    @classmethod
    def dribble(cls, drip: str, *, pace: float, after: str = "", mute: bool = False) -> Reply:
        """Some text, then the same few characters for ever; `mute`: in the place of headers."""
        return cls(pieces=_words(after), drip=drip, pace=pace, mute=mute)

    @classmethod
    def html(cls) -> Reply:
        """A web page with status 200, as proxies and captive portals send it."""
        page = "<html><body><h1>Welcome to the secret-portal</h1></body></html>"
        return cls(raw=page, content_type="text/html")

    @classmethod
    def bad_json(cls, after: str = "") -> Reply:
        """Events that are not JSON, after some that are."""
        return cls(raw=_events(_words(after)) + 'data: {"choices": [{"delta": \n\n')

    @classmethod
    def empty_choices(cls) -> Reply:
        """Well-formed events that say nothing."""
        return cls(raw=f"data: {json.dumps(_chunk([]))}\n\ndata: [DONE]\n\n")


Script = Sequence[Reply | Callable[[Body], Reply]]


@dataclass
class ScriptedServer:
    """A running server. `url` is the base URL, `requests` the chat requests so far.

    `hung_up` is set when a client closes its connection before the end of a stream.
    """

    script: Script
    url: str = ""
    requests: list[Request] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, request: Request) -> Reply:
        with self.lock:
            turn = min(len(self.requests), len(self.script) - 1)
            self.requests.append(request)
        reply = self.script[turn]
        return reply if isinstance(reply, Reply) else reply(request.body)


@contextmanager
def scripted_server(script: Script) -> Iterator[ScriptedServer]:
    """A server that is up inside the `with`, on a port of its own."""
    scripted = ScriptedServer(script)

    class Handler(_Handler):
        server_script = scripted

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield scripted
    finally:
        scripted.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server_script: ScriptedServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            models = [{"id": "scripted", "object": "model", "created": 0, "owned_by": "tests"}]
            return self._send(200, json.dumps({"object": "list", "data": models}))
        return self._send(404, '{"error": {"message": "no such path"}}')

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions":
            return self._send(404, '{"error": {"message": "no such path"}}')
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server_script.take(Request(self.path, headers, body))
        if reply.raw is not None:
            return self._send(reply.code, reply.raw, reply.content_type, reply.headers)
        return self._stream(reply, body) if body.get("stream") else self._send(200, _completion(reply))

    def _send(
        self,
        code: int,
        text: str,
        content_type: str = "application/json",
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        payload = text.encode()
        self.send_response(code)
        for name, value in (*headers, ("Content-Type", content_type), ("Content-Length", str(len(payload)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def _stream(self, reply: Reply, body: Body) -> None:
        self.close_connection = True
        try:
            if not reply.mute:
                self.send_response(200)
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
            self._stream_pieces(reply, body)
        except (BrokenPipeError, ConnectionResetError):
            self.server_script.hung_up.set()

    def _stream_pieces(self, reply: Reply, body: Body) -> None:
        for piece in reply.pieces:
            self.server_script.stopping.wait(0 if reply.drip else reply.pace)
            self._chunked(_events((piece,)))
        self._be_silent(reply.silent)
        while reply.drip and not self.server_script.stopping.wait(reply.pace):
            self.wfile.write(reply.drip.encode()) if reply.mute else self._chunked(reply.drip)
        if reply.reset:
            time.sleep(0.1)  # until the client has read what came before
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.rfile.close()
            self.connection.close()
        if reply.torn:
            return
        if reply.finish_reason:
            self._chunked(_event(_chunk([{"index": 0, "delta": {}, "finish_reason": reply.finish_reason}])))
        if reply.tokens and (body.get("stream_options") or {}).get("include_usage"):
            self._chunked(_event(_chunk([]) | {"usage": _usage(reply.tokens)}))
        if reply.finish_reason:
            self._chunked("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _be_silent(self, seconds: float) -> None:
        """Nothing for so long, or until the client hangs up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server_script.stopping.wait(0.02):
            if select.select([self.connection], [], [], 0)[0] and not self.connection.recv(
                1, socket.MSG_PEEK
            ):
                raise ConnectionResetError

    def _chunked(self, text: str) -> None:
        payload = text.encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(payload), payload))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test's output is its own."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\s*\S+\s*$|\s*\S+", text))


def _chunk(choices: list[Body]) -> Body:
    return {
        "id": "reply-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": choices,
    }


def _events(pieces: Sequence[str]) -> str:
    return "".join(
        _event(_chunk([{"index": 0, "delta": {"content": piece}, "finish_reason": None}])) for piece in pieces
    )


def _event(chunk: Body) -> str:
    return f"data: {json.dumps(chunk)}\n\n"


def _usage(tokens: tuple[int, int]) -> Body:
    prompt, completion = tokens
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _completion(reply: Reply) -> str:
    message = {"role": "assistant", "content": "".join(reply.pieces)}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish_reason}
    usage = {"usage": _usage(reply.tokens)} if reply.tokens else {}
    return json.dumps(_chunk([choice]) | {"object": "chat.completion"} | usage)
