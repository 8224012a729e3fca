"""The language model "local", or "local:FILE": a child process behind the `LanguageModel` seam."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from dateline.answer.model import Chunk, Message
from dateline.bridge import openai_client
from dateline.bridge.attempts import Connect, Line
from dateline.bridge.llm import About, LlamaModel
from dateline.bridge.local.child import Child
from dateline.bridge.local.weights import USUAL, fetched, named
from dateline.bridge.servers import limits, style, told
from dateline.config import Settings
from dateline.errors import ModelError
from dateline.types import Tell

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_DYING = 0.5  # seconds from a broken connection to the end of its process
_ENDED = ("unreachable", "cut_off", "bad_reply")  # how a model fails whose process is gone


def load_local(path: str, settings: Settings, tell: Tell) -> LocalModel:
    """The model in that GGUF file, or the usual one where none is named, running. Raises ModelError."""
    if find_spec("xllamacpp") is None:
        raise ModelError("not_installed", '--llm local is not installed; run: pip install "dateline[local]"')
    file = named(path) if path else fetched(USUAL, settings, tell)
    tell(f"starting the language model {file.stem} ({file.stat().st_size / 1e9:.1f} GB)", 0, None)
    child = Child(file.resolve(), settings.llm_context_tokens)
    child.start()
    return LocalModel(child, settings)


class LocalModel:
    """A model in a child process of this one. Its crash is a failure; the next question starts it again."""

    def __init__(self, child: Child, settings: Settings) -> None:
        self._child = child
        stem, address = child.file.stem, child.address
        tokens = settings.llm_context_tokens
        self.name = f"local:{stem}"

        def about() -> About:
            known = told(stem, address)
            context = min(tokens, known.context or tokens)
            return About(context, style(stem, address, known.parameters, settings))

        self._model = LlamaModel(
            _starting(child, openai_client.connecting(stem, address, settings)),
            self.name,
            limits(settings, address),
            about,
            options=openai_client.options(tokens, address, settings),
            requests=1,  # what has crashed it once would crash it again
        )

    @property
    def context_tokens(self) -> int:
        """How many tokens it can read and write together."""
        return self._model.context_tokens

    @property
    def style(self) -> Literal["small", "large"]:
        """How it is best spoken to."""
        return self._model.style

    @property
    def reading_speed(self) -> float | None:
        """Tokens of a prompt that it read in a second; None before the first reply."""
        return self._model.reading_speed

    def stream(
        self, messages: Sequence[Message], shorter: Sequence[Message] | None = None, *, spent: float = 0.0
    ) -> Generator[Chunk]:
        """The reply, piece by piece; see LlamaModel. Raises ModelError."""
        try:
            yield from self._model.stream(messages, shorter, spent=spent)
        except ModelError as error:
            asked = error.requests > 0
            if not asked or error.reason not in _ENDED or not self._child.has_ended(within=_DYING):
                raise
            what = f"{self.name} ended unexpectedly; the next question starts it again"
            raise ModelError(error.reason, what, requests=error.requests) from None


def _starting(child: Child, connect: Connect) -> Connect:
    """What connects to the child; it is started first where it does not run."""

    @contextmanager
    def started(line: Line) -> Iterator[LLM]:
        child.start()
        with connect(line) as llm:
            yield llm

    return started
