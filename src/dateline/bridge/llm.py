"""Language models by name or as LlamaIndex objects, behind the `LanguageModel` seam.

A question costs at most two HTTP requests: the clients underneath never retry, this module retries once.
What a server or a client says about a failure is read to classify it, then dropped: it may repeat keys and
addresses.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from dateline.answer.model import Chunk, LanguageModel, Message
from dateline.config import Settings
from dateline.errors import ModelError, ModelFailure

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM

Connect = Callable[[], AbstractContextManager["LLM"]]

DEFAULT_MODEL = "openai:gpt-5-mini"  # where there is a key and no name
OPENAI_URL = "https://api.openai.com/v1"

_LONGEST_WAIT = 5.0  # seconds; a server that wants more is not asked again
_USUAL_WAIT = 0.5
_RETRIED: frozenset[ModelFailure] = frozenset({"rate_limited", "server_error", "unreachable"})
_WITH_USAGE: Mapping[str, object] = {"stream_options": {"include_usage": True}}

_SENTENCES: dict[ModelFailure, str] = {
    "unauthorized": "{} refused the key; check it (OPENAI_API_KEY goes to OPENAI_BASE_URL, never after an @)",
    "unknown_model": "{} is not known at its address; check the name, and whether the address ends in /v1",
    "rate_limited": "{} is over its rate limit or quota; wait, or choose another model",
    "server_error": "{} failed with an error of its server; try again later",
    "unreachable": "{} can't be reached; check its address and that its server is running",
    "timeout": "{} did not answer in time; try again, or allow it more seconds",
    "context_too_long": "{} can't read that much at once; ask with less evidence, or choose another model",
    "content_filter": "{} was kept from answering by its server's content filter",
    "cut_off": "{} stopped in the middle of its reply",
    "bad_reply": "{} sent no usable reply; check that its address is that of a chat model's server",
}


def load_llm(name: str | None, settings: Settings) -> LanguageModel | None:
    """The language model of that name, of the settings, or OpenAI's where a key is set; None: none is wanted.

    "openai:NAME" is asked at `settings.llm_url` (OpenAI's, if unset) with `settings.llm_key`.
    "openai:NAME@http://host:port/v1" is any OpenAI-compatible server, asked without a key: the key belongs to
    the address it is set with. "NAME:MODEL" is the installed LlamaIndex integration `llama_index.llms.NAME`.
    Raises ModelError.
    """
    name = name or settings.llm or (DEFAULT_MODEL if settings.llm_key else "none")
    if name == "none":
        return None
    integration, _, model = name.partition(":")
    if not model or not re.fullmatch(r"[a-z0-9_]+", integration):
        raise ModelError(
            "unknown_model",
            "name a language model openai:NAME, openai:NAME@http://host:port/v1, INTEGRATION:MODEL or none",
        )
    if integration != "openai":
        llm = _integrated(integration, model, settings)
        return _Wrapped(lambda: nullcontext(llm), name, settings.llm_seconds)
    model, _, url = re.sub(r"@(?=https?://)", "\n", model, count=1).partition("\n")
    connect = _openai(model, url or None, settings)
    return _Wrapped(connect, f"openai:{model}", settings.llm_seconds, options=_WITH_USAGE)


def wrap(llm: LLM, *, seconds: float = Settings().llm_seconds) -> LanguageModel:
    """A LlamaIndex LLM as a language model: its own timeouts and retries, and `seconds` for a whole reply."""
    model = getattr(llm, "model", None)
    name = type(llm).__name__.lower()
    name = f"{name}:{model}" if isinstance(model, str) else name
    return _Wrapped(lambda: nullcontext(llm), name, seconds)


def _openai(model: str, url: str | None, settings: Settings) -> Connect:
    """LlamaIndex's OpenAI client for any model name, with one read timeout and no retries.

    Every request has connections of its own: closing them is the only way to end a stream that is no longer
    wanted, as neither client lets go of it before the garbage is collected.
    """
    import httpx

    if url is None and settings.llm_key is None and settings.llm_url is None:
        raise ModelError("unauthorized", f"openai:{model} needs a key; set OPENAI_API_KEY")
    kind, arguments = _openai_class(), _openai_arguments(model, url, settings)
    try:
        kind(**arguments)
    except ValueError:
        arguments = {}
    if not arguments:
        raise ModelError("unknown_model", f"openai:{model} does not speak the chat protocol; choose another")
    tls = httpx.create_ssl_context()

    @contextmanager
    def connect() -> Iterator[LLM]:
        with httpx.Client(timeout=settings.llm_first_word_seconds, verify=tls) as http:
            yield kind(**arguments, http_client=http)

    return connect


def _openai_class() -> Callable[..., LLM]:
    from llama_index.core.base.llms.types import LLMMetadata, MessageRole
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import O1_MODELS

    class AnyModel(OpenAI):
        """Its parent looks names up in a table, to learn a context size that is not needed here."""

        @property
        def metadata(self) -> LLMMetadata:
            role = MessageRole.USER if self.model in O1_MODELS else MessageRole.SYSTEM
            return LLMMetadata(model_name=self.model, is_chat_model=True, system_role=role)

    return AnyModel


def _openai_arguments(model: str, url: str | None, settings: Settings) -> dict[str, Any]:
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS

    at_openai = url is None and settings.llm_url is None
    return {
        "model": model,
        # A model newer than the table is likely to reason, and to accept only the default temperature.
        "temperature": 1.0 if at_openai and model not in ALL_AVAILABLE_MODELS else 0.0,
        "reasoning_effort": "low" if re.match(r"gpt-5(?!.*(chat|pro))", model) else None,
        "api_key": (settings.llm_key if url is None else None) or "none",  # empty, it is looked up elsewhere
        "api_base": url or settings.llm_url or OPENAI_URL,
        "timeout": settings.llm_first_word_seconds,
        "max_retries": 0,
    }


def _integrated(integration: str, model: str, settings: Settings) -> LLM:
    """The LLM of an installed integration, its retries off and its timeouts ours where it has such fields."""
    from importlib import import_module

    from llama_index.core.llms import LLM

    package = f"llama_index.llms.{integration}"
    try:
        module = import_module(package)
    except ImportError:
        module = None
    if module is None:
        distribution = f"llama-index-llms-{integration.replace('_', '-')}"
        raise ModelError(
            "not_installed", f"{integration}:{model} is not installed; run: pip install {distribution}"
        )
    kinds = [thing for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, LLM)]
    own: list[Any] = [kind for kind in kinds if kind.__module__.startswith(package)]
    own.sort(key=lambda kind: kind.__name__.lower() != integration.replace("_", ""))
    wait = settings.llm_first_word_seconds
    wanted = {"max_retries": 0, "timeout": wait, "request_timeout": wait}
    try:
        llm: LLM = own[0](model=model, **{k: v for k, v in wanted.items() if k in own[0].model_fields})
        return llm
    except Exception:  # whatever an integration raises when its key or another argument is missing
        pass
    raise ModelError(
        "unauthorized",
        f"{integration}:{model} can't be set up from its name; set its key, or pass a LlamaIndex object",
    )


class _Wrapped:
    """A LlamaIndex LLM with one deadline, one retry and our classes of failure."""

    def __init__(
        self, connect: Connect, name: str, seconds: float, *, options: Mapping[str, object] | None = None
    ) -> None:
        self.name = name
        self._connect = connect
        self._seconds = seconds
        self._options = options or {}

    def stream(self, messages: Sequence[Message]) -> Iterator[Chunk]:
        """The reply, piece by piece. Raises ModelError, also in the middle of the stream."""
        deadline = time.monotonic() + self._seconds
        options, retry, spoken = self._options, True, False
        while True:
            try:
                with self._connect() as llm:
                    for chunk in _attempt(llm, messages, options, deadline):
                        spoken = spoken or bool(chunk.text)
                        yield chunk
                return
            except Exception as error:  # vendors raise what they like; _reason knows the common ones
                reason = _reason(error, spoken=spoken)
                wait = _wait_before_retry(error, reason)
                if options and reason == "bad_reply" and _status(error) in (400, 422):
                    options, wait = {}, 0.0  # the server may know everything but the options
            if wait is None or not retry or spoken or time.monotonic() + wait >= deadline:
                raise ModelError(reason, _SENTENCES[reason].format(self.name))  # here it has no __context__
            retry = False
            time.sleep(wait)


def _attempt(
    llm: LLM, messages: Sequence[Message], options: Mapping[str, object], deadline: float
) -> Iterator[Chunk]:
    """One request. The last chunk carries the finish reason and the tokens."""
    finish, spoken, tells = None, False, False
    tokens: tuple[int | None, int | None] = (None, None)
    try:
        for response in _responses(llm, messages, options):
            if time.monotonic() > deadline:
                raise TimeoutError
            if response.delta:
                spoken = True
                yield Chunk(response.delta)
            finish = _finish(response.raw) or finish
            tells = tells or _field(response.raw, "choices") is not None
            tokens = _tokens(response) or tokens
    except Exception:
        if finish is None:  # what breaks after the finish reason breaks nothing
            raise
    if finish is None and spoken and tells:
        raise _CutOff
    if not spoken and finish in (None, "stop"):
        raise ValueError("an empty reply")
    yield Chunk("", finish, *tokens)


def _responses(
    llm: LLM, messages: Sequence[Message], options: Mapping[str, object]
) -> Iterator[ChatResponse]:
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


class _CutOff(Exception):
    """A stream of a protocol with finish reasons ended without one."""


def _reason(error: Exception, *, spoken: bool) -> ModelFailure:
    """The class of a failure, from its status, its protocol code or its kind."""
    words = _error_words(error)
    if re.search(r"context.?(length|size|window)|prompt is too long|too many tokens", words):
        return "context_too_long"
    if re.search(r"content.?(filter|policy)", words):
        return "content_filter"
    if "model_not_found" in words:
        return "unknown_model"
    status = _status(error)
    if status is not None:
        return _reason_of_status(status)
    kinds = " ".join(kind.__name__ for kind in type(error).__mro__)
    if isinstance(error, TimeoutError) or "Timeout" in kinds:
        return "timeout"
    if isinstance(error, _CutOff):
        return "cut_off"
    if re.search(r"Connect|RemoteProtocolError|ReadError|NetworkError", kinds):
        return "cut_off" if spoken else "unreachable"
    if re.search(r"rate_limit|insufficient_quota", words):
        return "rate_limited"
    if re.search(r"server_error|overloaded", words):
        return "server_error"
    return "bad_reply"


def _reason_of_status(status: int) -> ModelFailure:
    known: dict[int, ModelFailure] = {
        401: "unauthorized",
        403: "unauthorized",
        404: "unknown_model",
        408: "timeout",
        413: "context_too_long",
        429: "rate_limited",
    }
    return known.get(status, "server_error" if status >= 500 else "bad_reply")


def _error_words(error: Exception) -> str:
    """What an API error says of itself, in lower case: its code, type and message, for classifying only."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    told = body if isinstance(body, Mapping) else {}
    said = (getattr(error, "code", None), *(told.get(key) for key in ("code", "type", "message")))
    return " ".join(str(one) for one in said if one).lower()


def _status(error: Exception) -> int | None:
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    return status if isinstance(status, int) and status >= 400 else None


def _wait_before_retry(error: Exception, reason: ModelFailure) -> float | None:
    """Seconds until a second try is worth while, or None."""
    if reason not in _RETRIED or "insufficient_quota" in _error_words(error):
        return None
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    asked = headers.get("retry-after")
    if asked is None:
        return _USUAL_WAIT
    try:
        seconds = float(asked)
    except ValueError:  # a date: the server means minutes, not seconds
        return None
    return seconds if 0 <= seconds <= _LONGEST_WAIT else None


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
