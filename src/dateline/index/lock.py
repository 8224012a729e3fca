"""One writer at a time: the lock of an index, and the ledger of whoever holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import IndexBusy, IndexMismatch
from dateline.index.damage import stored
from dateline.index.ledger.writer import LedgerWriter
from dateline.types import Tell

_LOOKS, _LOOKS_AGAIN = 20, 0.02  # times, seconds: for the process that holds the lock


@contextmanager
def writing(folder: Path, tell: Tell | None = None) -> Iterator[LedgerWriter]:
    """The ledger of `folder`, held by this process alone; brought up to date first, which it tells.

    Raises IndexBusy when another process has it, StorageError when it can't be written, IndexMismatch and
    IndexDamaged when it can't be used.
    """
    with alone(folder):
        ledger = LedgerWriter(folder, tell)
        try:
            yield ledger
        finally:
            ledger.close()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """No other process writes the index in `folder` meanwhile. Raises IndexBusy, StorageError."""
    from filelock import FileLock, Timeout

    if folder.exists() and not folder.is_dir():
        raise IndexMismatch(f"{folder} can't be an index: it is a file; name another with --index")
    holder = folder / "writer.pid"
    lock = FileLock(folder / "writer.lock", timeout=0)
    with stored(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except Timeout:
            raise IndexBusy(
                f"{folder} is being written by process {_pid(holder)}; try again when it is done"
            ) from None
    try:
        with stored(folder):
            holder.write_text(str(os.getpid()))
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _pid(holder: Path) -> str:
    """The process that holds the lock; it may have taken it just now, and not have said so yet."""
    for _ in range(_LOOKS):
        if holder.is_file() and (pid := holder.read_text().strip()):
            return pid
        time.sleep(_LOOKS_AGAIN)
    return "unknown"
