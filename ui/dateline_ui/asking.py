"""Questions being answered, one per browser tab, which the same tab can end at any moment.

The stream of an answer is read in a thread of its own: a question ends when its reader says so, even while
a language model is silent. Its last word comes from the generator of all the others: none can overtake it.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from queue import SimpleQueue

from dateline.types import Event

_PATIENCE = 5.0  # seconds until an ended question has let go of its page


class Asking:
    """One question being answered."""

    def __init__(self) -> None:
        self.stopped = False  # by its reader, who wants to keep what was written
        self.over = threading.Event()  # set when its page changes no more
        self._left = False
        self._inbox: SimpleQueue[Event | Exception | None] = SimpleQueue()

    def read(self, stream: Generator[Event]) -> Generator[Event]:
        """The events of the stream until it ends or the question does; the stream is closed then."""
        threading.Thread(target=self._pump, args=(stream,), daemon=True).start()
        try:
            while (event := self._inbox.get()) is not None and not self._left:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self._left = True

    def stop(self) -> None:
        """Ends the question; what was written stays."""
        self.stopped = not self._left
        self.leave()

    def leave(self) -> None:
        """Ends the question: nobody waits for it any more."""
        self._left = True
        self._inbox.put(None)

    def _pump(self, stream: Generator[Event]) -> None:
        try:
            with closing(stream):
                for event in stream:
                    if self._left:
                        return
                    self._inbox.put(event)
        except Exception as error:
            self._inbox.put(error)
        else:
            self._inbox.put(None)


class Tabs:
    """The question that each open tab waits for."""

    def __init__(self) -> None:
        self._asking: dict[str | None, Asking] = {}

    @contextmanager
    def asking(self, tab: str | None) -> Generator[Asking]:
        """A new question of that tab; one that it still waits for ends."""
        self.leave(tab)
        asking = self._asking[tab] = Asking()
        try:
            yield asking
        finally:
            asking.over.set()
            if self._asking.get(tab) is asking:
                del self._asking[tab]

    def stop(self, tab: str | None) -> None:
        """Ends the tab's question, if there is one; what was written stays."""
        if asking := self._asking.get(tab):
            asking.stop()

    def leave(self, tab: str | None) -> None:
        """Ends the tab's question, if there is one, and waits until it changes its page no more."""
        if asking := self._asking.get(tab):
            asking.leave()
            asking.over.wait(_PATIENCE)
