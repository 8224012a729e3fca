from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.reading import read_file
from dateline.reading.origin import NO_HINTS
from dateline.reading.records.fields import fields_of, fold_name, folded, people
from dateline.types import Article

BODY = "The council of Arnhope opened a new library on Monday, and four hundred people came to see it."
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=5),
    max_leaves=20,
)


def only(path: Path, record: object) -> Article:
    path.write_text(json.dumps(record))
    (one,) = read_file(path)
    assert isinstance(one, Article), one
    return one


@pytest.mark.parametrize("text", ["maintext", "articleBody", "full_text", "bodyText", "content_html", "正文"])
@pytest.mark.parametrize("day", ["publishedAt", "date_publish", "pubDate", "webPublicationDate", "datum"])
@pytest.mark.parametrize("outlet", ["publication", "site_name", "news_outlet"])
def test_names_are_known_in_every_spelling(tmp_path: Path, text: str, day: str, outlet: str) -> None:
    record = {text: BODY, day: "2021-03-04", outlet: "Arnhope Echo", "web_url": "https://echo.example/1"}
    one = only(tmp_path / "a.json", record)
    assert (one.text, str(one.day), one.source, one.url) == (
        BODY, "2021-03-04", "Arnhope Echo", "https://echo.example/1",
    )  # fmt: skip


def test_fields_are_found_deep_down(tmp_path: Path) -> None:
    one = only(
        tmp_path / "a.json",
        {
            "headline": {"main": "Library"},
            "body": {"html": f"<p>{BODY}</p><p>Entry is free.</p>"},
            "meta": {"publishedAt": {"$date": "2021-03-04T05:00:00Z"}},
            "publisher": {"name": "Arnhope Echo"},
            "credits": {"by": [{"name": "Ann Lee"}, {"firstName": "Bo", "lastName": "Chen"}]},
        },
    )
    assert (one.title, one.text, one.source) == ("Library", f"{BODY}\n\nEntry is free.", "Arnhope Echo")
    assert (str(one.day), one.authors) == ("2021-03-04", ("Ann Lee", "Bo Chen"))


def test_an_address_is_no_outlet(tmp_path: Path) -> None:
    one = only(tmp_path / "a.json", {"text": BODY, "source": "https://echo.example/news/1"})
    assert (one.source, one.url) == (None, "https://echo.example/news/1")


def test_pictures_and_captions_among_blocks_are_no_text(tmp_path: Path) -> None:
    blocks = [
        {"type": "text", "content": BODY},
        {"type": "image", "caption": "The library"},
        {"type": "text", "content": "Entry is free."},
    ]
    assert only(tmp_path / "a.json", {"content_elements": blocks}).text == f"{BODY}\n\nEntry is free."


def test_what_was_cut_off_is_said_to_be_an_excerpt(tmp_path: Path) -> None:
    one = only(tmp_path / "a.json", {"title": "Library", "content": f"{BODY} And… [+1200 chars]"})
    assert (one.text, one.kind) == (f"{BODY} And", "excerpt")
    assert only(tmp_path / "a.json", {"title": "Library", "abstract": BODY}).kind == "excerpt"


def test_the_day_a_page_was_fetched_is_not_the_day_it_was_published(tmp_path: Path) -> None:
    one = only(
        tmp_path / "a.json", {"text": BODY, "date_download": "2021-03-04", "modifiedDate": "2021-03-05"}
    )
    assert one.published is None


def test_a_list_of_authors_as_python_writes_it() -> None:
    assert people("['Ann Lee', 'Bo Chen']") == ["Ann Lee", "Bo Chen"]
    assert people([3, {"name": "Ann Lee"}]) == ["Ann Lee"]


@given(st.text())
@example("\u1fb6")  # whose small form is a letter and a mark
def test_a_name_that_is_folded_stays(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.dictionaries(st.text(max_size=12), json_values, max_size=6))
def test_any_record_has_fields_or_none(record: dict[str, object]) -> None:
    found = fields_of(folded(record), NO_HINTS)
    assert isinstance(found["text"], str)
