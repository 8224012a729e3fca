from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search import narrowed, understand
from dateline.search.outlets import named
from dateline.types import Filters

SOURCES = (
    "Harbor Wire",
    "The Lakeside Tribune",
    "KRN News",
    "Capital | World Business",
    "Morrow.com",
    "Time",
)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("According to Harbor Wire, who won?", "Harbor Wire"),
        ("Who won, according to a report by the Lakeside Tribune?", "The Lakeside Tribune"),
        ("Does the 'Morrow.com' article mention rain?", "Morrow.com"),
        ("What did Harbor Wire report on Feb. 8?", "Harbor Wire"),
        ("Is the strike over, as reported by KRN?", "KRN News"),
        ("What does the story from Capital say of steel?", "Capital | World Business"),
    ],
)
def test_an_outlet_whose_report_is_meant_is_clear(text: str, source: str) -> None:
    (outlet,) = named(text, SOURCES)
    assert (outlet.source, outlet.clear) == (source, True)
    assert outlet.words in text


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Why did KRN News dismiss its editor?", ["KRN News"]),
        ("Is this the time of the year?", []),
        ("What did harbor wire say?", []),
        ("Who owns Morrow.community?", []),
    ],
)
def test_an_outlet_in_the_news_is_named_and_no_more(text: str, sources: list[str]) -> None:
    assert [outlet.source for outlet in named(text, SOURCES)] == sources
    assert not any(outlet.clear for outlet in named(text, SOURCES))


def test_one_cue_holds_for_a_list_of_outlets() -> None:
    outlets = named("Which firm, as reported by both Harbor Wire and KRN, was fined?", SOURCES)
    assert [(one.source, one.clear) for one in outlets] == [("Harbor Wire", True), ("KRN News", True)]


def test_the_longest_name_that_stands_there_is_meant() -> None:
    outlets = named("What did Harbor Wire Sport report?", ("Harbor Wire", "Harbor Wire Sport"))
    assert [one.source for one in outlets] == ["Harbor Wire Sport"]


def test_a_clear_outlet_becomes_a_filter_that_says_where_it_was_read() -> None:
    filters = narrowed(understand("According to Harbor Wire, who won?", SOURCES), Filters())
    assert filters.sources == ("Harbor Wire",)
    assert filters.inferred == {"sources": "According to Harbor Wire"}


def test_an_outlet_that_is_only_named_filters_nothing() -> None:
    assert narrowed(understand("Why did KRN News dismiss its editor?", SOURCES), Filters()) == Filters()


def test_outlets_that_are_set_are_not_changed() -> None:
    given = Filters(sources=("Time",))
    assert narrowed(understand("According to Harbor Wire, who won?", SOURCES), given) == given


def test_a_filter_is_read_only_where_every_part_names_an_outlet() -> None:
    half = "Did the Harbor Wire article praise the new harbour bridge, while the mayor opened a new school?"
    both = (
        "Did the Harbor Wire article praise the new harbour bridge, while the KRN report blamed its builders?"
    )
    assert not narrowed(understand(half, SOURCES), Filters()).sources
    assert narrowed(understand(both, SOURCES), Filters()).sources == ("Harbor Wire", "KRN News")


@given(st.text(), st.lists(st.text(), max_size=4))
def test_any_names_are_found_where_they_stand(text: str, sources: list[str]) -> None:
    for outlet in named(text, sources):
        assert outlet.source in sources
        assert outlet.words in text


def test_who_reports_is_not_what_is_reported() -> None:
    question = understand("According to Harbor Wire, did Ada Dunmore close the bakery?", SOURCES)
    assert question.names == ("Ada", "Dunmore")
    assert question.terms == understand("Did Ada Dunmore close the bakery?").terms
