"""English words as data: one table a file, read when it is first asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(table: str) -> tuple[tuple[str, ...], ...]:
    """The words of each row of a table, in order: `rows("exonyms")`."""
    lines = files(__name__).joinpath(f"{table}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))
