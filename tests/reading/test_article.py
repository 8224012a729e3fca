from __future__ import annotations

from pathlib import Path

import pytest

from dateline.reading.article import make_article
from dateline.reading.origin import Origin
from dateline.reading.records.fields import folded
from dateline.types import Article

ORIGIN = Origin(Path("/news/a.jsonl"), line=3)


def make(origin: Origin = ORIGIN, /, **fields: object) -> Article:
    article = make_article(folded({"text": "The two leaders met.", **fields}), origin)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("By Ann Lee and Bo Chen", ("Ann Lee", "Bo Chen")),
        ("Ann Lee, Bo Chen and Cy Day", ("Ann Lee", "Bo Chen", "Cy Day")),
        ("Ann Lee; Bo Chen", ("Ann Lee", "Bo Chen")),
        (["Ann Lee", "By Bo Chen", "Ann Lee"], ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee"}, 3, None], ("Ann Lee",)),
        ({"name": "Ann Lee"}, ("Ann Lee",)),
        ("Alexandra Andrews", ("Alexandra Andrews",)),
        ("", ()),
        (None, ()),
    ],
)
def test_authors_are_told_apart(written: object, expected: tuple[str, ...]) -> None:
    assert make(authors=written).authors == expected


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"title": "Opinion: Talk more"}, "opinion"),
        ({"title": "Editorial | Talk more"}, "opinion"),
        ({"title": "COMMENTARY: Talk more"}, "opinion"),
        ({"title": "Correction: Hanoi, not Hue"}, "correction"),
        ({"section": "Op-Ed"}, "opinion"),
        ({"type": "OpinionNewsArticle"}, "opinion"),
        ({"kind": "correction"}, "correction"),
        ({"title": "Court gives its opinion: talk more"}, None),
        ({"type": "NewsArticle", "section": "World"}, None),
    ],
)
def test_opinions_and_corrections_are_told_from_reports(fields: dict[str, object], kind: str | None) -> None:
    assert make(ORIGIN, **fields).kind == kind


def test_an_id_is_derived_from_the_address_first() -> None:
    here, there = (
        make(url="https://example.org/1"),
        make(Origin(Path("/b.jsonl")), url="https://example.org/1"),
    )
    assert here.id == there.id
    assert len(here.id) == 12


def test_the_front_page_of_an_outlet_is_no_address_of_an_article() -> None:
    front = "https://example.org/"
    assert make(url=front, title="One").id != make(url=front, title="Two").id


def test_an_id_without_an_address_is_derived_from_path_and_headline() -> None:
    assert make(title="Leaders  MEET").id == make(title="leaders meet", text="Changed.").id
    assert make(title="One").id != make(title="Two").id
    assert make(text="One.").id != make(text="Two.").id
    alone = Origin(Path("/news/a.txt"), alone=True)
    assert make(alone, text="One.").id == make(alone, text="Changed.").id


def test_metadata_goes_before_the_newswire_line() -> None:
    line = "HANOI, Feb. 27, 2019 (Xinhua) -- The two leaders met."
    article = make(text=line, published="2019-02-28", source="Daily", place="Hue")
    assert (str(article.published), article.published_from) == ("2019-02-28", "metadata")
    assert (article.source, article.place) == ("Daily", "Hue")


def test_a_line_whose_weekday_is_wrong_does_not_date_the_article() -> None:
    article = make(text="HANOI, Monday, Feb. 27, 2019 (Xinhua) -- The two leaders met.")
    assert (article.published, article.published_from) == (None, None)


def test_an_ambiguous_date_leaves_the_article_undated() -> None:
    article = make(published="03/04/2019")
    assert (article.published, article.published_from) == (None, None)


LINE = "HANOI, Feb. 27 (Xinhua) -- The two leaders met."
DATED = {
    "published": "2019-02-25",
    "text": "HANOI, Feb. 26, 2019 (Xinhua) -- The two leaders met.",
    "page_date": "2019-02-28",
    "url": "https://example.org/world/2019/03/01/leaders-meet",
}


@pytest.mark.parametrize(
    ("without", "day", "source"),
    [
        ((), "2019-02-25", "metadata"),
        (("published",), "2019-02-26", "dateline"),
        (("published", "text"), "2019-02-28", "html"),
        (("published", "text", "page_date"), "2019-03-01", "url"),
        (("published", "text", "page_date", "url"), "None", None),
    ],
)
def test_the_sources_of_a_date_have_their_order(
    without: tuple[str, ...], day: str, source: str | None
) -> None:
    article = make(**{name: value for name, value in DATED.items() if name not in without})
    assert (str(article.published), article.published_from) == (day, source)


@pytest.mark.parametrize(
    ("page_date", "url", "expected"),
    [
        ("2019-03-02", None, ("2019-02-27", "dateline")),
        (None, "https://example.org/2019/02/28/leaders.html", ("2019-02-27", "dateline")),
        ("2019-08-02", None, ("2019-08-02", "html")),  # of another day: which year is meant is not clear
        (None, None, ("None", None)),
    ],
)
def test_a_line_without_a_year_takes_that_of_its_page(
    page_date: str | None, url: str | None, expected: tuple[str, str | None]
) -> None:
    article = make(text=LINE, page_date=page_date, url=url)
    assert (str(article.published), article.published_from) == expected


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2931-01-01", "2931-01-01 is in the future"),
        ("1066-10-14", "1066-10-14 is before the first newspapers"),
        ("soon", "soon names no one day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_reason(given: str, why: str | None) -> None:
    article = make(published=given)
    assert (article.published, article.refused) == (None, why)
