"""Which reader a file has: by its name, and by its first bytes where they say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

from dateline.patterns import lazy
from dateline.reading.html import read_html
from dateline.reading.mail import read_mail
from dateline.reading.markdown import read_markdown
from dateline.reading.office import read_docx, read_odt, read_pdf, read_rtf
from dateline.reading.origin import Origin
from dateline.reading.records.json_files import read_json, read_jsonl
from dateline.reading.records.table import read_csv
from dateline.reading.streams import PACKINGS, Unpacked
from dateline.reading.text import read_story, read_text
from dateline.reading.warc import read_warc
from dateline.reading.xml import read_xml
from dateline.types import Article, Skipped


class Reader(Protocol):
    """What reads the files of one kind."""

    def __call__(self, stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
        """The articles of one file. Bad content is Skipped, with the reason."""


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".jsonlines": read_jsonl,
    ".ndjson": read_jsonl,
    ".ldjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".psv": read_csv,
    ".xml": read_xml,
    ".rss": read_xml,
    ".atom": read_xml,
    ".rdf": read_xml,
    ".nitf": read_xml,
    ".newsml": read_xml,
    ".tei": read_xml,
    ".wxr": read_xml,
    ".sgm": read_xml,
    ".sgml": read_xml,
    ".story": read_story,
    ".eml": read_mail,
    ".mht": read_mail,
    ".mhtml": read_mail,
    ".warc": read_warc,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
}
GROUP = "dateline.readers"  # of entry points: the name is a suffix, ".pst", the object a Reader
ARCHIVES = frozenset((".zip", ".wacz", ".tar", ".tgz"))
_LOOKED_AT = 4096  # bytes
_TEXTUAL = frozenset(
    (".txt", ".text", ".md", ".markdown", ".json", ".jsonl", ".csv", ".tsv", ".html", ".htm", ".xml", "")
)
_MAIL = lazy(r"(?:[A-Z][A-Za-z-]{1,40}: ?[^\n]*\n(?:[ \t][^\n]*\n)*)*?Subject: ?[^\n]*\n")
_HEADERS = lazy(r"(?:[A-Za-z][A-Za-z-]{1,40}: [^\n]*\n(?:[ \t][^\n]*\n)*){2,60}\r?\n")
_TAGS = lazy(r"<(?:!doctype html|html|head|body|article|div|p)\b", 2)


@cache
def readers() -> Mapping[str, Reader]:
    """The readers by suffix: ours, and those of packages that are installed; ours go before."""
    others = {found.name: found for found in entry_points(group=GROUP)}
    return {name: found.load() for name, found in others.items() if name.startswith(".")} | READERS


def kind_of(name: str) -> str:
    """The suffix before that of a packing, in lower case: ".jsonl" for "a.JSONL.gz"; "" without one."""
    suffix = Path(name.lower()).suffix
    if suffix in PACKINGS:
        suffix = Path(name.lower().removesuffix(suffix)).suffix
    return "" if suffix[1:].isdigit() else suffix


def articles_in(stream: Unpacked, name: str, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of a file of this name, and what is to be said of damage in it."""
    kind = kind_of(name)
    reader = readers().get(kind)
    if reader is None or kind in _TEXTUAL:
        shape = shape_of(stream.peek(_LOOKED_AT))
        if shape.startswith("it "):
            yield origin.skipped(shape)
            return
        fits = not shape or (kind == ".md" and shape in (".eml", ".json")) or _are_alike(kind, shape)
        reader = reader if fits else READERS[shape]
    if reader is None:
        yield origin.skipped(f"it is not one of {', '.join(READERS)} (or one of these packed)")
        return
    yield from reader(stream, origin)
    if stream.damage:
        yield origin.skipped(f"{stream.damage}; what came before was read")


def shape_of(start: bytes) -> str:
    """The suffix of the kind that the first bytes of a file show; "" where they show none.

    Where they show a file that can't be read under any name, why not: "it is ...".
    """
    if start.startswith(b"%PDF-"):
        return ".pdf"
    if start.startswith(b"{\\rtf"):
        return ".rtf"
    if start.startswith((b"WARC/1.", b"WARC/0.")):
        return ".warc"
    if start.startswith(b"version https://git-lfs.github.com/spec"):
        return "it is a pointer of Git LFS, not the file itself; fetch it with: git lfs pull"
    text = start.decode("utf-8", "replace").lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if text.startswith("<"):
        if _TAGS.match(text) or (text.startswith("<!--") and _TAGS.search(text)):
            return ".html"
        if text.startswith(
            ("<?xml", "<rss", "<feed", "<nitf", "<newsItem", "<urlset", "<TEI", "<rdf:RDF", "<doc ")
        ):
            return ".html" if "<html" in text[:1000] else ".xml"
        return ""
    if (text.startswith("{") and text[1:].lstrip()[:1] in ('"', "}")) or text.startswith('[{"'):
        return ".json"
    return ".eml" if _HEADERS.match(text + "\n\n") and _MAIL.match(text) else ""


def _are_alike(kind: str, shape: str) -> bool:
    same = {".json": (".jsonl", ".ndjson", ".ldjson", ".jsonlines"), ".html": (".htm", ".xhtml", ".xml"),
            ".xml": (".rss", ".atom", ".html", ".htm")}  # fmt: skip
    return kind == shape or kind in same.get(shape, ())
