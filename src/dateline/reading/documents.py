"""Paragraphs out of PDF, DOCX, ODT and RTF. Run by itself, in a process of its own: `office` tells why.

Reads a file from standard input, its kind from the command line; writes one JSON object: {"title": …,
"text": …, "published": …}, or {"why": …} where there is nothing to be had.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from typing import Any

MEMORY = 1 << 30  # bytes of address space
SECONDS = 20  # of processor
LONGEST = 16 << 20  # characters of text; bytes of one part of a document
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def main() -> None:
    """Prints what the document of this kind on standard input says."""
    _limit()
    read = {".pdf": _pdf, ".docx": _docx, ".odt": _odt, ".rtf": _rtf}[sys.argv[1]]
    try:
        found = read(sys.stdin.buffer.read())
    except MemoryError:
        found = {"why": "it asks for more memory than a document may"}
    except ImportError as error:
        found = {"why": f"it needs {error.name}"}
    except Exception as error:  # whatever a parser raises of what a stranger wrote
        found = {"why": f"it is damaged: {str(error)[:100] or type(error).__name__}"}
    json.dump({name: value[:LONGEST] for name, value in found.items()}, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit of the parent is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _pdf(data: bytes) -> dict[str, str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"why": "it is encrypted"}
    pages = [page.extract_text() for page in reader.pages]
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        return {"why": f"none of its {len(pages)} pages has a text layer: they are pictures, for OCR"}
    said = reader.metadata
    return {"title": str((said and said.title) or ""), "text": text}


def _part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open(name) as part:
        return part.read(LONGEST)


def _tree(data: bytes) -> Any:  # noqa: ANN401
    from lxml import etree  # type: ignore[import-untyped]

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _docx(data: bytes) -> dict[str, str]:
    paragraphs: list[str] = []
    title = ""
    for paragraph in _tree(_part(data, "word/document.xml")).iter(f"{_W}p"):
        parts = [
            "\t" if node.tag == f"{_W}tab" else "\n" if node.tag == f"{_W}br" else node.text or ""
            for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        ]
        text = "".join(parts).strip()
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        named = (style.get(f"{_W}val") or "").lower() if style is not None else ""
        if text and not title and not paragraphs and named in ("title", "heading1", "titel", "titre"):
            title = text
        elif text:
            paragraphs.append(text)
    return {"title": title, "text": "\n\n".join(paragraphs)}


def _odt(data: bytes) -> dict[str, str]:
    paragraphs: list[str] = []
    title = ""
    for node in _tree(_part(data, "content.xml")).iter(f"{_T}p", f"{_T}h"):
        text = "".join(node.itertext()).strip()
        if text and node.tag == f"{_T}h" and not title and not paragraphs:
            title = text
        elif text:
            paragraphs.append(text)
    return {"title": title, "text": "\n\n".join(paragraphs)}


def _rtf(data: bytes) -> dict[str, str]:
    from striprtf.striprtf import rtf_to_text

    text = rtf_to_text(data.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    return {"text": "\n\n".join(line.strip() for line in text.split("\n") if line.strip())}


if __name__ == "__main__":
    main()
