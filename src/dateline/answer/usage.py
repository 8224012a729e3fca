"""What language models cost: over the calls of one question, and over a conversation."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from dateline.answer.model import Chunk
from dateline.errors import ModelError
from dateline.types import Usage


class Spending:
    """What one question spends on a model, counted from now on while the replies are read."""

    def __init__(self, model: str) -> None:
        self.finish: str | None = None  # the finish reason of the latest reply
        self._model = model
        self._begun = time.monotonic()
        self._calls: list[Usage] = []

    @property
    def seconds(self) -> float:
        """What its calls took: the deadline is that of a question, however many it costs."""
        return sum(call.seconds or 0.0 for call in self._calls)

    def texts(self, chunks: Iterable[Chunk]) -> Iterator[str]:
        """The pieces of one reply. Raises what reading it raises."""
        begun, first, last, requests = time.monotonic(), None, Chunk(""), 0
        try:
            for last in chunks:
                if first is None and last.text.strip():
                    first = time.monotonic() - self._begun
                requests = last.requests
                yield last.text
        except ModelError as error:
            requests = max(requests, error.requests)
            raise
        finally:
            self.finish = last.finish
            tokens = last.prompt_tokens, last.completion_tokens
            spent = time.monotonic() - begun
            self._calls.append(Usage(self._model, *tokens, first, requests, spent))

    def usage(self) -> Usage | None:
        """The sum of all calls, with the first word of the latest; None where the model was never asked."""
        asked = [call for call in self._calls if call.requests]
        return _sum(asked, asked[-1].first_token_seconds) if asked else None


def total(usages: Iterable[Usage | None]) -> Usage | None:
    """The sum over a conversation's answers, with the longest wait for a first word; None where all are None.

    Tokens are added where they were told.
    """
    known = [usage for usage in usages if usage]
    waits = [one.first_token_seconds for one in known if one.first_token_seconds is not None]
    return _sum(known, max(waits, default=None)) if known else None


def _sum(usages: list[Usage], first_token_seconds: float | None) -> Usage:
    def told(counts: Iterable[int | None]) -> int | None:
        known = [count for count in counts if count is not None]
        return sum(known) if known else None

    return Usage(
        model=", ".join(dict.fromkeys(one.model for one in usages)),
        prompt_tokens=told(one.prompt_tokens for one in usages),
        completion_tokens=told(one.completion_tokens for one in usages),
        first_token_seconds=first_token_seconds,
        requests=sum(one.requests for one in usages),
        seconds=sum(one.seconds or 0.0 for one in usages),
    )
