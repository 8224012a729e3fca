"""How damage of an index, and a disk that refuses it, are told: one line, with what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import DatelineError, IndexDamaged, StorageError

AFRESH = "index the sources into a new folder: dateline index FOLDER --index NEW"  # where nothing else helps

_NOT_MEANT = (DatelineError, ImportError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit)


def doctor(index: Path) -> str:
    """The command that mends the index in this folder."""
    return f"dateline doctor --repair --index {shlex.quote(str(index))}"


@contextmanager
def noticed(folder: Path) -> Iterator[None]:
    """What a library raises inside, on the part of a generation in `folder`, becomes IndexDamaged.

    Only calls of the library belong inside: they are right, so what fails is what they read.
    """
    try:
        yield
    except _NOT_MEANT:
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        index = folder.parents[1]
        raise IndexDamaged(
            f"{folder} can't be read ({type(error).__name__}); mend it with: {doctor(index)}"
        ) from error


@contextmanager
def stored(place: Path) -> Iterator[None]:
    """What fails inside, where something is written to `place` and nothing else is done, is StorageError."""
    try:
        yield
    except _NOT_MEANT:
        raise
    except BaseException as error:
        why = getattr(error, "strerror", None) or (str(error).splitlines() or [type(error).__name__])[0]
        raise StorageError(
            f"{place} can't be written ({why}); make room or change its permissions, "
            "then run the command again: nothing was lost"
        ) from error
