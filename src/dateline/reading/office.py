"""PDF, DOCX, ODT and RTF, each read in a process of its own: a hostile file costs itself alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from dateline.reading.article import make_article
from dateline.reading.clean import clean
from dateline.reading.exports import split_export
from dateline.reading.origin import Origin
from dateline.reading.records.fields import Folded
from dateline.reading.streams import Unpacked, read_whole
from dateline.reading.text import split_headline
from dateline.types import Article, Skipped

_LIMIT = 64 << 20  # bytes of a document
_SECONDS = 30
_SCRIPT = Path(__file__).with_name("documents.py")
_INSTALL = {"it needs pypdf": "it needs dateline[pdf]: pip install 'dateline[pdf]'",
            "it needs striprtf": "it needs dateline[rtf]: pip install 'dateline[rtf]'"}  # fmt: skip


def read_pdf(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles in the text layer of a PDF."""
    return _read(stream, origin, ".pdf")


def read_docx(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of a Word document: one, or many of an export."""
    return _read(stream, origin, ".docx")


def read_odt(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of an OpenDocument text."""
    return _read(stream, origin, ".odt")


def read_rtf(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of an RTF file: one, or many of an export."""
    return _read(stream, origin, ".rtf")


def _read(stream: Unpacked, origin: Origin, kind: str) -> Iterator[Article | Skipped]:
    data = read_whole(stream, _LIMIT)
    if data is None:
        yield origin.skipped(f"the document is larger than {_LIMIT >> 20} MB")
        return
    found = _in_child(data, kind)
    if why := found.get("why"):
        yield origin.skipped(_INSTALL.get(why, why))
        return
    text = clean(found.get("text", ""))
    if records := split_export(text):
        for number, part in enumerate(records, 1):
            yield make_article(part, origin.item(f"document {number}"))
        return
    title, body = found.get("title", ""), text
    if not title:
        title, body = split_headline(text)
    record: Folded = {"title": title, "text": body}
    yield make_article(record, origin.only())


def _in_child(data: bytes, kind: str) -> dict[str, str]:
    """What the document says, or why it can't be read."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_SCRIPT), kind], input=data, capture_output=True, timeout=_SECONDS
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"why": f"it could not be read in {_SECONDS} seconds"}
    except ValueError:
        return {"why": "reading it took more time or memory than a document may"}
    return {str(name): str(value) for name, value in found.items()}
