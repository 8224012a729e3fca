"""Plain text and Markdown: one article in a file, with its headline where it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dateline.patterns import lazy
from dateline.reading.article import Origin, make_article
from dateline.reading.clean import clean
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.newswire import parse_newswire
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

TEXT_LIMIT = 64 << 20  # bytes of one article
_HEADLINE_LENGTH = 150
_FRONT_MATTER = lazy(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = lazy(r"([A-Za-z_][\w-]*)[ \t]*:(.*)")
_ENTRY = lazy(r"[ \t]*-[ \t]+(.*)")
_ATX = lazy(r"#[ \t]+(.{1,300}?)[ \t]*#*[ \t]*(?:\n|$)")
_SETEXT = lazy(r"(\S.*)\n=+[ \t]*(?:\n|$)")
_ENDS_AS_SENTENCE = lazy(r"(?<!\b[A-Z])(?<!\.[A-Z])[.;:,][\"'”’)]*$")


def read_text(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """The article of a `.txt` file."""
    text = _whole(stream, path)
    if isinstance(text, str):
        title, body = split_headline(text)
        yield make_article({"title": title, "text": body}, Origin(path, alone=True))
    else:
        yield text


def read_markdown(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """The article of a `.md` file: front matter gives its fields, `# ` its headline."""
    text = _whole(stream, path)
    if not isinstance(text, str):
        yield text
        return
    record: dict[str, object] = {}
    if front := _FRONT_MATTER.match(text):
        record = _front_matter(front.group(1))
        text = text[front.end() :].lstrip()
    heading = _ATX.match(text) or _SETEXT.match(text)
    if heading:
        title, text = heading.group(1), text[heading.end() :]
    else:
        title, text = ("", text) if record.get("title") else split_headline(text)
    yield make_article({"title": title} | record | {"text": text}, Origin(path, alone=True))


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


def _whole(stream: Unpacked, path: Path) -> str | Skipped:
    data = read_whole(stream, TEXT_LIMIT)
    if data is None:
        return Skipped(str(path), None, f"the file is larger than {TEXT_LIMIT >> 20} MB")
    text = decode(data)
    if text is None:
        return Skipped(str(path), None, NOT_TEXT)
    return clean(text) or Skipped(str(path), None, "the file is empty")


def _front_matter(lines: str) -> dict[str, object]:
    """`key: value` lines; a value may be a list, `[a, b]` or one `- entry` a line."""
    record: dict[str, object] = {}
    name = ""
    for line in lines.split("\n"):
        if field := _FIELD.match(line):
            name = field.group(1).lower()
            record[name] = _value(field.group(2).strip())
        elif name and (entry := _ENTRY.match(line)):
            entries = record[name]
            record[name] = [*(entries if isinstance(entries, list) else []), _unquoted(entry.group(1))]
    return record


def _value(text: str) -> str | list[str]:
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(entry) for entry in text[1:-1].split(",") if entry.strip()]
    return _unquoted(text)


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
