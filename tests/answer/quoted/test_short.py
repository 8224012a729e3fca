from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.answer.quoted.short import short_answer
from dateline.index.sentences import sentences
from dateline.index.words import terms
from dateline.search import Sentence, understand
from dateline.types import Article
from newsroom import hit, parser_here


def ranked(question: str, *texts: str) -> list[Sentence]:
    """The first sentence of an article for each text, the first text scoring best."""
    asked = understand(question).terms
    found = []
    for number, text in enumerate(texts):
        start, end = next(sentences(text))
        stems = frozenset(terms(text[start:end]))
        owner = Article(f"a{number}", "About it", text, published=date(2019, 2, 8), source="Harbor Wire")
        holds = {term: 1 / len(asked) for term in asked if term in stems}
        found.append(Sentence(hit(owner), start, start, end, text[start:end], 3 - number / 10, stems, holds))
    return found


def answered(question: str, *texts: str) -> str | None:
    found = ranked(question, *texts)
    span = short_answer(understand(question), found, parser_here)
    return found[0].hit.article.text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("question", "text", "short"),
    [
        ("Who opened the bridge?", "Mayor Ines Okafor opened the bridge on Monday.", "Mayor Ines Okafor"),
        ("When does the ferry sail?", "The ferry sails on March 2.", "March 2"),
        ("In what year did the bakery open?", "The bakery opened in May 1919.", "1919"),
        ("Where will the summit be held?", "The summit will be held in Hanoi.", "Hanoi"),
        ("How many passengers left?", "Some 1,200 passengers left after 3 hours.", "1,200"),
        ("How many passengers left?", "Twenty-one passengers left the ferry.", "Twenty-one"),
        ("How much did the bridge cost?", "The bridge cost 48 million euros.", "48 million euros"),
        (
            "What percentage voted for the deal?",
            "Of the crews 61.5 percent voted for the deal.",
            "61.5 percent",
        ),
        ("How long is the bridge?", "The bridge is 340 metres long.", "340 metres"),
        ("How many passengers left?", "More than 1,200 passengers left the ferry.", "More than 1,200"),
        ("How much did the bridge cost?", "The bridge cost $48bn, the mayor said.", "$48bn"),
        ("Who opened the bridge?", "The bridge was opened on Monday by Ines Okafor.", "Ines Okafor"),
        (
            "Who opened the bridge?",
            "Ines Okafor and Ada Dunmore opened it, the bridge.",
            "Ines Okafor and Ada Dunmore",
        ),
        ("Where did Reyl travel?", "Reyl travelled to Larkvale after a stop in Ansel.", "Larkvale"),
        (
            "When will the ferry sail?",
            "The mayor said on Friday that the ferry will sail on March 2.",
            "March 2",
        ),
        ("Who won the harbour cup?", "Larkvale beat Osterby in the final of the harbour cup.", "Larkvale"),
        ("How many ferries sank in 2018?", "Nine ferries sank in 2017, twelve ferries in 2018.", "twelve"),
    ],
)
def test_the_shortest_string_that_answers_is_given(question: str, text: str, short: str) -> None:
    assert answered(question, text) == short


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Ines Okafor open the bridge?", "Mayor Ines Okafor opened the bridge."),
        ("Why did the crews stop work?", "The crews stopped work after four years without a rise."),
        ("When and where do they meet?", "They meet in Hanoi on Feb. 27."),
        ("How many people were on board each of the planes?", "There were 189 people on board."),
        ("Who is Ines Okafor?", "Ines Okafor is the mayor, said Tomas Reyl."),
        ("Who opened the bridge?", "The bridge was opened."),
        ("Who was the first mayor of Larkvale?", "Ines Okafor is the mayor of Larkvale."),
        ("Who won the race in 2016?", "Ines Okafor won the race in 2014."),
        ("How many passengers left?", "The last 40 passengers left the ferry."),
        ("When was the 2018 final?", "No final had seen so many goals since 1966."),
        ("Who succeeded Ada Dunmore?", "Ada Dunmore was succeeded."),
        ("How many passengers were hurt in the crash?", "The plane crashed six minutes after takeoff."),
    ],
)
def test_none_is_given_where_none_is_clear(question: str, text: str) -> None:
    assert answered(question, text) is None


def test_two_that_answer_equally_well_are_no_answer() -> None:
    assert answered("Who led the talks?", "Reyl led the talks and Brandt led the talks.") is None


def test_other_sentences_decide_between_two() -> None:
    two = "The attack killed 49 people, or the attack killed 50 people."
    assert answered("How many people died?", two) is None
    assert answered("How many people died?", two, *["The attack killed 50 people."] * 4) == "50"


@settings(deadline=None)  # the first call loads what stems
@given(st.lists(st.sampled_from("Reyl led the 48 talks in Hanoi on May 2 , and .".split()), max_size=15))
def test_it_stands_in_the_best_sentence(words: list[str]) -> None:
    text = f"{' '.join(words)} It ended."
    for question in (
        "Who led the talks?",
        "When were the talks?",
        "How many talks?",
        "Where were the talks?",
    ):
        found = ranked(question, text)
        if span := short_answer(understand(question), found, parser_here):
            assert found[0].lead <= span[0] < span[1] <= found[0].end


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Who opened the bridge?", "The bridge over the Lenn was opened for Ruth Aske on Monday."),
        ("Who met Okafor?", "Reyl said that Okafor met nobody."),
        ("Where did the talks end?", "The talks ended in March."),
    ],
)
def test_what_has_another_part_in_it_or_is_of_another_kind_is_no_answer(question: str, text: str) -> None:
    assert answered(question, text) is None


def test_without_a_parser_nobody_is_named() -> None:
    found = ranked("Who opened the bridge?", "Mayor Ines Okafor opened the bridge on Monday.")
    assert short_answer(understand("Who opened the bridge?"), found) is None


def test_a_day_before_the_report_is_no_answer_to_when_something_will_be() -> None:
    text = "The mayor announced on Feb. 5 that the summit will be held on Feb. 27-28."
    assert answered("When will the summit be held?", text) == "Feb. 27-28"
