from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article

BODY = "The council of Arnhope opened a library on Monday, and hundreds came to see it."


def read(path: Path, text: str) -> Article:
    path.write_text(text)
    (one,) = read_file(path)
    assert isinstance(one, Article), one
    return one


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Library"\ndate: 2021-03-04\nauthor:\n  name: Ann Lee\n---\n',
        "---\ntitle: >-\n  Library\ndate: 2021-03-04 # of print\nauthors:\n- name: Ann Lee\n---\n",
        '+++\ntitle = "Library"\ndate = 2021-03-04T05:00:00Z\nauthors = ["Ann Lee"]\n+++\n',
        '{"title": "Library", "date": "2021-03-04", "author": "Ann Lee"}\n\n',
        "<!-- made by hand -->\n---\ntitle: Library\ndate: 2021-03-04\nauthor: Ann Lee\n---\n",
    ],
)
def test_front_matter_of_every_kind(tmp_path: Path, front: str) -> None:
    one = read(tmp_path / "a.md", f"{front}\n{BODY}\n")
    assert (one.title, str(one.day), one.authors, one.text) == ("Library", "2021-03-04", ("Ann Lee",), BODY)


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path / "a.md", f"---\n\n{BODY}\n\n---\n\nMore of it.\n").text == f"{BODY}\n\nMore of it."


def test_marks_links_and_templates_are_no_text(tmp_path: Path) -> None:
    text = "# Library\n\nThe [[Arnhope|council]] **opened** a [library](https://e.example) on *Monday*[^1]."
    text += " {{< x >}}\n\n"
    one = read(tmp_path / "a.md", text + "![a](b.png)\n\n```\ncode\n```\n\n[^1]: A note.\n")
    assert (one.title, one.text) == ("Library", "The council opened a library on Monday.")


def test_the_name_of_a_post_tells_its_day(tmp_path: Path) -> None:
    assert str(read(tmp_path / "2021-03-04-library.md", BODY).day) == "2021-03-04"


def test_references_in_front_matter_are_not_followed(tmp_path: Path) -> None:
    bomb = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9 if n else ['x'] * 9)}]" for n in range(9))
    one = read(tmp_path / "a.md", f"---\ntitle: Library\n{bomb}\n---\n{BODY}\n")
    assert one.text == BODY
