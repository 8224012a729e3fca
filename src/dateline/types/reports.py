"""What a run of indexing did, and what an index holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateline.types.articles import Skipped
from dateline.types.days import JSON, iso


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of indexing did. Counts are articles; `articles` and `passages` are the index's totals.

    `published` tells whether a store holds all of it now; None where none was named.
    """

    added: int
    updated: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    articles: int
    passages: int
    seconds: float
    notices: tuple[str, ...] = ()
    published: bool | None = None

    def to_dict(self) -> JSON:
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "skipped": [one.to_dict() for one in self.skipped],
            "articles": self.articles,
            "passages": self.passages,
            "seconds": self.seconds,
            "notices": list(self.notices),
            "published": self.published,
        }


@dataclass(frozen=True, slots=True)
class Postponed:
    """A run of indexing that could not be done now, and why; it is tried again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What an index holds. `sources` and `months` ("2019-02") are (name, articles), most / earliest first."""

    articles: int
    passages: int
    undated: int
    first: date | None
    last: date | None
    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    embedder: str | None
    versions: Mapping[str, str]
    bytes: int

    def to_dict(self) -> JSON:
        return {
            "articles": self.articles,
            "passages": self.passages,
            "undated": self.undated,
            "first": iso(self.first),
            "last": iso(self.last),
            "sources": dict(self.sources),
            "months": dict(self.months),
            "embedder": self.embedder,
            "versions": dict(self.versions),
            "bytes": self.bytes,
        }
