"""`dateline.toml` beside the articles: under which names their fields stand, and what 3/4/2021 is.

[map]
text = "maintext"
source = "source.name"

[dates]
day_first = true
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from dateline.reading.origin import NO_HINTS, Hints, hints_of

_READERS = 2  # goes up when files that were read before would be read otherwise
NAME = "dateline.toml"


class BadConfig(Exception):
    """A dateline.toml that can't be followed; the message is one line."""


def hints_beside(path: Path) -> Hints:
    """What the dateline.toml in the file's folder says. Raises BadConfig."""
    return _read(path.parent / NAME, changed_beside(path))


def changed_beside(path: Path) -> int:
    """When the dateline.toml in the file's folder was last changed, in nanoseconds; 0 without one."""
    try:
        return (path.parent / NAME).stat().st_mtime_ns
    except OSError:
        return 0


def stamp(path: Path, modified: int, hints: Hints) -> int:
    """A number that changes with the file, with what is told of it, and with what readers can do."""
    told = f"{_READERS}\0{modified}\0{changed_beside(path)}\0{hints.mark()}"
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=7).digest(), "big")


@lru_cache(256)
def _read(config: Path, changed: int) -> Hints:
    if not changed:
        return NO_HINTS
    try:
        said = tomllib.loads(config.read_text("utf-8"))
        names, dates = said.get("map", {}), said.get("dates", {})
        if not isinstance(names, dict) or not isinstance(dates, dict):
            raise BadConfig(f"{config}: [map] and [dates] are tables; see dateline index --help")
        first = dates.get("day_first")
        return hints_of({str(name): str(at) for name, at in names.items()},
                        day_first=first if isinstance(first, bool) else None)  # fmt: skip
    except (OSError, ValueError) as error:
        raise BadConfig(f"{config} can't be followed: {error}") from None
