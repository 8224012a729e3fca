from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import SourceError
from dateline.reading import find, least_text, read_file
from dateline.reading.clean import clean
from dateline.types import Article, Skipped

SUFFIXES = [".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv"]
SUFFIXES += [".tsv", ".xml", ".sgm", ".eml", ".mhtml", ".warc", ".story"]


def names(sources: list[str | Path], below: Path) -> list[str]:
    return [str(one.relative_to(below.resolve())) for one in find(sources) if isinstance(one, Path)]


def test_a_folder_gives_its_article_files_sorted(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.md", "a/y.csv.gz", ".hidden.txt", ".git/x.txt", "picture.png", "C.JSONL"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names([tmp_path], tmp_path) == ["C.JSONL", "b.txt", "a/y.csv.gz", "a/z.md"]


def test_a_file_reached_twice_is_given_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    assert names([tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt"], tmp_path) == ["a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "missing")
    assert names([tmp_path], tmp_path) == ["a/x.txt"]


def test_globs_reach_into_folders(tmp_path: Path) -> None:
    for name in ["a.txt", "b/c.txt", "b/d/e.txt", "b/f.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names([f"{tmp_path}/**/*.txt"], tmp_path) == ["a.txt", "b/c.txt", "b/d/e.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_found(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("x")
    assert names([tmp_path / "a[1].txt"], tmp_path) == ["a[1].txt"]


@pytest.mark.parametrize("source", ["missing.txt", "no/*.txt", "", "nul\0byte", "https://example.org/a.html"])
def test_a_source_that_names_nothing_is_an_error_at_once(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(SourceError) as caught:
        find([tmp_path, source])
    assert "\n" not in str(caught.value)


def test_a_named_file_of_another_kind_is_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("x")
    (skipped,) = find([tmp_path / "a.xlsx"])
    assert isinstance(skipped, Skipped)
    assert ".jsonl" in skipped.reason


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes in folders here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(find([tmp_path])) == []
    (skipped,) = find([tmp_path / "pipe.txt"])
    assert isinstance(skipped, Skipped)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (skipped,) = find([tmp_path])
    assert isinstance(skipped, Skipped)


def test_a_file_that_is_gone_is_skipped(tmp_path: Path) -> None:
    (skipped,) = read_file(tmp_path / "gone.txt")
    assert isinstance(skipped, Skipped)
    assert "can't be read" in skipped.reason


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_skipped(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, packed: bool, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    for one in read_file(path):
        if isinstance(one, Article):
            assert one.text
            assert one.text == clean(one.text)
            assert one.title
            assert one.id
        else:
            assert one.reason


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=200))
def test_bytes_that_are_not_gzip_are_skipped(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / f"a{suffix}.gz"
    path.write_bytes(b"\x01" + data)
    assert "gzip" in [one.reason for one in read_file(path) if isinstance(one, Skipped)][-1]


def test_what_a_truncated_archive_still_holds_is_kept(tmp_path: Path) -> None:
    lines = "".join(f'{{"id": "{n}", "text": "Report {n} {os.urandom(40).hex()}."}}\n' for n in range(500))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    *articles, line, damage = read_file(tmp_path / "a.jsonl.gz")
    assert len(articles) > 100
    assert all(isinstance(article, Article) for article in articles)
    assert isinstance(line, Skipped)
    assert isinstance(damage, Skipped)
    assert "ends too early" in damage.reason


def test_several_members_of_one_archive_are_all_read(tmp_path: Path) -> None:
    parts = [gzip.compress(f'{{"text": "Report {n}."}}\n'.encode()) for n in range(3)]
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(parts) + b"\0" * 512)
    assert [type(one) for one in read_file(tmp_path / "a.jsonl.gz")] == [Article] * 3


def test_an_archive_that_unpacks_without_end_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Good."}\n' + b" " * (100 << 20)))
    first, *_, last = read_file(tmp_path / "a.jsonl.gz")
    assert isinstance(first, Article)
    assert isinstance(last, Skipped)
    assert "times its size" in last.reason


def test_the_text_of_a_file_is_guessed_too_small_rather_than_too_large(tmp_path: Path) -> None:
    text = "The mayor opened the bridge. " * 1000
    page = f"<html><head><script>{'x' * 400_000}</script></head><body><p>{text}</p></body></html>"
    for name, content in [("a.txt", text), ("a.html", page), ("a.jsonl", json.dumps({"text": text}))]:
        (tmp_path / name).write_text(content)
        packed = tmp_path / f"{name}.gz"
        packed.write_bytes(gzip.compress(content.encode()))
        assert len(text) / 8 < least_text(tmp_path / name) <= len(text)
        assert 0 < least_text(packed) <= len(text)
    assert least_text(tmp_path / "missing.txt") == 0


NO_TEXT = os.fsdecode(b"caf\xe9.txt")


def lay_out_without_text(folder: Path) -> None:
    """A file, and a folder with another, under names of bytes that are no text."""
    try:
        (folder / NO_TEXT).write_text("Officials opened the bridge.")
    except OSError:
        pytest.skip("this file system holds names of text alone")
    (folder / os.fsdecode(b"pla\xe7a")).mkdir()
    (folder / os.fsdecode(b"pla\xe7a") / "b.txt").write_text("Officials closed the bridge.")


def test_a_file_whose_name_is_no_text_is_named_as_bytes(tmp_path: Path) -> None:
    lay_out_without_text(tmp_path)
    (tmp_path / "a.txt").write_text("Officials met.")
    found = list(find([tmp_path]))
    assert names([tmp_path], tmp_path) == ["a.txt"]
    skipped = [one for one in found if isinstance(one, Skipped)]
    assert [Path(one.path).relative_to(tmp_path.resolve()) for one in skipped] == [
        Path("caf\\xe9.txt"),
        Path("pla\\xe7a/b.txt"),
    ]
    assert all("rename it" in one.reason for one in skipped)


def test_so_is_one_that_is_itself_named(tmp_path: Path) -> None:
    lay_out_without_text(tmp_path)
    (file,) = find([tmp_path / NO_TEXT])
    assert isinstance(file, Skipped)
    assert file.path.endswith("caf\\xe9.txt")
    assert json.loads(json.dumps(file.path).encode()) == file.path
