from __future__ import annotations

import bz2
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from dateline.reading import find, read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a library on Monday, and hundreds of people came to see it."
STORY = f"<article><p>{BODY}</p><p>{BODY}</p></article>"
PAGE = f"<!DOCTYPE html><html><head><title>Library</title></head><body>{STORY}</body></html>"


def read(path: Path, data: bytes | str) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(path))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", PAGE),
        ("a.txt", json.dumps({"title": "Library", "text": BODY})),
        (
            "a.txt",
            f"<rss><channel><item><title>Library</title><description>{BODY}</description></item></channel></rss>",
        ),
        (
            "a.txt",
            f"From: desk@echo.example\nSubject: Library\nDate: Thu, 4 Mar 2021 05:00:00 +0000\n\n{BODY}\n",
        ),
        ("a.txt", f"{{\\rtf1\\ansi {BODY}\\par}}"),
        ("a.story", f"{BODY}\n\n@highlight\n\nLibrary opened"),
        ("177", f"From: desk@echo.example\nSubject: Library\nLines: 1\n\n{BODY}\n"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path: Path, name: str, data: str) -> None:
    (one,) = read(tmp_path / name, data)
    assert isinstance(one, Article), one
    assert one.text.startswith(BODY)
    assert "<" not in one.text
    assert "@highlight" not in one.text


def test_a_pointer_to_a_file_elsewhere_is_told(tmp_path: Path) -> None:
    for suffix in ("txt", "csv", "json", "jsonl"):
        (one,) = read(
            tmp_path / f"a.{suffix}", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n"
        )
        assert isinstance(one, Skipped)
        assert "git lfs pull" in one.reason


def packed(suffix: str, data: bytes) -> bytes:
    if suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        return bytes(zstandard.compress(data))
    return bz2.compress(data) if suffix == ".bz2" else lzma.compress(data)


@pytest.mark.parametrize("suffix", [".bz2", ".xz", ".zst"])
def test_files_are_unpacked(tmp_path: Path, suffix: str) -> None:
    line = json.dumps({"title": "Library", "text": BODY}).encode()
    (one,) = read(tmp_path / f"a.jsonl{suffix}", packed(suffix, line))
    assert isinstance(one, Article)
    (tmp_path / f"b.jsonl{suffix}").write_bytes(packed(suffix, line * 2000)[:-8])
    reasons = [one.reason for one in read_file(tmp_path / f"b.jsonl{suffix}") if isinstance(one, Skipped)]
    assert any("data" in reason for reason in reasons)


@pytest.mark.parametrize("suffix", [".bz2", ".xz", ".zst"])
def test_what_unpacks_without_end_is_left(tmp_path: Path, suffix: str) -> None:
    bomb = packed(suffix, b'{"text": "Good."}\n' + b" " * (100 << 20))
    *_, last = read(tmp_path / f"a.jsonl{suffix}", bomb)
    assert isinstance(last, Skipped)
    assert "times its size" in last.reason


def test_an_archive_is_read_as_a_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b/one.txt", BODY)
        archive.writestr("b/two.json", json.dumps([{"title": "Library", "text": BODY}, {"title": "None"}]))
        archive.writestr("__MACOSX/one.txt", BODY)
        archive.writestr("picture.png", b"\x89PNG")
        archive.writestr("bomb.txt", b"x" * (100 << 20))
    one, two, three, four = read_file(tmp_path / "a.zip")
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert {part.path for part in (one, two, three, four)} == {str(tmp_path / "a.zip")}
    assert isinstance(three, Skipped)
    assert three.reason.startswith("b/two.json: item 2: ")
    assert isinstance(four, Skipped)
    assert four.reason.startswith("bomb.txt: ")


def test_a_tar_is_read_and_a_damaged_one_told(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("one.txt")
        entry.size = len(BODY)
        archive.addfile(entry, io.BytesIO(BODY.encode()))
    (one,) = read_file(tmp_path / "a.tar.gz")
    assert isinstance(one, Article)
    (two,) = read(tmp_path / "b.zip", b"PK\x03\x04 no more")
    assert isinstance(two, Skipped)


def test_what_is_not_read_is_counted_by_kind(tmp_path: Path) -> None:
    for name in ("a.jpg", "b/b.JPG", "c.xlsx", "README", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Nothing much.")
    *files, last = find([tmp_path])
    assert len(files) == 1
    assert isinstance(last, Skipped)
    assert dict(last.kinds) == {".jpg": 2, ".xlsx": 1, "without a suffix": 1}
    assert "2 .jpg" in last.reason
    assert "save it as CSV" in last.reason
    assert last.to_dict()["kinds"] == dict(last.kinds)
