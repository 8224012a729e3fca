from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.parts import parts
from dateline.search.question import content_terms

BRIDGE = "the mayor of Larkvale opened a new bridge"
CREWS = "ferry crews stopped work in Port Ansel"


def of(text: str) -> tuple[str, ...]:
    return parts(text, content_terms)


@pytest.mark.parametrize(
    "link",
    [
        ", ",
        "; ",
        ": ",
        ", and ",
        ", while ",
        " while ",
        " but ",
        " whereas ",
        " as well as ",
        " rather than ",
        " compared with ",
        " in contrast to ",
        " before ",
        " after ",
        ", although ",
        ", which also ",
    ],
)
def test_two_things_asked_about_are_two_parts(link: str) -> None:
    assert of(f"{BRIDGE}{link}{CREWS}") == (BRIDGE, CREWS)


@pytest.mark.parametrize("opens", ["did", "has", "who", "the", "their", "in", "also"])
def test_and_begins_a_part_where_a_clause_follows(opens: str) -> None:
    assert of(f"{BRIDGE} and {opens} {CREWS}") == (BRIDGE, f"{opens} {CREWS}")


@pytest.mark.parametrize(
    "text",
    [
        "Who are Ines Okafor and Tomas Reyl of Port Ansel and Ada Dunmore of Larkvale?",
        "Which bridge, ferry, library, bakery?",
        "When, where and why did the mayor of Larkvale open the new bridge?",
        "",
        " , ; and ",
    ],
)
def test_a_list_of_names_and_a_single_thing_have_no_parts(text: str) -> None:
    assert of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Did the ferry crews of Port Ansel leave 1,200 passengers on the quays of Larkvale at dawn?",
        "Did the mayor of Larkvale open the new bridge on Nov. 6, 2023 with crews of the Ansel ferries?",
        "Did the mayor of Larkvale open the new bridge on Nov. 6,  2023 with crews of the Ansel ferries?",
        "Did the mayor of Larkvale open a bridge of 48,500,000 euros, 2019 metres of steel and stone long?",
        "Did the talks of the ferry crews in Larkvale begin at 5:30 at the town hall by the old bridge?",
    ],
)
def test_dates_and_numbers_with_commas_do_not_break_a_question(text: str) -> None:
    assert of(text) == ()


def test_what_has_too_few_words_to_be_searched_for_joins_its_neighbour() -> None:
    assert of(f"On Monday, {BRIDGE}; {CREWS}") == (f"On Monday {BRIDGE}", CREWS)
    assert of(f"{BRIDGE}; {CREWS}, at dawn") == (BRIDGE, f"{CREWS} at dawn")


words = st.sampled_from(
    [*BRIDGE.split(), *CREWS.split(), ",", ";", "and", "while", "who", "2023", "1,200", "."]
)
questions = st.text() | st.lists(words, max_size=30).map(" ".join)


@given(questions)
def test_parts_keep_the_words_and_the_order_of_any_question(text: str) -> None:
    found = of(text)
    assert len(found) != 1
    rest = iter(text.split())
    for word in " ".join(found).split():
        assert any(other.strip(",;:") == word.strip(",;:") for other in rest)


@given(questions)
def test_every_part_has_enough_to_be_searched_for(text: str) -> None:
    assert all(len(content_terms(part)) >= 4 for part in of(text))
