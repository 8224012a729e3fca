"""The seam between an answer and a language model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed reply. `finish` is the server's finish reason, on the last piece."""

    text: str
    finish: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class LanguageModel(Protocol):
    """A chat model that streams."""

    @property
    def name(self) -> str:
        """As the user wrote it: "openai:gpt-5-mini"."""

    def stream(self, messages: Sequence[Message]) -> Iterator[Chunk]:
        """The reply, piece by piece. Raises ModelError, also in the middle of the stream."""
