from __future__ import annotations

import time

import pytest
from lxml.html import document_fromstring  # type: ignore[import-untyped]

from dateline.reading.hidden import drop_hidden


def seen(body: str, head: str = "") -> str:
    """The words of a page that are left."""
    page = document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    drop_hidden(page)
    return " ".join(page.body.text_content().split())


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'aria-hidden="TRUE"',
        'style="display:none"',
        'style="color: red; DISPLAY : none !important"',
        'style="visibility:hidden"',
        'style="font-size:0"',
        'style="font-size:0.0px;color:red"',
        'style="opacity:.0"',
        'style="color:transparent"',
        'style="color:rgba(0, 0, 0, 0)"',
        'style="position:absolute;left:-9999px"',
        'style="text-indent:-100em"',
        'style="clip:rect(0,0,0,0)"',
        'style="-webkit-transform:scale(0)"',
        'style="height:0;overflow:hidden"',
        'style="display:/* as it were */none"',
    ],
)
def test_what_is_not_shown_is_gone_and_what_stands_behind_it_stays(attributes: str) -> None:
    assert seen(f"<p>They <b {attributes}>never <i>ever</i></b> met.</p>") == "They met."


@pytest.mark.parametrize(
    "attributes",
    [
        'style="font-size:0.9em"',
        'style="opacity:0.5"',
        'style="font-size:small"',
        'style="height:auto;overflow:hidden"',
        'style="height:0"',
        'style="left:-1px"',
        'style="color:rgba(0,0,0,.5)"',
        'style="display:block"',
        'aria-hidden="false"',
        'style="; : ;none"',
    ],
)
def test_what_is_shown_stays(attributes: str) -> None:
    assert seen(f"<p {attributes}>They met.</p>") == "They met."


def test_a_style_sheet_hides_by_tag_class_or_id() -> None:
    sheet = "<style>/* x */ .a, p.b{display:none} #c{font-size:0} q{visibility:hidden}</style>"
    body = '<p class="x a">A</p><p class=b>B</p><div class=b>seen</div><p id=c>C</p><q>D</q>'
    assert seen(body, sheet) == "seen"


def test_a_later_rule_shows_again_and_a_rule_for_other_screens_hides_nothing() -> None:
    sheet = (
        "<style>.a{display:none} .a{display:block} @media print { .b{display:none} }"
        " @import 'x.css'; .menu .b{display:none} .c{color:red}</style>"
    )
    assert seen("<p class=a>A</p><p class=b>B</p><p class=c>C</p>", sheet) == "ABC"


def test_a_page_that_hides_itself_until_it_is_loaded_is_read() -> None:
    assert seen("<p>They met.</p>", "<style>body{opacity:0}</style>") == "They met."


def test_a_template_is_no_text() -> None:
    assert seen("<template><p>never</p></template><p>They met.</p>") == "They met."


@pytest.mark.parametrize("sheet", ["a", "@", "@a{", "/*x", "a{", "{", "}", "/*", "a{b:0"])
def test_no_style_sheet_takes_long(sheet: str) -> None:
    started = time.monotonic()
    seen("<p>They met.</p>", f"<style>{sheet * 200_000}</style>")
    assert time.monotonic() - started < 5
