"""A folder to open in place of a published one.

Chroma writes into its database whenever it is opened, tantivy makes locks: what was published would change
under its checksums, readers would write side by side, a folder that can't be written could not be searched.

Small files are copied, since Chroma writes a small graph anew when it is opened; large ones are links.
"""

from __future__ import annotations

import shutil
import time
import weakref
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from dateline.index.damage import stored

if TYPE_CHECKING:
    from filelock import BaseFileLock

_SMALL = 1 << 24  # bytes: copied in 10 ms
_PREFIX = "dateline-"
_HELD = ".held"  # locked for as long as its folder is used
_YOUNG = 60  # seconds: such a folder may still be in the making


class Borrowed:
    """A folder with the files of another, those named `copied` always as copies. Raises StorageError."""

    def __init__(self, folder: Path, *, copied: Collection[str] = ()) -> None:
        with stored(Path(gettempdir())):
            _clear()
            self.folder = Path(mkdtemp(prefix=_PREFIX))
            self._lock = _lock(self.folder / _HELD)
            self._lock.acquire()
            _lay_out(folder.resolve(), self.folder, copied)
        self.close = weakref.finalize(self, _let_go, self.folder, self._lock)


def _lay_out(folder: Path, here: Path, copied: Collection[str]) -> None:
    for file in folder.rglob("*"):
        place = here / file.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        if file.is_dir():
            place.mkdir(exist_ok=True)
        elif not file.name.endswith(".lock"):
            _link(file, place, copy=file.name in copied or file.stat().st_size <= _SMALL)


def _link(file: Path, place: Path, *, copy: bool) -> None:
    try:
        if not copy:
            place.symlink_to(file)
            return
    except OSError:  # a system where links are a privilege
        pass
    shutil.copyfile(file, place)


def _lock(file: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(file, timeout=0, thread_local=False)


def _clear() -> None:
    """Takes away what readers that were killed have left."""
    for held in Path(gettempdir()).glob(f"{_PREFIX}*/{_HELD}"):
        with suppress(OSError):  # another user's, or still held
            if time.time() - held.stat().st_mtime > _YOUNG:
                with _lock(held):
                    pass
                shutil.rmtree(held.parent, ignore_errors=True)


def _let_go(folder: Path, lock: BaseFileLock) -> None:
    lock.release()
    shutil.rmtree(folder, ignore_errors=True)
