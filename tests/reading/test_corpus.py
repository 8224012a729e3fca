from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from dateline.errors import SourceError
from dateline.reading import read
from dateline.types import Article, Skipped


def shared_data() -> Path | None:
    folders = (parent / "shared" / "data" for parent in Path(__file__).resolve().parents)
    return next((folder for folder in folders if folder.is_dir()), None)


def write(path: Path, *records: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_copies_and_second_uses_of_an_id_are_named(tmp_path: Path) -> None:
    first = write(
        tmp_path / "a.jsonl",
        {"id": "1", "text": "The  leaders met.", "source": "AP"},
        {"id": "2", "text": "the leaders MET.", "source": "ap"},
        {"id": "3", "text": "The leaders met.", "source": "AFP"},
    )
    write(tmp_path / "b.jsonl", {"id": "1", "text": "Something else."})
    write(tmp_path / "c.jsonl", {"id": "3", "text": "The leaders met again."})
    one, copy, other, apart, again = read(tmp_path)
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert isinstance(copy, Skipped)
    assert copy.reason == f"a copy of article 1 in {first}"
    assert isinstance(apart, Article)
    assert apart.text == "Something else."
    assert len(apart.id) == 12
    assert isinstance(again, Skipped)
    assert again.reason == f"its id 3 is that of an earlier article in {first}"
    assert again.path == str(tmp_path / "c.jsonl")


def test_one_source_needs_no_list(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", {"text": "The leaders met."})
    assert list(read(path)) == list(read(str(path))) == list(read([path]))


def test_a_missing_source_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read([write(tmp_path / "a.jsonl", {"text": "The leaders met."}), "missing"])


def test_dated_articles_stream_and_yearless_ones_come_last(tmp_path: Path) -> None:
    yearless = "HANOI, May 8 (Agency) -- The leaders met."
    write(
        tmp_path / "a.jsonl",
        {"id": "1", "text": yearless},
        {"id": "2", "text": "Dated.", "date": "2019-05-08"},
    )
    write(tmp_path / "b.jsonl", {"id": "3", "text": "No line at all."})
    ids = [one.id for one in read(tmp_path) if isinstance(one, Article)]
    assert ids == ["2", "3", "1"]


def test_an_article_that_can_not_be_dated_is_read_undated(tmp_path: Path) -> None:
    (one,) = read(write(tmp_path / "a.jsonl", {"text": "HANOI, May 8 (Agency) -- The leaders met."}))
    assert isinstance(one, Article)
    assert (one.published, one.published_from, one.place) == (None, None, "HANOI")


def test_reading_streams(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *({"text": f"Report {number}."} for number in range(50_000)))
    stream: Iterator[Article | Skipped] = read(path)
    assert len(list(islice(stream, 3))) == 3


@pytest.mark.skipif(shared_data() is None, reason="no folder shared/data above this file")
def test_two_wire_reports_without_a_year_are_dated_together() -> None:
    folder = shared_data()
    assert folder is not None
    articles = {
        Path(one.path or "").name[:3]: one for one in read(folder / "seeds") if isinstance(one, Article)
    }
    assert {name: one.day for name, one in articles.items()} == {
        "000": date(2019, 2, 15),
        "004": date(2019, 1, 31),
    }
    assert {(one.place, one.source, one.published_from) for one in articles.values()} == {
        ("WASHINGTON", "Xinhua", "inferred")
    }
    (alone,) = read(f"{folder}/seeds/000*.txt")
    assert isinstance(alone, Article)
    assert alone.day == date(2019, 2, 15)
