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
    """A piece of a streamed reply; the last has the server's finish reason and the tokens that it counted."""

    text: str
    finish: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    requests: int = 1  # over HTTP, made for the reply so far


class LanguageModel(Protocol):
    """A chat model that streams."""

    @property
    def name(self) -> str:
        """As the user wrote it: "openai:gpt-5-mini"."""

    @property
    def context_tokens(self) -> int:
        """How many tokens it can read and write together."""

    @property
    def style(self) -> Literal["small", "large"]:
        """How it is best spoken to."""

    @property
    def reading_speed(self) -> float | None:
        """Tokens of a prompt that it read in a second, by its latest replies; None before the first."""

    def stream(
        self,
        messages: Sequence[Message],
        shorter: Sequence[Message] | None = None,
        *,
        spent: float = 0.0,
    ) -> Iterator[Chunk]:
        """The reply, piece by piece. Raises ModelError, also in the middle of the stream.

        `shorter` is what is said instead of `messages` if they turn out to be too long; `spent`, the seconds
        that the question has cost of its deadline.
        """
