"""Whether a store can be used, as all threads of a reader see it, and what its users are told."""

from __future__ import annotations

from datetime import datetime

from dateline.errors import DatelineError


class Contact:
    """The last that was heard of a store."""

    def __init__(self) -> None:
        self._failure: str | None = None
        self._heard: datetime | None = None

    @property
    def lost(self) -> bool:
        """True since the store failed."""
        return self._failure is not None

    def lose(self, failure: DatelineError) -> None:
        """The store could not be used."""
        self._failure = str(failure)

    def keep(self) -> None:
        """The store answered, and this machine's copy is what it published."""
        self._failure, self._heard = None, datetime.now()

    def told(self, without: str) -> tuple[str, ...]:
        """What is to be told while the store is away: why, and what is done without it."""
        failure = self._failure
        if failure is None:
            return ()
        heard = f" of {self._heard:%d %b, %H:%M}" if self._heard else ""
        return (f"The store is away: {failure}. Searched in this machine's copy{heard}{without}.",)
