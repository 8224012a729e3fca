"""Mail and saved pages in its format (MHTML): subject, day and the readable part."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from io import BytesIO

from dateline.reading.article import make_article
from dateline.reading.clean import clean
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.html import read_html
from dateline.reading.origin import Origin
from dateline.reading.records.fields import Folded
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

_LIMIT = 64 << 20  # bytes
_PARTS = 1000  # of one message


def read_mail(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The article of a message, or of the page that was saved in one."""
    data = read_whole(stream, _LIMIT)
    if data is None:
        yield origin.skipped(f"the message is larger than {_LIMIT >> 20} MB")
        return
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        kind, part = _readable(message)
        headers = {name: str(message.get(name) or "") for name in ("Subject", "Date", "From")}
        saved = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError) as error:
        yield origin.skipped(f"it is not a message that can be read: {error}")
        return
    text = _text(part)
    if text is None:
        yield origin.skipped(NOT_TEXT)
        return
    if kind == "html" and saved:
        with Unpacked(BytesIO(text.encode("utf-8", "replace"))) as page:
            yield from read_html(page, origin, address=saved)
        return
    record: Folded = {"title": headers["Subject"], "published": headers["Date"], "text": clean(text)}
    record["authors"] = parseaddr(headers["From"])[0]
    yield make_article(record, origin.only())


def _readable(message: EmailMessage) -> tuple[str, EmailMessage]:
    """The part that is read, and whether it is "plain" or "html". A saved page is its first HTML part."""
    if message.get_content_type() == "multipart/related" or message.get("Snapshot-Content-Location"):
        for number, part in enumerate(message.walk()):
            if part.get_content_type() == "text/html" and number < _PARTS:
                return "html", part
    body = message.get_body(preferencelist=("plain", "html"))
    part = body if isinstance(body, EmailMessage) else message
    return ("html" if part.get_content_type() == "text/html" else "plain"), part


def _text(part: EmailMessage) -> str | None:
    data = part.get_payload(decode=True)
    return decode(data, declared=part.get_content_charset()) if isinstance(data, bytes) else ""
