from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article, Skipped

RECORD = {
    "headline": "Summit set for Hanoi",
    "Body": "The two leaders will meet in Hanoi.",
    "published_at": "2019-02-15",
    "publisher": "Xinhua",
    "link": "https://example.org/news/1",
    "byline": "By Ann Lee and Bo Chen",
    "id": 17,
    "section": "Opinion",
    "place": "HANOI",
}


def read(path: Path, data: str | bytes) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(path))


def article(one: Article | Skipped) -> Article:
    assert isinstance(one, Article), one
    return one


def skipped(one: Article | Skipped) -> Skipped:
    assert isinstance(one, Skipped), one
    return one


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv"])
def test_every_field_is_read_under_its_other_names(tmp_path: Path, suffix: str) -> None:
    table = io.StringIO()
    csv.writer(table).writerows([RECORD, RECORD.values()])
    data = table.getvalue() if suffix == "csv" else json.dumps(RECORD)
    path = tmp_path / f"a.{suffix}"
    assert read(path, data) == [
        Article(
            id="17",
            title="Summit set for Hanoi",
            text="The two leaders will meet in Hanoi.",
            published=date(2019, 2, 15),
            published_from="metadata",
            source="Xinhua",
            url="https://example.org/news/1",
            authors=("Ann Lee", "Bo Chen"),
            place="HANOI",
            kind="opinion",
            path=str(path),
        )
    ]


@pytest.mark.parametrize("key", ["articles", "items", "data", None])
def test_a_json_file_holds_a_list(tmp_path: Path, key: str | None) -> None:
    rows = [{"text": "One."}, {"text": ""}, 3, {"text": "Two."}]
    one, empty, number, two = read(tmp_path / "a.json", json.dumps({key: rows} if key else rows))
    assert [article(one).text, article(two).text] == ["One.", "Two."]
    assert skipped(empty).reason == "item 2: the article has no text"
    assert "item 3" in skipped(number).reason


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        b'{"text": "One."}',
        b"",
        b'{"text": ',
        b"[1]",
        b'{"text": "Caf\xe9 two."}',
        b'{"text": "\xd7\xff\x81"}',
        b"[" * 5000,
        b'{"text": 1' + b"0" * 5000 + b"}",
        b'{"text": "Three."}',
    ]
    read_lines = read(tmp_path / "a.jsonl", b"\n".join(lines))
    assert [one.text for one in read_lines if isinstance(one, Article)] == ["One.", "Café two.", "Three."]
    reasons = {one.line: one.reason for one in read_lines if isinstance(one, Skipped)}
    assert list(reasons) == [3, 4, 6, 7, 8]
    assert reasons[3].startswith("line 3 is not JSON: ")
    assert "nested" in reasons[7] or "not JSON" in reasons[7]  # newer Pythons read deeper


def test_a_line_separator_inside_a_string_does_not_end_a_line(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.jsonl", '{"text": "One\u2028two\x85three."}')
    assert article(one).text == "One\ntwo\nthree."


def test_jsonl_in_utf_16_is_read(tmp_path: Path) -> None:
    one, two = read(tmp_path / "a.jsonl", '{"text": "Zürich."}\n{"text": "Genève."}\n'.encode("utf-16"))
    assert [article(one).text, article(two).text] == ["Zürich.", "Genève."]


def test_json_that_is_nested_too_deeply_is_skipped(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.json", "[" * 100_000)
    assert "nested too deeply" in skipped(one).reason


def test_a_csv_field_may_hold_lines_quotes_and_a_whole_book(tmp_path: Path) -> None:
    book = "word, " * 100_000
    one, two = read(
        tmp_path / "a.csv", f'\ufefftitle,text\r\nA,"said ""no""\n{book}"\r\n\r\nB,"Nul\0 byte."\r\n'
    )
    assert article(one).text.startswith('said "no"\nword, word')
    assert article(two).text == "Nul byte."


def test_a_csv_row_that_does_not_fit_its_header_is_skipped(tmp_path: Path) -> None:
    one, two = read(tmp_path / "a.csv", "title,text\nA,One, two, three.\nB,Four.\n")
    assert skipped(one).line == 2
    assert article(two).text == "Four."


def test_a_csv_without_a_column_of_text_is_skipped_once(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.csv", "name,price\nA,1\nB,2\n")
    assert "names no column" in skipped(one).reason


def test_a_csv_with_semicolons_is_read(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.csv", "title;text\nA;One, and two.\n")
    assert article(one).text == "One, and two."


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv"])
def test_an_empty_file_gives_no_article(tmp_path: Path, suffix: str) -> None:
    assert not [one for one in read(tmp_path / f"a.{suffix}", "") if isinstance(one, Article)]
