"""What is read: articles, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from dateline.types.days import JSON, day_of, iso

# Metadata of the record; the newswire line; the page around it; its address; its neighbours.
PublishedFrom = Literal["metadata", "dateline", "html", "url", "inferred"]


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
    refused: str | None = field(default=None, compare=False)  # why a date that was given is not taken

    @property
    def day(self) -> date | None:
        """The day of publication, as printed: in its own zone."""
        return day_of(self.published)

    @property
    def utc_day(self) -> date | None:
        """The same in UTC, where its zone is known: how days of several zones compare."""
        moment = self.published
        aware = isinstance(moment, datetime) and moment.tzinfo is not None
        return day_of(moment.astimezone(UTC) if isinstance(moment, datetime) and aware else moment)

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
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not indexed, and why. `line` counts from 1; None for a whole file.

    `kinds` are the files of a folder that were not read for their kind: suffixes and how many of each.
    """

    path: str
    line: int | None
    reason: str
    kinds: tuple[tuple[str, int], ...] = ()

    def to_dict(self) -> JSON:
        return {"path": self.path, "line": self.line, "reason": self.reason, "kinds": dict(self.kinds)}
