"""Plain text and Markdown: one article in a file, with its headline where it has one."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.patterns import lazy
from dateline.reading.article import make_article
from dateline.reading.clean import clean
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.newswire import parse_newswire
from dateline.reading.origin import Origin
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

TEXT_LIMIT = 64 << 20  # bytes of one article
_HEADLINE_LENGTH = 150
_ENDS_AS_SENTENCE = lazy(r"(?<!\b[A-Z])(?<!\.[A-Z])[.;:,][\"'”’)]*$")


def read_text(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The article of a `.txt` file."""
    text = whole(stream, origin)
    if isinstance(text, str):
        title, body = split_headline(text)
        yield make_article({"title": title, "text": body}, origin.only())
    else:
        yield text


def read_story(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The article of a `.story` file of CNN/DailyMail: its text, without the highlights behind it."""
    text = whole(stream, origin)
    if isinstance(text, str):
        body = text.partition("\n@highlight")[0]
        yield make_article({"text": body}, origin.only())
    else:
        yield text


def split_headline(text: str) -> tuple[str, str]:
    """The headline and the text after it; "" and the whole text where none is set apart.

    A headline is a short first line that does not end like a sentence, before a blank line, a newswire
    line, or a much longer line.
    """
    first, _, rest = text.partition("\n")
    following, _, _ = rest.lstrip("\n").partition("\n")
    if not following or len(first) > _HEADLINE_LENGTH or _ENDS_AS_SENTENCE.search(first):
        return "", text
    if parse_newswire(first + "\n") is not None:
        return "", text
    apart = rest.startswith("\n") or len(following) > max(100, 2 * len(first))
    return (first, rest.lstrip("\n")) if apart or parse_newswire(rest) is not None else ("", text)


def whole(stream: Unpacked, origin: Origin) -> str | Skipped:
    """The text of a file, cleaned; Skipped where it has none."""
    data = read_whole(stream, TEXT_LIMIT)
    if data is None:
        return origin.skipped(f"the file is larger than {TEXT_LIMIT >> 20} MB")
    text = decode(data)
    if text is None:
        return origin.skipped(NOT_TEXT)
    return clean(text) or origin.skipped("the file is empty")
