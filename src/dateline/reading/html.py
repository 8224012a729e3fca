"""Web pages, through trafilatura: the article's seen text without menus, and what the page says about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.reading.article import make_article
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.hidden import drop_hidden
from dateline.reading.origin import Origin
from dateline.reading.pages import drop_offers, is_wall, makes_its_text, states_a_day, told_article
from dateline.reading.records.fields import Folded
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

PAGE_LIMIT = 32 << 20  # bytes of a page; libxml2 drops texts of more than 10 MB
ELEMENT_LIMIT = 100_000  # elements of a page
SHORTEST = 60  # characters of an article; less is a menu's entry or a notice
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE
)
_FULLER = 1.5  # times as long must be what the page says of itself, to be more than what is seen
_WHOLE = 1000  # characters; a page behind a paywall that shows more shows the article
_NO_ARTICLE = "no article text found"


def read_html(stream: Unpacked, origin: Origin, *, address: str = "") -> Iterator[Article | Skipped]:
    """The article of a web page. `address`: where it was fetched, for a page that does not say."""
    origin = origin.only()
    data = read_whole(stream, PAGE_LIMIT)
    if data is None:
        yield origin.skipped(f"the page is larger than {PAGE_LIMIT >> 20} MB")
        return
    declared = _CHARSET.search(data[:4096])
    text = decode(data, declared=declared.group(1).decode("ascii") if declared else None)
    if text is None:
        yield origin.skipped(NOT_TEXT)
        return
    page = _parse(text)
    if isinstance(page, str):
        yield origin.skipped(page)
    else:
        yield _extract(page, origin, address)


def _parse(text: str) -> HtmlElement | str:
    """The page's tree, or why there is none. libxml2 drops what is nested deeper than 255, silently."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return _NO_ARTICLE
    if any("depth" in entry.message for entry in parser.error_log):
        return "the page is nested deeper than 255 elements"
    count = sum(1 for _ in tree.iter())
    return tree if count <= ELEMENT_LIMIT else f"the page has more than {ELEMENT_LIMIT} elements"


def _extract(page: HtmlElement, origin: Origin, address: str) -> Article | Skipped:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _quieten("trafilatura", "htmldate", "courlan", "justext", "readability")
    if wall := is_wall(page):
        return origin.skipped(wall)
    told = told_article(page)
    scripted = makes_its_text(page)
    drop_hidden(page)
    partial = drop_offers(page) or told.paid
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    seen = found.text or "" if isinstance(found, Document) else ""
    fuller = len(seen) < SHORTEST or len(told.text) > _FULLER * len(seen)
    body = told.text if fuller or told.text.split() == seen.split() else seen
    if len(body) < SHORTEST:
        return origin.skipped("the page makes its text by script" if scripted else _NO_ARTICLE)
    record: Folded = {"text": body, "title": told.title, "source": told.source, "published": told.published}
    record |= {"authors": list(told.authors), "url": told.url or None}
    if isinstance(found, Document):
        record["title"] = found.title or told.title
        record["pagedate"] = found.date if states_a_day(page, found.date) else None
        record["source"] = found.sitename or told.source
        record["url"] = found.url or told.url or address
        record["authors"] = [one for one in (found.author or "").split("; ") if one] or list(told.authors)
        record["type"] = found.pagetype
        record["published"] = None if record["pagedate"] else told.published
    record["partial"] = partial and len(body) < _WHOLE  # only the first paragraphs are there
    record["url"] = record["url"] or address or None
    return make_article(record, origin)


def _quieten(*loggers: str) -> None:
    """Keeps the extractors' remarks about odd pages from standard error, unless the program set a level."""
    for name in loggers:
        if (logger := logging.getLogger(name)).level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)
