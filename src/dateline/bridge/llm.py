"""Language models by name or as LlamaIndex objects, behind the `LanguageModel` seam.

A call costs at most two HTTP requests and ends at its deadlines: the clients underneath never retry, this
module retries once, and it hangs up on what lasts too long.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, Any

from dateline.answer.model import Chunk, LanguageModel, Message
from dateline.answer.written.budget import reply_tokens
from dateline.answer.written.styles import StyleName
from dateline.bridge import openai_client
from dateline.bridge.attempts import Connect, Options, Patience, attempt
from dateline.bridge.breaker import Breaker
from dateline.bridge.failures import model_error, reason_of, status_of, wait_before_retry
from dateline.bridge.servers import REMOTE_WORD, Limits, Told, is_alive, is_local, limits, style, told
from dateline.config import Settings
from dateline.errors import ModelError
from dateline.types import Tell

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

DEFAULT_MODEL = "openai:gpt-5-mini"  # where there is a key and no name


def _silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody follows."""


def load_llm(name: str | None, settings: Settings, tell: Tell = _silent) -> LanguageModel | None:
    """The language model of that name, of the settings, or OpenAI's where a key is set; None: none is wanted.

    "openai:NAME" is asked at `settings.llm_url` (OpenAI's, if unset) with `settings.llm_key`.
    "openai:NAME@http://host:port/v1" is any OpenAI-compatible server, asked without a key: the key belongs to
    the address it is set with. "ollama:NAME" is asked at `settings.ollama`, and "local" or "local:FILE" runs
    in a child process. "NAME:MODEL" is the installed LlamaIndex integration `llama_index.llms.NAME`. Raises
    ModelError.
    """
    name = name or settings.llm or (DEFAULT_MODEL if settings.llm_key else "none")
    if name == "none":
        return None
    integration, _, model = name.partition(":")
    if integration == "local":
        from dateline.bridge.local import load_local

        return load_local(model, settings, tell)
    if not model or not re.fullmatch(r"[a-z0-9_]+", integration):
        raise ModelError(
            "unknown_model",
            "name a language model openai:NAME, openai:NAME@http://host:port/v1, ollama:NAME, local, "
            "local:FILE, INTEGRATION:MODEL or none",
        )
    if integration == "ollama":
        return _served(model, f"{settings.ollama}/v1", name, settings)
    if integration != "openai":
        return _wrapped(_integrated(integration, model, settings), name, settings)
    model, _, address = re.sub(r"@(?=https?://)", "\n", model, count=1).partition("\n")
    return _served(model, address or None, f"openai:{model}", settings)


def _served(model: str, url: str | None, name: str, settings: Settings) -> LlamaModel:
    """A model of an OpenAI-compatible server."""
    connect = openai_client.connecting(model, url, settings)
    tokens = openai_client.context_tokens(model, url, settings)
    options = openai_client.options(tokens, url, settings)
    place = openai_client.address(url, settings)

    def about() -> About:
        known = told(model, place) if is_local(place) else Told()
        context = min(tokens, known.context or tokens)
        return About(context, style(model, place, known.parameters, settings))

    return LlamaModel(connect, name, limits(settings, place), about, options=options)


def wrap(llm: LLM, settings: Settings | None = None) -> LanguageModel:
    """A LlamaIndex LLM as a language model, with the settings' deadlines. One with retries gets no other."""
    model = getattr(llm, "model", None)
    name = type(llm).__name__.lower()
    return _wrapped(llm, f"{name}:{model}" if isinstance(model, str) else name, settings or Settings())


def _wrapped(llm: LLM, name: str, settings: Settings) -> LanguageModel:
    url = next(
        (one for field in ("api_base", "base_url") if isinstance(one := getattr(llm, field, None), str)), None
    )

    def about() -> About:
        try:
            context = llm.metadata.context_window  # of some integrations the answer of a server
        except Exception:
            context = 0
        return About(
            context if context > 0 else settings.llm_context_tokens, style(name, url, None, settings)
        )

    requests = 1 if getattr(llm, "max_retries", 0) else 2
    return LlamaModel(lambda _: nullcontext(llm), name, limits(settings, url), about, requests=requests)


