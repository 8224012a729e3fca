"""Which files nobody is writing any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from dateline.types import Skipped

State = tuple[int, int]  # bytes, and when it was last changed, in nanoseconds


class Quiet:
    """What is known of the files of some sources from one look at them to the next.

    A file is quiet when it has not changed for so many seconds: by its own time where it was not seen before,
    by ours from then on, since a disk elsewhere may have a clock of its own.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._seen: dict[str, tuple[State, float]] = {}  # as it was, and since when
        self._settled: dict[str, State] = {}

    def settled(self, found: Iterable[Path | Skipped]) -> tuple[list[Path | Skipped], dict[str, State]]:
        """Those that are quiet, and the state in which each was when it was last quiet.

        The second changes when there is something to be read, or when a file is gone.
        """
        quiet: list[Path | Skipped] = []
        there: dict[str, State] = {}
        for one in found:
            if isinstance(one, Skipped):
                quiet.append(one)
                there[one.path] = (0, 0)
            elif self._is_quiet(one):
                quiet.append(one)
                there[str(one)] = self._settled[str(one)]
            elif known := self._settled.get(str(one)):  # it is being written again
                there[str(one)] = known
        self._settled = there
        self._seen = {name: seen for name, seen in self._seen.items() if Path(name).exists()}
        return quiet, dict(there)

    def _is_quiet(self, file: Path) -> bool:
        try:
            stat = file.stat()
        except OSError:  # gone meanwhile
            return False
        name, state, now = str(file), (stat.st_size, stat.st_mtime_ns), self._clock()
        before = self._seen.get(name)
        if before is None:
            age = time.time() - stat.st_mtime
            self._seen[name] = (state, now - max(0.0, age))
        elif before[0] != state:
            self._seen[name] = (state, now)
        if now - self._seen[name][1] < self._seconds:
            return False
        self._settled[name] = state
        return True
