from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a library on Monday, and hundreds of people came to see it."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, *paragraphs: str) -> Path:
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("word/document.xml", f"<w:document {_W}><w:body>{inner}</w:body></w:document>")
    return path


def test_a_word_document_is_one_article(tmp_path: Path) -> None:
    (one,) = read_file(docx(tmp_path / "a.docx", "Library opened", BODY, "Entry is free."))
    assert isinstance(one, Article)
    assert (one.title, one.text) == ("Library opened", f"{BODY}\n\nEntry is free.")


def test_an_export_of_many_articles_is_taken_apart(tmp_path: Path) -> None:
    def exported(title: str, day: str) -> list[str]:
        return [title, "Arnhope Echo", day, "Copyright 2021 Echo", "Section: NEWS", "Length: 99 words",
                "Byline: Ann Lee", "Body", BODY, f"{title} it was.",
                "End of Document"]  # fmt: skip

    path = docx(tmp_path / "a.docx", *exported("Library opened in town", "March 4, 2021 Thursday"),
                *exported("Ferries cancelled to Sell", "March 5, 2021 Friday"))  # fmt: skip
    found = [one for one in read_file(path) if isinstance(one, Article)]
    assert [(one.title, str(one.day), one.source, one.authors) for one in found] == [
        ("Library opened in town", "2021-03-04", "Arnhope Echo", ("Ann Lee",)),
        ("Ferries cancelled to Sell", "2021-03-05", "Arnhope Echo", ("Ann Lee",)),
    ]
    assert all(one.text.startswith(BODY) for one in found)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt"])
def test_a_damaged_document_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4 nothing" if name == "a.pdf" else b"PK\x03\x04 nothing")
    (one,) = read_file(tmp_path / name)
    assert isinstance(one, Skipped)
    assert "damaged" in one.reason


def test_a_document_that_unpacks_to_more_than_it_may_costs_itself_alone(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"<a>" * (40 << 20))
    (one,) = read_file(tmp_path / "a.docx")
    assert isinstance(one, Skipped)


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    story = f"<article><p>{BODY}</p><p>{BODY} So.</p></article>"
    page = f"<html><head><title>Library</title></head><body>{story}</body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/1\r\n"
    head += f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    (tmp_path / "a.warc").write_bytes((head + http + "\r\n\r\n").encode())
    (one,) = read_file(tmp_path / "a.warc")
    assert isinstance(one, Article)
    assert one.url == "https://echo.example/1"
