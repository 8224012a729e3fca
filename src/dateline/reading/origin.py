"""Where an article stands, and what its reader was told of the files there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.types import Skipped

# What of a record can be named, and the name of its own that stands first for it.
NAMED = ("text", "title", "published", "source", "url", "authors", "id", "place", "kind")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a reader can't see by itself: the names of fields, and how 3/4/2021 is meant.

    `names` are pairs of a field of an article and where it stands in a record: ("source", "source.name").
    """

    names: tuple[tuple[str, str], ...] = ()
    day_first: bool | None = None

    def over(self, other: Hints) -> Hints:
        """These, and of the other what these don't say."""
        names = dict(other.names) | dict(self.names)
        return Hints(tuple(names.items()), other.day_first if self.day_first is None else self.day_first)

    def mark(self) -> str:
        """Changes when the hints do; "" for none."""
        if self == Hints():
            return ""
        return hashlib.sha256(repr((sorted(self.names), self.day_first)).encode()).hexdigest()[:12]


NO_HINTS = Hints()


def hints_of(names: Mapping[str, str] | None = None, *, day_first: bool | None = None) -> Hints:
    """Hints from a mapping such as {"source": "source.name"}. Raises ValueError for a field that is none."""
    wrong = [name for name in names or {} if name not in NAMED]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no field of an article; these are: {', '.join(NAMED)}")
    return Hints(tuple((names or {}).items()), day_first)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands.

    `alone`: the file holds this one article and nothing else. `within`: its place inside an archive.
    """

    path: Path
    line: int | None = None
    alone: bool = False
    where: str = ""  # "item 3", where a line can't be named
    within: str = ""
    hints: Hints = NO_HINTS

    def at(self, line: int) -> Origin:
        """The record that begins in that line."""
        return Origin(self.path, line, False, "", self.within, self.hints)

    def item(self, where: str) -> Origin:
        """The record of that name within the file."""
        return Origin(self.path, None, False, where, self.within, self.hints)

    def inside(self, member: str) -> Origin:
        """What an archive holds under that name."""
        return replace(self, within=f"{self.within}/{member}" if self.within else member, alone=False)

    def only(self) -> Origin:
        """The one article of the file."""
        return replace(self, alone=True)

    def skipped(self, reason: str) -> Skipped:
        """The record as one that was not read."""
        places = [place for place in (self.within, self.where) if place]
        return Skipped(str(self.path), self.line, ": ".join([*places, reason]))

    @property
    def name(self) -> str:
        """What sets the file apart from others: its path, and the place inside it."""
        return f"{self.path}/{self.within}" if self.within else str(self.path)
