from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.reading import hints_of, read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a new library on Monday, and four hundred people came to see it."
OTHER = "Two ferries between Arnhope and Sell were cancelled on Tuesday, since the wind was too strong."


def written(path: Path, value: object) -> list[Article | Skipped]:
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return list(read_file(path))


def articles(path: Path, value: object) -> list[Article]:
    return [one for one in written(path, value) if isinstance(one, Article)]


ONE, TWO = {"title": "Library", "text": BODY}, {"title": "Ferries", "text": OTHER}


@pytest.mark.parametrize(
    "value",
    [
        [ONE, TWO],
        {"status": "ok", "results": [ONE, TWO]},
        {"response": {"pages": 1, "docs": [ONE, TWO]}},
        {"hits": {"total": 2, "hits": [{"_id": "a", "_source": ONE}, {"_id": "b", "_source": TWO}]}},
        {"a": ONE, "b": TWO},
        {"title": {"0": "Library", "1": "Ferries"}, "text": {"0": BODY, "1": OTHER}},
        {"columns": ["title", "text"], "index": [0, 1], "data": [["Library", BODY], ["Ferries", OTHER]]},
        {"data": {"edges": [{"node": ONE}, {"node": TWO}]}},
        [{"article": ONE}, {"article": TWO}],
        {"title": "A feed", "home_page_url": "https://feed.example", "description": "Of a town.",
         "items": [{"title": "Library", "content_text": BODY}, {"title": "Ferries", "content_text": OTHER}]},
        "\n".join(map(json.dumps, (ONE, TWO))),
        json.dumps(ONE) + json.dumps(TWO),
        json.dumps(ONE, indent=1) + ",\n" + json.dumps(TWO, indent=1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_articles_are_found_wherever_they_stand(tmp_path: Path, suffix: str, value: object) -> None:
    read = articles(tmp_path / f"a.{suffix}", value)
    assert [(one.title, one.text) for one in read] == [("Library", BODY), ("Ferries", OTHER)]


def test_what_stands_beside_an_article_is_no_article(tmp_path: Path) -> None:
    related = [{"title": "Elsewhere", "description": OTHER}]
    (one,) = articles(tmp_path / "a.json", {"headline": "Library", "summary": BODY, "related": related})
    assert (one.title, one.kind) == ("Library", "excerpt")


def test_an_error_that_was_saved_as_an_article_is_told(tmp_path: Path) -> None:
    (one,) = written(tmp_path / "a.json", {"status": "error", "code": "limit", "message": "Too many calls"})
    assert isinstance(one, Skipped)
    assert "Too many calls" in one.reason


def test_what_is_wrong_with_json_is_said(tmp_path: Path) -> None:
    for text, why in [
        ("[{'text': 'x'}]", "single quotes"),
        ('[{"text": "x"},]', "comma"),
        ('{"text": "x"', "delimiter"),
    ]:
        (tmp_path / "a.json").write_text(text)
        reasons = [one.reason for one in read_file(tmp_path / "a.json") if isinstance(one, Skipped)]
        assert why in reasons[0]


def test_an_unknown_name_is_asked_for_and_can_be_told(tmp_path: Path) -> None:
    record = {"k1": "Library", "blob": {"main": BODY}, "seen": "2021-03-04"}
    (one,) = written(tmp_path / "a.json", [record])
    assert isinstance(one, Skipped)
    assert "k1, blob, seen" in one.reason
    assert "--map" in one.reason
    hints = hints_of({"text": "blob.main", "title": "k1", "published": "seen"})
    (read,) = read_file(tmp_path / "a.json", hints)
    assert isinstance(read, Article)
    assert (read.title, read.text, str(read.day)) == ("Library", BODY, "2021-03-04")


def test_the_names_may_stand_in_a_file_beside_the_articles(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('[map]\ntext = "blob"\n[dates]\nday_first = true\n')
    (one,) = articles(tmp_path / "a.json", [{"blob": BODY, "date": "3/4/2021"}])
    assert (one.text, str(one.day)) == (BODY, "2021-04-03")


def test_a_bad_file_beside_the_articles_is_told(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('[map]\nwords = "blob"\n')
    (one,) = written(tmp_path / "a.json", [ONE])
    assert isinstance(one, Skipped)
    assert "dateline.toml" in one.reason


def test_the_only_prose_of_a_headed_record_is_its_text(tmp_path: Path) -> None:
    prose = f"{BODY} {OTHER}"
    (one,) = articles(tmp_path / "a.json", [{"title": "Library", "x9": prose, "lang": "en"}])
    assert one.text == prose
    question = {"question": prose, "choices": ["A", "B"], "evidence": [{"article_id": "7", "text": BODY}]}
    (none,) = written(tmp_path / "a.json", [question])
    assert isinstance(none, Skipped)
