from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a library on Monday, and hundreds of people came to see it."
MORE = "Entry is free for all who live in the town, the mayor said, and there are four thousand books."


def read(path: Path, head: str, body: str) -> Article | Skipped:
    path.write_text(
        f"<!DOCTYPE html><html><head><title>Library</title>{head}</head><body>{body}</body></html>"
    )
    (one,) = read_file(path)
    return one


def test_a_page_whose_text_stands_in_its_data_alone(tmp_path: Path) -> None:
    said = {"@graph": [{"@type": ["NewsArticle"], "headline": "Library opened",
                        "articleBody": f"{BODY}\n{MORE}",
                        "datePublished": "2021-03-04", "author": {"name": "Ann Lee"},
                        "publisher": {"name": "Echo"}}]}  # fmt: skip
    one = read(
        tmp_path / "a.html",
        f'<script type="application/ld+json">{json.dumps(said)}</script>',
        "<div id=app></div>",
    )
    assert isinstance(one, Article)
    assert (one.text, str(one.day), one.source) == (f"{BODY}\n{MORE}", "2021-03-04", "Echo")
    assert one.authors == ("Ann Lee",)


def test_a_page_that_makes_its_text_by_script_is_told(tmp_path: Path) -> None:
    one = read(tmp_path / "a.html", "", f"<div id=app></div><script>{'x = 1;' * 100}</script>")
    assert isinstance(one, Skipped)
    assert "by script" in one.reason


@pytest.mark.parametrize(
    ("wall", "why"),
    [
        (
            "<h1>We value your privacy</h1><p>We and our partners use cookies. Accept all cookies?</p>",
            "cookies",
        ),
        ("<h1>Page not found</h1><p>The page that you look for is no longer here.</p>", "no such article"),
        (
            "<p>Please verify you are a human by completing the captcha below to go on to the page.</p>",
            "person",
        ),
    ],
)
def test_a_wall_is_no_article(tmp_path: Path, wall: str, why: str) -> None:
    one = read(tmp_path / "a.html", "", wall)
    assert isinstance(one, Skipped)
    assert why in one.reason


def test_a_report_about_cookies_is_an_article(tmp_path: Path) -> None:
    text = "".join(f"<p>{BODY} We use cookies, it said in part {n}.</p>" for n in range(12))
    assert isinstance(read(tmp_path / "a.html", "", f"<article>{text}</article>"), Article)


def test_styles_for_readers_without_script_hide_nothing(tmp_path: Path) -> None:
    head = "<noscript><style>p{display:none}</style></noscript>"
    one = read(tmp_path / "a.html", head, f"<article><p>{BODY}</p><p>{MORE}</p></article>")
    assert isinstance(one, Article)
    assert MORE in one.text


def test_what_react_sends_behind_the_page_is_read(tmp_path: Path) -> None:
    story = f"<article><p>{BODY}</p><p>{MORE}</p></article>"
    body = f'<main><template id="B:0"></template></main><div hidden id="S:0">{story}</div>'
    one = read(tmp_path / "a.html", "", body)
    assert isinstance(one, Article)
    assert MORE in one.text


def test_an_offer_to_subscribe_is_no_text(tmp_path: Path) -> None:
    offer = '<div class="paywall-offer"><p>Subscribe now for 1 euro.</p></div>'
    body = f"<article><p>{BODY}</p><p>{MORE}</p>{offer}</article>"
    one = read(tmp_path / "a.html", "", body)
    assert isinstance(one, Article)
    assert "euro" not in one.text
    assert one.kind == "excerpt"


def test_the_year_of_a_copyright_is_no_date(tmp_path: Path) -> None:
    one = read(
        tmp_path / "a.html",
        "",
        f"<article><p>{BODY}</p><p>{MORE}</p></article><footer>Copyright 2019</footer>",
    )
    assert isinstance(one, Article)
    assert one.published is None
