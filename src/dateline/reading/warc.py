"""Web archives: the article of each page that was fetched with success."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, BytesIO

from dateline.reading.html import PAGE_LIMIT, read_html
from dateline.reading.origin import Origin
from dateline.reading.streams import Unpacked
from dateline.types import Article, Skipped

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of the pages in a WARC file; a record that is no page is passed over."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        yield origin.skipped("it needs dateline[warc]: pip install 'dateline[warc]'")
        return
    try:
        for record in ArchiveIterator(BufferedReader(stream)):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            kind = (record.http_headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
            if record.http_headers.get_statuscode() != "200" or kind not in _PAGES:
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            data = record.content_stream().read(PAGE_LIMIT + 1)
            with Unpacked(BytesIO(data)) as page:
                yield from read_html(page, origin.inside(address), address=address)
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, KeyError) as error:
        yield origin.skipped(f"the web archive is damaged: {str(error)[:100]}; what came before was read")
