from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search import understand
from dateline.search.question import Wanted, content_terms


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("When and where will they meet?", ("time", "place")),
        ("Who opened the bridge?", ("person",)),
        ("Which president signed it?", ("person",)),
        ("How many people were there?", ("number",)),
        ("What percentage voted?", ("number",)),
        ("In what year was it?", ("time",)),
        ("What city is it in?", ("place",)),
        ("Did the talks fail?", ("yes or no",)),
        ("What did she say?", ("anything",)),
        ("Tell me about the flood", ("anything",)),
        ("", ("anything",)),
    ],
)
def test_the_kind_of_thing_wanted_is_read_from_the_words_of_asking(
    text: str, wanted: tuple[Wanted, ...]
) -> None:
    assert understand(text).wanted == wanted


def test_terms_are_the_stems_of_content_words_each_once() -> None:
    assert content_terms("How much did the bridge cost?") == content_terms("the cost of the bridge")[::-1]
    assert content_terms("Name the city that has a bridge.") == content_terms("the city, the bridge")
    assert content_terms("What is the bridge, and which bridges are the oldest?") == content_terms(
        "bridge oldest"
    )
    assert content_terms("What was it that they did there?") == ()


def test_a_possessive_leaves_no_letter_behind() -> None:
    assert content_terms("Trump’s visit and Kim's reply") == content_terms("Trump visit Kim reply")


def test_numbers_are_content() -> None:
    assert content_terms("the 3 of 1,200") == ("3", "1", "200")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("What did Biegun say in Warsaw?", ("Biegun", "Warsaw")),
        ("Biegun spoke. Where?", ()),
        ("What is Larkvale's or Osterby’s new law?", ("Larkvale", "Osterby")),
        ("Who is “Ada Dunmore”?", ("Ada", "Dunmore")),
        ("what about kim jong un", ()),
        ("Does Kang Kyung-wha know Kang?", ("Kang", "Kyung-wha")),
    ],
)
def test_names_are_capitalised_words_that_begin_no_sentence(text: str, names: tuple[str, ...]) -> None:
    assert understand(text).names == names


def test_a_question_about_two_things_has_two_parts() -> None:
    question = understand(
        "Why did ferry crews stop work at dawn in Port Ansel, while the mayor of Larkvale opened a bridge?"
    )
    assert question.parts == (
        "Why did ferry crews stop work at dawn in Port Ansel",
        "the mayor of Larkvale opened a bridge?",
    )


def test_a_question_about_one_thing_has_no_parts() -> None:
    assert understand("When, where and why did the mayor open the bridge?").parts == ()


@given(st.text())
def test_any_text_is_understood_and_kept(text: str) -> None:
    question = understand(text)
    assert question.text == text
    assert question.wanted
    assert len(set(question.terms)) == len(question.terms)
    assert len(question.parts) != 1
    assert set(question.terms) >= {term for part in question.parts for term in content_terms(part)}
