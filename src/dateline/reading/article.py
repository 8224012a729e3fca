"""One record, whatever its file's format, to one Article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from dateline.patterns import lazy
from dateline.reading.clean import clean, fold, one_line
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.published import calendar_day, day_in_address, parse_published, why_refused
from dateline.types import Article, PublishedFrom, Skipped, day_of

Record = Mapping[str, object]  # keys in lower case


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands. `alone`: the file holds this one article and nothing else."""

    path: Path
    line: int | None = None
    alone: bool = False
    where: str = ""  # "item 3", where a line can't be named

    def skipped(self, reason: str) -> Skipped:
        """The record as one that was not read."""
        return Skipped(str(self.path), self.line, f"{self.where}: {reason}" if self.where else reason)


TEXT_FIELDS = frozenset(("text", "body", "content"))
_DATES = ("published", "published_at", "date")
_CLOSE = timedelta(days=45)  # between a report and the date of its page, which may have been changed later
_TITLE_LENGTH = 100
_FIRST_SENTENCE = lazy(r".{20,}?(?:[^\W\d_]{3}|\d|[)%])[.!?][\"'”’]?(?=\s)")
_KINDS = (
    ("correction", lazy(r"correction|corrected|erratum", re.IGNORECASE)),
    ("opinion", lazy(r"opinion|editorial\b|commentary|op-ed\b|\bcolumn\b", re.IGNORECASE)),
)
_KIND_IN_TITLE = lazy(r"(opinion|editorial|commentary|op-ed|correction)\s*[:|]", re.IGNORECASE)
_BYLINE = lazy(r"^\s*(?:written\s+)?by:?\s+", re.IGNORECASE)
_BETWEEN_AUTHORS = lazy(r"\s*(?:;|,|&|\||\band\b)\s*(?:and\s+)?", re.IGNORECASE)


def make_article(record: Record, origin: Origin) -> Article | Skipped:
    """The article of a record, completed from its newswire line; Skipped where it has no text."""
    text = clean(_text(record, "text", "body", "content"))
    if not text:
        return origin.skipped("the article has no text")
    line = parse_newswire(text)
    title = one_line(_text(record, "title", "headline"))
    url = one_line(_text(record, "url", "link")) or None
    published, published_from = _published(record, line, url)
    return Article(
        id=one_line(_text(record, "id")) or _derived_id(url, title, text, origin),
        title=title or title_from(text, line),
        text=text,
        published=published,
        published_from=published_from,
        source=one_line(_text(record, "source", "publisher")) or (line.agency if line else None),
        url=url,
        authors=_authors(record),
        place=one_line(_text(record, "place")) or (line.place if line else None),
        kind=_kind(record, title),
        path=str(origin.path),
        refused=why_refused(_first(record, *_DATES)),
    )


def title_from(text: str, line: Newswire | None) -> str:
    """A headline for a text without one: its first sentence, cut at a word where it is long."""
    opening = one_line(text[line.end if line else 0 :][:1000].partition("\n\n")[0]) or one_line(text[:1000])
    sentence = _FIRST_SENTENCE.match(opening)
    headline = sentence.group().rstrip(".") if sentence else opening
    if len(headline) <= _TITLE_LENGTH:
        return headline
    cut = headline[: _TITLE_LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"


def _first(record: Record, *names: str) -> object:
    """The first of the named values that says something."""
    return next((value for name in names if (value := record.get(name)) not in (None, "", [], {})), None)


def _text(record: Record, *names: str) -> str:
    """The first of the named values that is text or a number; a nested object's name stands for it."""
    value = _first(record, *names)
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _published(
    record: Record, line: Newswire | None, url: str | None
) -> tuple[date | datetime | None, PublishedFrom | None]:
    """The first date of: the record, its newswire line, the page around it, its address."""
    given = parse_published(_first(record, *_DATES))
    if given is not None:
        return given, "metadata"
    page, address = parse_published(record.get("page_date")), day_in_address(url)
    printed = line and _printed(line, day_of(page) or address)
    if printed:
        return printed, "dateline"
    if page:
        return page, "html"
    return (address, "url") if address else (None, None)


def _printed(line: Newswire, near: date | None) -> date | None:
    """The day of the newswire line; where that names no year, in the one in which it is close to another."""
    if line.month is None or line.day is None:
        return None
    years = [line.year] if line.year else [near.year + step for step in (-1, 0, 1)] if near else []
    days = (calendar_day(year, line.month, line.day) for year in years)
    for day in days:
        fits = day and parse_published(day) and line.weekday in (None, day.weekday())
        if day and fits and (line.year or (near and abs(day - near) <= _CLOSE)):
            return day
    return None


def _authors(record: Record) -> tuple[str, ...]:
    """Each author once, in order. "By A and B" are two; a list's entries are not split."""
    value = _first(record, "authors", "byline", "author")
    values = value if isinstance(value, list) else [value]
    names: dict[str, None] = {}
    for entry in values:
        name = entry.get("name") if isinstance(entry, Mapping) else entry
        if not isinstance(name, str):
            continue
        plain = _BYLINE.sub("", one_line(name))
        parts = [plain] if isinstance(value, list) else _BETWEEN_AUTHORS.split(plain)
        names.update((part, None) for part in parts if part)
    return tuple(names)


def _kind(record: Record, title: str) -> str | None:
    said = " ".join(_text(record, name) for name in ("kind", "type", "section"))
    headed = _KIND_IN_TITLE.match(title)
    wanted = f"{said} {headed.group(1) if headed else ''}"
    return next((kind for kind, pattern in _KINDS if pattern.search(wanted)), None)


def _derived_id(url: str | None, title: str, text: str, origin: Origin) -> str:
    """12 hex digits, the same on every run: of the address, else of where the article stands."""
    if url and _names_a_page(url):
        key = url
    elif origin.alone:
        key = str(origin.path)
    else:
        key = f"{origin.path}#{fold(title) or text[:200]}"
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _names_a_page(url: str) -> bool:
    """False for an outlet's front page, which many of its articles give as their address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)
