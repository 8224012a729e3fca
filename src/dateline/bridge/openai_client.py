"""LlamaIndex's OpenAI client, for OpenAI and every server that speaks its protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dateline.answer.written.budget import reply_tokens
from dateline.bridge.attempts import Connect, Line, Options
from dateline.bridge.servers import limits
from dateline.config import Settings
from dateline.errors import ModelError

if TYPE_CHECKING:
    from httpx import Request
    from llama_index.core.llms import LLM

OPENAI_URL = "https://api.openai.com/v1"


def connecting(model: str, url: str | None, settings: Settings) -> Connect:
    """What connects to a model of any name, at that address or at the settings' own. Never retries.

    Every request has connections of its own: cutting them is the only way to end a stream that is no longer
    wanted, as neither client lets go of it before the garbage is collected. Raises ModelError.
    """
    import httpx

    if url is None and settings.llm_key is None and settings.llm_url is None:
        raise ModelError("unauthorized", f"openai:{model} needs a key; set OPENAI_API_KEY")
    kind, arguments = _any_model(), _arguments(model, url, settings)
    try:
        kind(**arguments)
    except ValueError:
        arguments = {}
    if not arguments:
        raise ModelError("unknown_model", f"openai:{model} does not speak the chat protocol; choose another")
    tls = httpx.create_ssl_context()
    wait = limits(settings, address(url, settings)).word

    @contextmanager
    def connect(line: Line) -> Iterator[LLM]:
        def watch(request: Request) -> None:
            request.extensions["trace"] = line.watch

        hooks = {"request": [watch]}
        with httpx.Client(timeout=wait, verify=tls, event_hooks=hooks) as http:
            yield kind(**arguments, http_client=http)

    return connect


def address(url: str | None, settings: Settings) -> str:
    """Where a model is asked: at that address, or else at the settings' own, or OpenAI's."""
    return url or settings.llm_url or OPENAI_URL


def context_tokens(model: str, url: str | None, settings: Settings) -> int:
    """How many tokens the model can hold: known of OpenAI's own, of others what the settings say."""
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS

    own = ALL_AVAILABLE_MODELS.get(model) if _at_openai(url, settings) else None
    return own or settings.llm_context_tokens


def options(context: int, url: str | None, settings: Settings) -> Options:
    """What a request asks for beyond the protocol's core: to be told the tokens, and a reply of so many."""
    limit = "max_completion_tokens" if _at_openai(url, settings) else "max_tokens"
    return {"stream_options": {"include_usage": True}, limit: reply_tokens(context)}


def _any_model() -> Callable[..., LLM]:
    from llama_index.core.base.llms.types import LLMMetadata, MessageRole
    from llama_index.llms.openai import OpenAI
    from llama_index.llms.openai.utils import O1_MODELS

    class AnyModel(OpenAI):
        """Its parent looks names up in a table, and refuses those it does not find."""

        @property
        def metadata(self) -> LLMMetadata:
            role = MessageRole.USER if self.model in O1_MODELS else MessageRole.SYSTEM
            return LLMMetadata(model_name=self.model, is_chat_model=True, system_role=role)

    return AnyModel


def _arguments(model: str, url: str | None, settings: Settings) -> dict[str, Any]:
    from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS

    unknown = _at_openai(url, settings) and model not in ALL_AVAILABLE_MODELS
    return {
        "model": model,
        # A model newer than the table is likely to reason, and to accept only the default temperature.
        "temperature": 1.0 if unknown else 0.0,
        "reasoning_effort": "low" if re.match(r"gpt-5(?!.*(chat|pro))", model) else None,
        "api_key": (settings.llm_key if url is None else None) or "none",  # empty, it is looked up elsewhere
        "api_base": address(url, settings),
        "timeout": limits(settings, address(url, settings)).word,
        "max_retries": 0,
    }


def _at_openai(url: str | None, settings: Settings) -> bool:
    return address(url, settings).rstrip("/") == OPENAI_URL
