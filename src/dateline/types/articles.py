"""What is read: articles, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.types.days import JSON, day_of, iso

PublishedFrom = Literal["metadata", "dateline", "inferred"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is the body: what offsets count in and quotes are taken from."""

    id: str
    title: str
    text: str
    published: date | datetime | None = None
    published_from: PublishedFrom | None = None
    source: str | None = None  # the outlet or agency: "Xinhua"
    url: str | None = None
    authors: tuple[str, ...] = ()
    place: str | None = None  # as printed in the newswire line: "WASHINGTON"
    kind: str | None = None  # "opinion", "correction"; None: a report
    path: str | None = None  # the file it was read from

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return day_of(self.published)

    def brief(self) -> JSON:
        """What a reader needs to recognise the article, without its text."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "published": iso(self.published),
            "url": self.url,
        }

    def to_dict(self) -> JSON:
        return self.brief() | {
            "text": self.text,
            "published_from": self.published_from,
            "authors": list(self.authors),
            "place": self.place,
            "kind": self.kind,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not indexed, and why. `line` counts from 1; None for a whole file."""

    path: str
    line: int | None
    reason: str

    def to_dict(self) -> JSON:
        return {"path": self.path, "line": self.line, "reason": self.reason}
