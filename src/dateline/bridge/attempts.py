"""One request to a model, read in a thread of its own: no silence of a server holds who waits for it.

A client's timeouts are per read, so a server that sends a byte now and then outlasts them all. Here it is the
reader's patience that ends a request, whatever the client is waiting for.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from dateline.answer.model import Chunk, Message
from dateline.bridge.failures import CutOff

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM

Connect = Callable[["Line"], AbstractContextManager["LLM"]]
Options = Mapping[str, object]

_LONGEST_REPLY = 50_000  # characters; what says more than that is not answering
_LAST_WORDS = 1.0  # seconds after the finish reason for what may follow it: the tokens
_PULSE = 1.0  # seconds of silence after which a reader is told that there is nothing yet
_LOOKED_AT = 10.0  # seconds of silence after which a server of this machine is looked at, again and again


class Patience:
    """How long a call may take, retry included: to its first word, from any word to the next, and in all.

    `is_alive` asks a server that may be silent for long whether it is still there.
    """

    def __init__(self, *, word: float, whole: float, is_alive: Callable[[], bool] | None = None) -> None:
        self._word = word
        self._is_alive = is_alive
        self._end = time.monotonic() + whole
        self._silent_until = time.monotonic() + word
        self._looked_at = time.monotonic()

    def left(self) -> float:
        """Seconds until it ends."""
        return max(0.0, min(self._end, self._silent_until) - time.monotonic())

    def heard(self) -> None:
        """A word came."""
        self._silent_until = time.monotonic() + self._word
        self._looked_at = time.monotonic()

    def look(self) -> None:
        """Looks now and then whether a silent server is still there. Raises ConnectionError."""
        if self._is_alive is None or time.monotonic() - self._looked_at < _LOOKED_AT:
            return
        if not (self._is_alive() or self._is_alive()):
            raise ConnectionError
        self._looked_at = time.monotonic()

    def finished(self) -> None:
        """All was said."""
        self._end = min(self._end, time.monotonic() + _LAST_WORDS)


class Line:
    """The sockets of one request, which any thread can cut. (To close them would not wake who reads them.)"""

    def __init__(self) -> None:
        self.is_cut = False
        self._sockets: list[socket.socket] = []

    def watch(self, event: str, info: Mapping[str, object]) -> None:
        """Keeps every socket that is opened: a callback for the "trace" extension of httpx and httpcore."""
        told = getattr(info.get("return_value"), "get_extra_info", None)
        opened = told("socket") if told else None
        if isinstance(opened, socket.socket):
            self._sockets.append(opened)
            if self.is_cut:
                self.cut()

    def cut(self) -> None:
        """Hangs up, at once."""
        self.is_cut = True
        for opened in self._sockets:
            with suppress(OSError):  # it was closed before
                socket.socket.shutdown(opened, socket.SHUT_RDWR)


def attempt(
    connect: Connect, messages: Sequence[Message], options: Options, patience: Patience
) -> Generator[Chunk]:
    """The reply to one request, piece by piece; the last chunk carries the finish reason and the tokens.

    An empty chunk in between says that there is nothing new. Raises TimeoutError when the patience ends,
    CutOff, ValueError for an empty reply, and what the client raises.
    """
    finish, said, tells = None, 0, False
    tokens: tuple[int | None, int | None] = (None, None)
    try:
        with closing(_arriving(connect, messages, options, patience)) as responses:
            for response in responses:
                if response is None:
                    yield Chunk("")
                    continue
                if response.delta:
                    said += len(response.delta.strip())
                    yield Chunk(response.delta)
                finish = _finish(response.raw) or finish
                tells = tells or _field(response.raw, "choices") is not None
                tokens = _tokens(response) or tokens
                if finish:
                    patience.finished()
                if said > _LONGEST_REPLY:
                    finish = "length"
                    break
    except Exception:
        if finish is None:  # what breaks after the finish reason breaks nothing
            raise
    if finish is None and said and tells:
        raise CutOff
    if not said and finish not in ("length", "content_filter"):
        raise ValueError("an empty reply")
    yield Chunk("", finish, *tokens)


def _arriving(
    connect: Connect, messages: Sequence[Message], options: Options, patience: Patience
) -> Generator[ChatResponse | None]:
    """The responses as they come in, and None after each second without one.

    Whoever stops listening, for whatever reason, hangs up by it.
    """
    line = Line()
    inbox: SimpleQueue[ChatResponse | Exception | _End] = SimpleQueue()

    def listen() -> None:
        try:
            with connect(line) as llm:
                for response in _responses(llm, messages, options):
                    if line.is_cut or not patience.left():  # only an LLM without a line comes to this
                        return
                    if response.delta and not response.delta.isspace():
                        patience.heard()
                    inbox.put(response)
        except Exception as error:
            inbox.put(error)
        else:
            inbox.put(_End())

    threading.Thread(target=listen, name="dateline-llm", daemon=True).start()
    try:
        while not isinstance(response := _next(inbox, patience), _End):
            yield response
    finally:
        line.cut()


class _End:
    """After the last response."""


def _next(
    inbox: SimpleQueue[ChatResponse | Exception | _End], patience: Patience
) -> ChatResponse | _End | None:
    """What comes next; None where that is nothing for a while."""
    try:
        told = inbox.get(timeout=min(_PULSE, patience.left()))
    except Empty:
        if not patience.left():
            raise TimeoutError from None
        patience.look()
        return None
    if isinstance(told, Exception):
        raise told
    return told


def _responses(llm: LLM, messages: Sequence[Message], options: Options) -> Iterator[ChatResponse]:
    """The replies of LlamaIndex, each with its delta, whatever the integration can do."""
    from llama_index.core.base.llms.types import ChatMessage

    chat = [ChatMessage(role=one.role, content=_encodable(one.content)) for one in messages]
    responses: Iterator[ChatResponse]
    try:
        responses = llm.stream_chat(chat, **options)
    except NotImplementedError:  # an integration that can't stream
        responses = iter([llm.chat(chat)])
    seen = ""
    for response in responses:
        content = response.message.content or ""
        if response.delta is None and content.startswith(seen):
            response = response.model_copy(update={"delta": content[len(seen) :]})
        seen = content or seen
        yield response


def _field(raw: object, name: str) -> object:
    return raw.get(name) if isinstance(raw, Mapping) else getattr(raw, name, None)


def _finish(raw: object) -> str | None:
    """The finish reason of one raw chunk, in OpenAI's words."""
    choices = _field(raw, "choices")
    if isinstance(choices, Sequence) and choices:
        finish = _field(choices[0], "finish_reason")
    else:
        finish = _field(raw, "done_reason") or _field(raw, "stop_reason")
    if not isinstance(finish, str):
        return None
    return {"max_tokens": "length", "end_turn": "stop", "stop_sequence": "stop"}.get(finish, finish)


def _tokens(response: ChatResponse) -> tuple[int | None, int | None] | None:
    """Prompt and completion tokens, where this chunk tells them."""
    told = response.additional_kwargs
    prompt, completion = told.get("prompt_tokens"), told.get("completion_tokens")
    return (prompt, completion) if isinstance(prompt, int) and isinstance(completion, int) else None


def _encodable(text: str) -> str:
    """The text without lone surrogates, which can't be sent."""
    return text.encode("utf-8", "replace").decode("utf-8")