def _integrated(integration: str, model: str, settings: Settings) -> LLM:
    """The LLM of an installed integration, its retries off and its limits ours where it has such fields."""
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
    wait, reply = settings.llm_first_word_seconds or REMOTE_WORD, reply_tokens(settings.llm_context_tokens)
    wanted = {"max_retries": 0, "timeout": wait, "request_timeout": wait, "max_tokens": reply}
    try:
        llm: LLM = own[0](model=model, **{k: v for k, v in wanted.items() if k in own[0].model_fields})
        return llm
    except Exception:  # whatever an integration raises when its key or another argument is missing
        pass
    raise ModelError(
        "unauthorized",
        f"{integration}:{model} can't be set up from its name; set its key, or pass a LlamaIndex object",
    )


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a model before it is asked."""

    context_tokens: int  # that it can read and write together
    style: StyleName


class LlamaModel:
    """A LlamaIndex LLM with deadlines, one retry, a circuit breaker and our classes of failure."""

    def __init__(
        self,
        connect: Connect,
        name: str,
        limits: Limits,
        about: Callable[[], About],
        *,
        options: Options | None = None,
        requests: int = 2,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self.reading_speed: float | None = None  # of a server of this machine: tokens a second
        self._connect = connect
        self._limits = limits
        self._ask_about = about
        self._options = options or {}
        self._requests = requests  # of one call, at most
        self._breaker = breaker or Breaker()

    @cached_property
    def _about(self) -> About:
        """Asked of a server at the first question, not before."""
        return self._ask_about()

    @property
    def context_tokens(self) -> int:
        """How many tokens it can read and write together."""
        return self._about.context_tokens

    @property
    def style(self) -> StyleName:
        """How it is best spoken to."""
        return self._about.style

    def stream(
        self,
        messages: Sequence[Message],
        shorter: Sequence[Message] | None = None,
        *,
        spent: float = 0.0,
    ) -> Generator[Chunk]:
        """The reply, piece by piece. Raises ModelError, also in the middle of the stream.

        `shorter` is what is said instead of `messages` if they turn out to be too long; `spent`, the seconds
        that the question has cost of its deadline. Closing the stream hangs up.
        """
        whole = self._limits.whole - spent
        if whole <= 0:
            raise model_error("timeout", self.name, 0)
        self._breaker.enter(self.name)
        try:
            yield from self._reply(messages, shorter, whole)
        except ModelError as error:
            self._breaker.failed(error.reason)
            raise
        except GeneratorExit:
            self._breaker.left()
            raise
        self._breaker.succeeded()

    def _reply(
        self, messages: Sequence[Message], shorter: Sequence[Message] | None, whole: float
    ) -> Generator[Chunk]:
        """The reply to the first request, or to the second where a second is worth while."""
        watched = self._limits.watched
        patience = Patience(
            word=self._limits.word, whole=whole, is_alive=partial(is_alive, watched) if watched else None
        )
        options, spoken = self._options, False
        for request in count(1):
            begun, read = time.monotonic(), 0.0
            try:
                for chunk in attempt(self._connect, messages, options, patience):
                    if not spoken and chunk.text.strip():
                        spoken, read = True, time.monotonic() - begun
                    if chunk.prompt_tokens:
                        self._measure(chunk.prompt_tokens, read)
                    yield replace(chunk, requests=request)
                return
            except Exception as error:
                reason = reason_of(error, spoken=spoken)
                pause = wait_before_retry(error, reason)
                if reason == "context_too_long" and shorter:
                    messages, pause = shorter, 0.0
                if reason == "bad_reply" and options and status_of(error) in (400, 422):
                    options, pause = {}, 0.0  # the server may know everything but the options
            if request == self._requests or spoken or pause is None or pause >= patience.left():
                raise model_error(reason, self.name, request)  # here it has no __context__
            time.sleep(pause)

    def _measure(self, tokens: int, seconds: float) -> None:
        """Learns how fast a server of this machine reads: half of it from the latest reply."""
        if self._limits.watched and seconds > 0:
            now = tokens / seconds
            self.reading_speed = (now + (self.reading_speed or now)) / 2
