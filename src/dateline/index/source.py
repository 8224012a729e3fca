"""Where the generations of an archive come from."""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from typing import Protocol

from dateline.index.snapshot import Snapshot


class Source(Protocol):
    """Something that publishes generations. Thread-safe."""

    @property
    def where(self) -> str:
        """How the command line names it: "--index DIR"."""

    def newest(self) -> Snapshot:
        """The newest generation. An older one that another thread still reads closes when that is done."""

    def notices(self) -> tuple[str, ...]:
        """What keeps it from working as usual, one sentence each."""


class IndexFolder:
    """The index in a folder. Raises IndexMissing, IndexMismatch, IndexDamaged."""

    def __init__(self, folder: Path) -> None:
        self.where = f"--index {folder}"
        self._folder = folder
        self._lock = RLock()
        self._snapshot = Snapshot(folder)

    def newest(self) -> Snapshot:
        """The generation that was published last."""
        with self._lock:
            if not self._snapshot.is_current():
                self._snapshot.forget_views()
                self._snapshot = Snapshot(self._folder)
            return self._snapshot

    def notices(self) -> tuple[str, ...]:
        """Nothing: a folder is there, or an error."""
        return ()
