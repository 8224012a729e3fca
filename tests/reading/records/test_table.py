from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a library on Monday, and hundreds came to see it."
OTHER = "Two ferries to Sell were cancelled on Tuesday, since the wind was too strong for them."


def read(path: Path, data: str | bytes) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_file(path))


def table(delimiter: str) -> str:
    rows = [
        ("Headline", "Body", "Date"),
        ("Library", f'"{BODY}"', "2021-03-04"),
        ("Ferries", f'"{OTHER}"', "2021-03-05"),
    ]
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "\ufeff", "An export of the archive\r\n\r\n"])
@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_any_delimiter_below_any_preamble(tmp_path: Path, delimiter: str, before: str, suffix: str) -> None:
    found = read(tmp_path / f"a.{suffix}", before + table(delimiter))
    assert [(one.title, one.text, str(one.day)) for one in found if isinstance(one, Article)] == [
        ("Library", BODY, "2021-03-04"), ("Ferries", OTHER, "2021-03-05"),
    ]  # fmt: skip


def test_the_delimiter_may_be_told_in_a_line_of_its_own(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.csv", "sep=;\r\n" + table(";"))) == 2


def test_a_table_in_utf_16(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.csv", table("\t").encode("utf-16"))) == 2


def test_a_table_without_a_header(tmp_path: Path) -> None:
    rows = f"N1\tnews\tLibrary opened in Arnhope\t{BODY}\thttps://e.example/1\n"
    rows += f"N2\tnews\tFerries cancelled to Sell\t{OTHER}\thttps://e.example/2\n"
    one, two = read(tmp_path / "news.tsv", rows)
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert (one.id, one.title, one.text, one.url) == (
        "N1",
        "Library opened in Arnhope",
        BODY,
        "https://e.example/1",
    )
    assert two.text == OTHER


def test_a_column_decides_what_comes_first(tmp_path: Path) -> None:
    def days(*dates: str) -> list[str | None]:
        rows = "".join(
            f"Report {n} of the council tells of the ferries.,{day}\n" for n, day in enumerate(dates)
        )
        found = read(tmp_path / "a.csv", f"text,date\n{rows}")
        return [str(one.day) if one.day else None for one in found if isinstance(one, Article)]

    assert days("3/4/2021", "25/3/2021") == ["2021-04-03", "2021-03-25"]
    assert days("3/4/2021", "3/25/2021") == ["2021-03-04", "2021-03-25"]
    assert days("3/4/2021", "5/6/2021") == [None, None]
    assert days("3/4/2021", "25/3/2021", "3/25/2021")[0] is None


def test_a_date_that_can_be_two_days_is_told(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.csv", f'text,date\n"{BODY}",3/4/2021\n')
    assert isinstance(one, Article)
    assert "--day-first" in (one.refused or "")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1251",
            "Мэр города сказал в понедельник, что новая библиотека открыта для всех жителей и гостей.",
        ),
        (
            "cp1252",
            "Der Bürgermeister sagte am Montag, die Bücherei sei für alle Bürger geöffnet, auch für Gäste.",
        ),
        (
            "gb18030",
            "市长星期一说，新的图书馆已经向所有居民开放，工程花费了一百四十万元，比计划多了三个星期。",
        ),
        (
            "shift_jis",
            "市長は月曜日、新しい図書館がすべての住民に開かれたと発表した。工事には十九週間かかったという。",
        ),
    ],
)
def test_letters_of_before_unicode_are_right(tmp_path: Path, encoding: str, text: str) -> None:
    (one,) = read(tmp_path / "a.csv", f'title,text\nA,"{text}"\n'.encode(encoding))
    assert isinstance(one, Article)
    assert one.text == text
