"""A circuit breaker: a model that keeps failing is left alone for a while, and nobody waits for it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from threading import Lock

from dateline.errors import ModelError, ModelFailure

FAILURES = 3  # calls in a row
SECONDS = 30.0  # until one call may see whether the model is back

_BY_ITS_SERVER: frozenset[ModelFailure] = frozenset(
    {"unreachable", "timeout", "server_error", "rate_limited"}
)


class Breaker:
    """Open after FAILURES calls in a row that a server failed: then one call in SECONDS is let through.

    Thread-safe. Every call that `enter` let through is told of by `succeeded`, `failed` or `left`.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failures = 0
        self._reason: ModelFailure = "unreachable"
        self._opens = 0.0  # when the next call is let through

    def enter(self, name: str) -> None:
        """Lets a call begin. Raises ModelError, with the last failure's reason, while that is too soon."""
        with self._lock:
            if self._failures < FAILURES:
                return
            left = math.ceil(self._opens - self._now())
            if left <= 0:
                self._opens = self._now() + SECONDS  # a probe: the others wait for what it finds
                return
            reason = self._reason
        seconds = "second" if left == 1 else f"{left} seconds"
        raise ModelError(
            reason, f"{name} is not asked for another {seconds}, as it failed three times in a row"
        )

    def succeeded(self) -> None:
        """A call ended well."""
        with self._lock:
            self._failures = 0

    def failed(self, reason: ModelFailure) -> None:
        """A call failed; for a reason that shows that the server is there, that is as good as a success."""
        with self._lock:
            self._failures = self._failures + 1 if reason in _BY_ITS_SERVER else 0
            self._reason = reason
            self._opens = self._now() + SECONDS

    def left(self) -> None:
        """A call was given up by its reader, which says nothing about the model: the next may ask."""
        with self._lock:
            self._opens = self._now()
