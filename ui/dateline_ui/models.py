"""Who writes the answers: the archive as it was opened, or with a model that was found on this machine."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from dateline.types import Event, Filters, Turn

if TYPE_CHECKING:
    from dateline.archive import Archive
    from dateline.bridge.found import Found

QUOTES = "quotes"  # the choice that is no model


class Models:
    """The choices of a page, and the archive for each. Thread-safe."""

    def __init__(self, archive: Archive, found: Sequence[Found] = ()) -> None:
        self._archive = archive
        self._found = {one.option: one for one in found}
        self._made: dict[str, Archive] = {}
        self._lock = Lock()

    def __bool__(self) -> bool:
        """False where there is nothing to choose."""
        return bool(self._found)

    def choices(self) -> list[tuple[str, str]]:
        """What is shown of each choice, and its value; the first is what stands at the beginning."""
        names = [one.name for one in self._found.values()]
        written = [
            (f"Written by {one.name}" + (f" ({one.server})" if names.count(one.name) > 1 else ""), one.option)
            for one in self._found.values()
        ]
        return [("Quotes only", QUOTES), *written]

    def chosen(self, value: object) -> Chosen:
        """The archive as a conversation needs it, for what a browser says was chosen."""
        return Chosen(self, value if isinstance(value, str) and value in self._found else None)

    def archive(self, option: str | None) -> Archive:
        """The archive answered by that model, which is made when it is first asked. Raises ModelError."""
        if option is None:
            return self._archive
        with self._lock:
            if option not in self._made:
                self._made[option] = self._archive.answered_by(option)
            return self._made[option]


class Chosen:
    """The part of an Archive that a conversation needs; a model is only loaded when something is asked."""

    def __init__(self, models: Models, option: str | None) -> None:
        self._models, self._option = models, option

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        filters: Filters | None = None,
    ) -> Generator[Event]:
        """Evidence, Delta..., Answer last. Raises ModelError."""
        archive = self._models.archive(self._option)
        yield from archive.stream(question, history=history, as_of=as_of, filters=filters)
