from __future__ import annotations

from datetime import date

import pytest

from dateline.index.words import terms
from dateline.search import requested
from dateline.search.requests import Of

TODAY = date(2025, 9, 20)


@pytest.mark.parametrize(
    ("text", "of", "about"),
    [
        ("How many articles are there?", "number", ""),
        ("how many stories does the archive hold", "number", ""),
        ("How many reports mention the Larkvale bridge?", "number", "Larkvale bridge"),
        ("List all articles about the ferry.", "list", "ferry"),
        ("Which articles are about Ines Okafor?", "list", "Ines Okafor"),
        ("Which outlets are in the archive?", "outlets", ""),
        ("What newspapers do you have?", "outlets", ""),
        ("Which papers wrote about the harvest?", "outlets", "harvest"),
        ("What period does this archive cover?", "extent", ""),
        ("What is the oldest article?", "oldest", ""),
        ("When was the most recent article about the bridge?", "newest", "bridge"),
    ],
)
def test_what_is_asked_of_the_archive_is_read(text: str, of: Of, about: str) -> None:
    found = requested(text, TODAY)
    assert found is not None
    assert (found.of, found.about, found.terms) == (of, about, tuple(terms(about)))


@pytest.mark.parametrize(
    ("text", "about", "since", "until"),
    [
        ("What happened on 12 May 2024?", "", date(2024, 5, 12), date(2024, 5, 12)),
        ("What happened in Larkvale on Sunday, 12 May 2024?", "Larkvale", *[date(2024, 5, 12)] * 2),
        ("Give me the most important news of 12 May 2024.", "", *[date(2024, 5, 12)] * 2),
        ("news of last week", "", date(2025, 9, 8), date(2025, 9, 14)),
        ("Today's news", "", TODAY, TODAY),
        ("News about the ferry after 1 July 2024", "ferry", date(2024, 7, 2), None),
        ("ferry Larkvale May 2024", "ferry Larkvale", date(2024, 5, 1), date(2024, 5, 31)),
        (
            "What did the papers report on the ferry in the 1980s?",
            "ferry",
            date(1980, 1, 1),
            date(1989, 12, 31),
        ),
    ],
)
def test_days_alone_ask_for_their_news(text: str, about: str, since: date, until: date | None) -> None:
    found = requested(text, TODAY)
    assert found is not None
    assert (found.of, found.about, found.since, found.until) == ("news", about, since, until)


@pytest.mark.parametrize(
    "text",
    [
        "How many people died on 12 May 2024?",
        "Which outlets did the mayor close on 12 May 2024?",
        "What happened to the ferry?",
        "What was the oldest house on Mill Lane?",
        "How many articles of the constitution were changed?",
        "Who opened the bridge in May 2024?",
        "What happened when the mayor met the crews of the ferry at the bridge on 12 May 2024?",
        "List the winners of 2018.",
    ],
)
def test_what_articles_tell_is_not_asked_of_the_archive(text: str) -> None:
    assert requested(text, TODAY) is None


def test_without_a_day_to_count_from_no_days_are_read() -> None:
    assert requested("What happened on 12 May 2024?", None) is None
