"""Web pages, through trafilatura: the article's seen text without menus, and what the page says about it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.reading.article import Origin, make_article
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.hidden import drop_hidden
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

PAGE_LIMIT = 8 << 20  # bytes of a page; libxml2 drops texts of more than 10 MB
ELEMENT_LIMIT = 100_000  # elements of a page
SHORTEST = 60  # characters of an article; less is a menu's entry or a notice
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE
)
_NO_ARTICLE = "no article text found"


def read_html(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """The article of a web page."""
    origin = Origin(path, alone=True)
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
    yield origin.skipped(page) if isinstance(page, str) else _extract(page, origin)


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


def _extract(page: HtmlElement, origin: Origin) -> Article | Skipped:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _quieten("trafilatura", "htmldate", "courlan", "justext", "readability")
    drop_hidden(page)
    found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True)
    if not isinstance(found, Document) or len(found.text or "") < SHORTEST:
        return origin.skipped(_NO_ARTICLE)
    return make_article(
        {
            "title": found.title,
            "text": _without_headline(found.text or "", found.title or ""),
            "page_date": found.date,
            "source": found.sitename,
            "url": found.url,
            "authors": [author for author in (found.author or "").split("; ") if author],
            "type": found.pagetype,
        },
        origin,
    )


def _without_headline(text: str, title: str) -> str:
    """The text without a first line that only repeats the headline."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip().casefold() == title.strip().casefold() else text


def _quieten(*loggers: str) -> None:
    """Keeps the extractors' remarks about odd pages from standard error, unless the program set a level."""
    for name in loggers:
        if (logger := logging.getLogger(name)).level == logging.NOTSET:
            logger.setLevel(logging.CRITICAL)
