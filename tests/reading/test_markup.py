from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.markup import plain_line, plain_text


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("<div>One<br>two</div><ul><li>three</li></ul>", "One\n\ntwo\n\nthree"),
        ("<p>One.</p><script>var x;</script><figure><figcaption>Photo</figcaption></figure>", "One."),
        ("<p>One.</p><p><b>Related:</b> Another story</p><p>Two.</p>", "One.\n\nTwo."),
        ("One <b>bold</b> line.\n\nTwo.", "One bold line.\n\nTwo."),
        ("Tom &amp; Ann&#8217;s", "Tom & Ann’s"),
        ("It fell to <5 points & stayed; a < b", "It fell to <5 points & stayed; a < b"),
        ("He said 'no' and the page wrote it&#39;s so", "He said 'no' and the page wrote it&#39;s so"),
        ("&amp;lt; is once &lt;", "&lt; is once <"),
    ],
)
def test_a_field_is_read_as_it_is_seen(field: str, shown: str) -> None:
    assert plain_text(field) == shown


def test_a_headline_keeps_no_marks() -> None:
    assert plain_line("<b>Town</b> &amp; hall") == "Town & hall"


@given(st.text())
def test_any_text_has_a_plain_one(text: str) -> None:
    assert isinstance(plain_text(text), str)
    if "<" not in text and "&" not in text:
        assert plain_text(text) == text
