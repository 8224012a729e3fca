from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from dateline.reading import infer_years
from dateline.types import Article

TODAY = date(2026, 6, 1)


def report(text: str, day: date | None = None, name: str = "a") -> Article:
    return Article(name, "A report", text, day, "metadata" if day else None)


def inferred(text: str, *neighbours: Article) -> date | None:
    """The day given to a report, None where it stays undated."""
    dated = list(infer_years([report(text)], neighbours, today=TODAY))
    assert all(article.published_from == "inferred" for article in dated)
    return dated[0].day if dated else None


SUMMIT = (
    "HANOI, Feb. 15 (Agency) -- The envoy said Thursday that Donald Trump would meet Kim Jong Un again. "
    "They signed a statement when Kim came to Singapore last June. "
    "He met with Kim for the first time in Singapore on June 12, 2018, and praised the talks."
)
FLOOD = (
    "DELTA, {day} (AP) -- The Mirna river broke its banks near Oldford on Monday, the Velland board said. "
    "Its head, Tessa Brandt, told the mayor of Oldford, Joris Haan, that the dam at Kesselmark would hold. "
    "In {year} the dam at Kesselmark was raised. Soldiers from Haarveld filled bags with Tessa Brandt."
)


def flood(day: str, year: int) -> str:
    return FLOOD.format(day=day, year=year)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (SUMMIT, date(2019, 2, 15)),
        (
            "PARIS, March 4 (Agency) -- The union said Monday it would strike on Thursday, March 7, and "
            "march on Saturday, March 9. A first strike was held on Tuesday, Feb. 26. "
            "Talks began on Feb. 20, 2019, and broke down on Feb. 27, 2019. Pay was last raised in 2018.",
            date(2019, 3, 4),
        ),
    ],
)
def test_a_report_is_dated_by_what_it_says_itself(text: str, day: date) -> None:
    assert inferred(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "PARIS, March 4 (Agency) -- The union said Monday it would strike.",
        "PARIS, March 4 (Agency) -- The union, founded in 1995, said Monday it would strike.",
        "PARIS, March 4 (Agency) -- The union said it would strike on Thursday, March 7.",
        "PARIS, March 4 (Agency) -- The treaty of June 12, 2018 holds, the ministry said.",
        "PARIS, March 4 (Agency) -- The treaty of 2001 was changed in 2009, 2014 and 2017.",
        "PARIS, March 4 (Agency) -- Prices rose in 2018 as they did last year.",
        "PARIS, March 4 (Agency) -- It opened last March. Another had opened in May 2011.",
        "PARIS, March 4 (Agency) -- By 2030, and again by 2050, emissions must fall.",
        "PARIS, March 4 (Agency) -- In 2014, five years ago, a bridge fell. In 2009, ten years ago, a tower.",
    ],
)
def test_a_report_that_does_not_say_enough_stays_undated(text: str) -> None:
    assert inferred(text) is None


def test_clues_that_contradict_one_another_leave_the_report_undated() -> None:
    contradiction = (
        " The court will sit on Monday, Feb. 11; on Thursday, Feb. 7, and Tuesday, Feb. 5, it heard Lee."
    )
    assert inferred(SUMMIT) == date(2019, 2, 15)
    assert (
        inferred(SUMMIT.replace("Thursday", "Saturday") + " In 2022, 2023 and 2024 they did not meet.")
        is None
    )
    assert inferred(SUMMIT.replace("2018", "2016") + contradiction) is None


def test_a_missing_year_is_inferred_from_neighbours() -> None:
    others = [
        report(flood(day, 2015), when)
        for day, when in [("May 2", date(2017, 5, 2)), ("May 5", date(2017, 5, 5))]
    ]
    assert inferred(flood("May 8", 2015), *others) == date(2017, 5, 8)


def test_one_neighbour_of_another_season_dates_nothing() -> None:
    assert inferred(flood("May 8", 2015), report(flood("Dec. 2", 2015), date(2017, 12, 2))) is None


def test_neighbours_of_two_years_leave_the_report_undated() -> None:
    others = [report(flood("May 7", 2015), date(year, 5, 7)) for year in (2016, 2017)]
    assert inferred(flood("May 8", 2015), *others) is None


def test_neighbours_that_tell_of_other_things_date_nothing() -> None:
    other = report(
        "PARIS — The union said Monday that Marie Blanc would lead it in Lyon and Nantes.", date(2017, 5, 7)
    )
    assert inferred(flood("May 8", 2015), other) is None


def test_yearless_articles_help_one_another() -> None:
    second = (
        "HANOI, Jan. 31 (Agency) -- The envoy said Thursday that Donald Trump would meet Kim Jong Un soon. "
        "A statement was signed when Trump met Kim Jong Un in Singapore last June."
    )
    articles = [report(second, name="second"), report(SUMMIT, name="first")]
    assert inferred(second) is None
    days = {article.id: article.day for article in infer_years(articles, (), today=TODAY)}
    assert days == {"first": date(2019, 2, 15), "second": date(2019, 1, 31)}


def test_only_the_date_of_an_article_is_changed() -> None:
    (dated,) = infer_years([report(SUMMIT)], (), today=TODAY)
    assert dated == replace(report(SUMMIT), published=date(2019, 2, 15), published_from="inferred")


def test_what_is_dated_or_has_no_line_is_left_alone() -> None:
    articles = [report(SUMMIT, date(2020, 1, 1)), report("No line here. It was June 12, 2018."), report("")]
    assert list(infer_years(articles, (), today=TODAY)) == []


def test_a_leap_day_is_only_found_in_a_leap_year() -> None:
    others = [
        report(flood("March 1", 2015), date(2016, 3, 1)),
        report(flood("Feb. 27", 2015), date(2016, 2, 27)),
    ]
    assert inferred(flood("Feb. 29", 2015), *others) == date(2016, 2, 29)


def test_no_report_is_dated_in_the_future() -> None:
    others = [report(flood("May 29", 2025), date(2026, 5, day)) for day in (28, 29, 30)]
    assert inferred(flood("June 20", 2025), *others) != date(2026, 6, 20)


def test_the_order_of_neighbours_does_not_matter() -> None:
    others = [report(flood("May 7", 2015), date(2017, 5, day)) for day in range(1, 7)]
    days = set()
    for seed in range(5):
        random.Random(seed).shuffle(others)
        days.add(inferred(flood("May 8", 2015), *others))
    assert days == {date(2017, 5, 8)}


@pytest.mark.parametrize(
    ("line", "told", "expected"),
    [
        ("VLADIVOSTOK, April 25", "the summit that ended on Feb. 28, 2019, two months ago", "2019-04-25"),
        ("STOCKHOLM, Oct. 5", "agreed on June 30, 2019, more than three months ago, to talk", "2019-10-05"),
        ("OSAN, July 27", "signed in Singapore on June 12, 2018, last month", "2018-07-27"),
        ("MAPUTO, March 18", "came ashore on March 14, 2019, last Thursday", "2019-03-18"),
        ("MAPUTO, March 18", "came ashore on Nov. 14, 2018, last week", None),
    ],
)
def test_a_full_date_with_how_long_ago_it_was_gives_the_year(
    line: str, told: str, expected: str | None
) -> None:
    article = Article("a", "t", f"{line} (Harbor Wire) -- The envoys spoke of what had {told}.")
    dated = [one.published for one in infer_years([article], [])]
    assert dated == ([date.fromisoformat(expected)] if expected else [])
