"""One record, whatever its file's format, to one Article."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from dateline.patterns import lazy
from dateline.reading.clean import clean, fold, one_line
from dateline.reading.markup import plain_line, plain_text
from dateline.reading.newswire import Newswire, parse_newswire
from dateline.reading.origin import Origin
from dateline.reading.published import calendar_day, day_in_address, parse_published, why_refused
from dateline.reading.records.fields import Folded, fields_of, people, plain
from dateline.types import Article, PublishedFrom, Skipped, day_of

_CLOSE = timedelta(days=45)  # between a report and the date of its page, which may have been changed later
_TITLE_LENGTH = 100
_FIRST_SENTENCE = lazy(r".{20,}?(?:[^\W\d_]{3}|\d|[)%])[.!?][\"'”’]?(?=\s)")
_KINDS = (
    ("correction", lazy(r"correction|corrected|erratum", re.IGNORECASE)),
    ("opinion", lazy(r"opinion|editorial\b|commentary|op-ed\b|\bcolumn\b", re.IGNORECASE)),
    ("satire", lazy(r"\bsatir(?:e|ical)\b|\bparody\b", re.IGNORECASE)),
    ("sponsored", lazy(r"sponsored|advertorial|paid (?:content|post)|branded content", re.IGNORECASE)),
    ("live blog", lazy(r"\blive[ -]?blog|\blive updates?\b|\blive$", re.IGNORECASE)),
)
_KIND_IN_TITLE = lazy(
    r"(opinion|editorial|commentary|op-ed|correction|satire|sponsored|live(?: ?blog| updates?)?)\s*[:|]",
    re.IGNORECASE,
)
_BYLINE = lazy(r"^\s*(?:written\s+)?by:?\s+", re.IGNORECASE)
_MAIL = lazy(r"\S+@\S+ \(([^()]+)\)")  # RSS: "desk@example.org (Ann Lee)"
_LINKED = lazy(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")  # Obsidian: "[[Ann Lee]]"
_BETWEEN_AUTHORS = lazy(r"\s*(?:;|,|&|\||\band\b)\s*(?:and\s+)?", re.IGNORECASE)


def make_article(record: Folded, origin: Origin) -> Article | Skipped:
    """The article of a record with folded names, completed from its newswire line; Skipped without a text."""
    said = fields_of(record, origin.hints)
    text = clean(plain_text(str(said["text"])))
    if not text:
        return origin.skipped("the article has no text")
    title = one_line(plain_line(plain(said["title"])))
    text = _without_headline(text, title)
    line = parse_newswire(text)
    url = one_line(plain(said["url"])) or None
    published, published_from = _published(record, said["published"], line, url, origin)
    return Article(
        id=one_line(plain(said["id"])) or _derived_id(url, title, text, origin),
        title=title or title_from(text, line),
        text=text,
        published=published,
        published_from=published_from,
        source=one_line(plain_line(plain(said["source"]))) or (line.agency if line else None),
        url=url,
        authors=_authors(said["authors"]),
        place=one_line(plain(said["place"])) or (line.place if line else None),
        kind=_kind(record, title) or ("excerpt" if said["excerpt"] or record.get("partial") else None),
        path=str(origin.path),
        refused=why_refused(said["published"], day_first=origin.hints.day_first) if not published else None,
    )


def _without_headline(text: str, title: str) -> str:
    """The text without a first line that only repeats the headline."""
    first, _, rest = text.partition("\n")
    return rest.lstrip() if title and rest.strip() and " ".join(first.split()) == title else text


def title_from(text: str, line: Newswire | None) -> str:
    """A headline for a text without one: its first sentence, cut at a word where it is long."""
    opening = one_line(text[line.end if line else 0 :][:1000].partition("\n\n")[0]) or one_line(text[:1000])
    sentence = _FIRST_SENTENCE.match(opening)
    headline = sentence.group().rstrip(".") if sentence else opening
    if len(headline) <= _TITLE_LENGTH:
        return headline
    cut = headline[: _TITLE_LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"


def _published(
    record: Folded, value: object, line: Newswire | None, url: str | None, origin: Origin
) -> tuple[date | datetime | None, PublishedFrom | None]:
    """The first date of: the record, its newswire line, the page around it, its address."""
    given = parse_published(value, day_first=origin.hints.day_first)
    if given is not None:
        return given, "metadata"
    page, address = parse_published(record.get("pagedate")), day_in_address(url)
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


def _authors(value: object) -> tuple[str, ...]:
    """Each author once, in order. "By A and B" are two; a list's entries are not split."""
    value = people(value)
    names: dict[str, None] = {}
    for name in value if isinstance(value, list) else [value]:
        mail = _MAIL.fullmatch(name := one_line(plain_line(name)))
        bare = _LINKED.sub(r"\1", _BYLINE.sub("", mail[1] if mail else name))
        parts = [bare] if isinstance(value, list) else _BETWEEN_AUTHORS.split(bare)
        names.update((part, None) for part in parts if part)
    return tuple(names)


def _kind(record: Folded, title: str) -> str | None:
    said = " ".join(plain(record.get(name)) for name in ("kind", "type", "section", "sectionname"))
    headed = _KIND_IN_TITLE.match(title)
    wanted = f"{said} {headed.group(1) if headed else ''}"
    return next((kind for kind, pattern in _KINDS if pattern.search(wanted)), None)


def _derived_id(url: str | None, title: str, text: str, origin: Origin) -> str:
    """12 hex digits, the same on every run: of the address, else of where the article stands."""
    if url and _names_a_page(url):
        key = url
    elif origin.alone:
        key = origin.name
    else:
        key = f"{origin.name}#{fold(title) or text[:200]}"
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def _names_a_page(url: str) -> bool:
    """False for an outlet's front page, which many of its articles give as their address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc and (parts.path.strip("/") or parts.query))
