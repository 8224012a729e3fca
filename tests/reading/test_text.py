from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading import read_file
from dateline.types import Article

LINE = "HANOI, Feb. 27, 2019 (Xinhua) -- "
STORY = (
    "The two leaders met in Hanoi on Wednesday and spoke for half an hour before a dinner. "
    "They meet again today."
)


def read(path: Path, text: str) -> Article:
    path.write_text(text)
    (one,) = read_file(path)
    assert isinstance(one, Article), one
    return one


@pytest.mark.parametrize(
    "text",
    [
        f"Leaders meet in Hanoi\n\n{STORY}",
        f"Leaders meet in Hanoi\n{LINE}{STORY}",
        f"Leaders meet in Hanoi\n{STORY}",
        f"\n\n  Leaders meet in Hanoi \r\n\r\n\r\n{STORY}",
        f"Will the leaders meet in the U.S.\n\n{STORY}",
        f"Who meets in Hanoi?\n\n{STORY}",
    ],
)
def test_a_headline_is_not_part_of_the_text(tmp_path: Path, text: str) -> None:
    article = read(tmp_path / "a.txt", text)
    assert article.title == text.strip().splitlines()[0].strip()
    assert article.text in (STORY, LINE + STORY)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"{LINE}{STORY}\n\nMore was said later.",
        f"The leaders met in Hanoi.\n\n{STORY}",
        f"One line\nanother line\n{STORY}",
        "Leaders meet in Hanoi",
        f"LONDON —\n\n{STORY}",
    ],
)
def test_a_text_without_a_headline_is_kept_whole(tmp_path: Path, text: str) -> None:
    assert read(tmp_path / "a.txt", text).text == text


def test_the_title_of_a_text_without_headline_is_its_first_sentence_cut_at_a_word(tmp_path: Path) -> None:
    long = "U.S. officials said " + "very " * 40 + "much."
    title = read(tmp_path / "a.txt", LINE + long).title
    assert title.startswith("U.S. officials said very")
    assert title.endswith("very…")
    assert len(title) <= 100
    assert (
        read(tmp_path / "b.txt", f"{LINE}Gen. Smith went home to Ohio. He slept.").title
        == "Gen. Smith went home to Ohio"
    )


def test_the_newswire_line_dates_a_text_and_stays_in_it(tmp_path: Path) -> None:
    article = read(tmp_path / "a.txt", LINE + STORY)
    assert (article.place, article.source, str(article.published)) == ("HANOI", "Xinhua", "2019-02-27")
    assert article.published_from == "dateline"
    assert article.text.startswith(LINE)


def test_markdown_front_matter_gives_the_fields(tmp_path: Path) -> None:
    front = (
        'title: "Leaders: a meeting"\nDate: 2019-02-27\nauthors:\n  - Ann Lee\n  - Bo Chen\nsource: Xinhua'
    )
    article = read(tmp_path / "a.md", f"---\n{front}\n---\n\n{STORY}\n")
    assert (article.title, article.source) == ("Leaders: a meeting", "Xinhua")
    assert article.authors == ("Ann Lee", "Bo Chen")
    assert (str(article.published), article.published_from, article.text) == ("2019-02-27", "metadata", STORY)


@pytest.mark.parametrize(
    "heading", ["# Leaders meet", "# Leaders meet #", "Leaders meet\n====", "Leaders meet\n"]
)
def test_a_markdown_heading_is_the_headline(tmp_path: Path, heading: str) -> None:
    article = read(tmp_path / "a.md", f"{heading}\n\n{STORY}\n\n## Later\n\nMore.")
    assert article.title == "Leaders meet"
    assert article.text == f"{STORY}\n\nLater\n\nMore."


def test_a_markdown_file_of_a_heading_alone_has_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Leaders meet")
    (one,) = read_file(tmp_path / "a.md")
    assert not isinstance(one, Article)
