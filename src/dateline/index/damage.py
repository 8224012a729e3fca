"""How damage of an index is told: one line, with the command that mends it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import DatelineError, IndexDamaged


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
    except (DatelineError, ImportError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        index = folder.parents[1]
        raise IndexDamaged(
            f"{folder} can't be read ({type(error).__name__}); mend it with: {doctor(index)}"
        ) from error
