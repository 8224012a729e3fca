from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer.conversation.followup import standalone
from dateline.answer.decline import decline
from dateline.search import understand
from dateline.types import Coverage, Filters, Turn

SUMMIT = "When will Trump and Kim meet for the second time?"
ENVOY = "Who is the envoy for North Korea?"
DECLINED = decline(Coverage(1, None, None, 1), Filters(), ()).text


def follow(text: str, *before: str) -> str:
    """What becomes of a question after others; each may be followed by " → " and its answer."""
    turns = [Turn(*one.split(" → ")) if " → " in one else Turn(one, "An answer.") for one in before]
    return standalone(text, turns).text


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("And where?", "Where will Trump and Kim meet for the second time?"),
        ("why", "Why will Trump and Kim meet for the second time?"),
        ("Where and why?", "Where and why will Trump and Kim meet for the second time?"),
        ("In which city?", "In which city will Trump and Kim meet for the second time?"),
        ("Where exactly?", "Where exactly will Trump and Kim meet for the second time?"),
        ("Why is that?", "Why will Trump and Kim meet for the second time?"),
        ("Why will they do that?", "Why will Trump and Kim meet for the second time?"),
        ("And for the third time?", "When will Trump and Kim meet for the third time?"),
        ("Tell me more.", SUMMIT),
    ],
)
def test_bare_question_words_ask_the_earlier_question_anew(text: str, full: str) -> None:
    assert follow(text, SUMMIT) == full


@pytest.mark.parametrize(
    ("text", "before", "full"),
    [
        ("Where?", "Did Trump meet Kim?", "Where did Trump meet Kim?"),
        ("Who else?", "Who found the boys?", "Who else found the boys?"),
        ("When?", "Who won the peace prize?", "Who won the peace prize, and when?"),
        ("Why not?", "Did Britain leave?", "Did Britain leave, and why not?"),
        ("How many votes?", "When was the bill passed?", "When was the bill passed, and how many votes?"),
    ],
)
def test_an_earlier_question_without_room_for_them_is_joined_by_them(
    text: str, before: str, full: str
) -> None:
    assert follow(text, before) == full


@pytest.mark.parametrize(
    ("text", "before", "full"),
    [
        ("And Vietnam?", "When did Trump visit Japan?", "When did Trump visit Vietnam?"),
        ("What about Moon?", "When did Trump visit Japan?", "When did Moon visit Japan?"),
        ("And in Vietnam?", "What did Trump say in Japan?", "What did Trump say in Vietnam?"),
        ("And in March?", "What did Trump say in Japan in May?", "What did Trump say in Japan in March?"),
        ("And the second?", "When was the first vote?", "When was the second vote?"),
        ("And the coach?", "When did the boys leave?", "When did the boys leave, and what about the coach?"),
    ],
)  # fmt: skip
def test_a_piece_of_a_question_takes_the_place_of_its_like(text: str, before: str, full: str) -> None:
    assert follow(text, before) == full


@pytest.mark.parametrize(
    ("text", "before", "full"),
    [
        ("What was his reason?", "Why did Macron come?", "What was Macron’s reason?"),
        ("Who met him in Paris?", "Why did Macron come?", "Who met Macron in Paris?"),
        ("How did he travel there?", "Why did Macron visit Berlin?", "How did Macron travel to Berlin?"),
        ("What did he wear then?", "Why did Macron go in May 2019?", "What did Macron wear in May 2019?"),
        ("Did they eat?", "When did Xi and Kim meet?", "When did Xi and Kim meet, and did they eat?"),
        ("Who paid their legal bills?", "When did Xi and Kim meet?", "Who paid Xi and Kim’s legal bills?"),
        ("Who built it?", "When did the church burn?", "When did the church burn, and who built it?"),
        ("What did it find?", "When did InSight land?", "What did InSight find?"),
        ("Who saw it?", "When did NASA's lander land?", "When did NASA's lander land, and who saw it?"),
    ],
)  # fmt: skip
def test_a_reference_becomes_a_name_or_stands_beside_what_it_means(text: str, before: str, full: str) -> None:
    assert follow(text, before) == full


def test_a_time_of_the_follow_up_drives_out_the_earlier_one() -> None:
    before = "What did Biegun do in Pyongyang in February 2019?"
    assert follow("What did he say the week before?", before) == "What did Biegun say the week before?"
    joined = follow("Who paid for it in May?", before)
    assert joined == "What did Biegun do in Pyongyang, and who paid for it in May?"


@pytest.mark.parametrize(
    "answer",
    [
        "Stephen Biegun [1] Harbor Wire, 8 Feb 2019: “Stephen Biegun, the envoy, is in Seoul.” [1]",
        "Harbor Wire, 8 Feb 2019: “The envoy, Stephen Biegun, is in Seoul.” [1]",
        "The envoy is Stephen Biegun. [1]",
    ],
)
def test_who_he_is_may_stand_in_the_answer(answer: str) -> None:
    assert follow("What did he say?", f"{ENVOY} → {answer}") == "What did Stephen Biegun say?"


def test_where_there_is_may_stand_in_the_answer() -> None:
    before = "Where was it signed? → Geneva [1]\nHarbor Wire, undated: “It was in Geneva.” [1]"
    assert follow("Why there?", before) == "Why was it signed in Geneva?"


def test_nothing_else_of_an_answer_gets_into_a_question() -> None:
    question = standalone("And where?", [Turn(SUMMIT, "On Feb. 27, an envoy told Harbor Wire. [1]")])
    assert set(question.terms) == set(understand(SUMMIT).terms)


@pytest.mark.parametrize(
    "text",
    [
        "What did Biegun do?",
        "How much did the new bridge over the river cost?",
        "Who won the Oscars?",
        "What did Macron say when he left?",
        "Was there a treaty between Spain and France?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(text: str) -> None:
    assert standalone(text, [Turn(SUMMIT, "In Hanoi. [1]")]) == understand(text)


def test_a_first_question_is_left_as_it_is() -> None:
    assert standalone("And where?", []) == understand("And where?")


def test_a_short_question_is_about_what_was_asked_before() -> None:
    joined = follow("How many people were on board?", "Where did the plane crash?")
    assert joined == "Where did the plane crash, and how many people were on board?"


def test_a_short_question_is_not_about_what_was_asked_in_vain() -> None:
    assert follow("Who opened the bridge?", f"Who won the Oscars? → {DECLINED}") == "Who opened the bridge?"
    assert follow("And who came?", f"Who won the Oscars? → {DECLINED}") == "Who won the Oscars, and who came?"


def test_an_unknown_name_is_exchanged_like_any_other() -> None:
    before = f"What did Biegun say at the Oscars? → {DECLINED}"
    assert follow("And at Stanford?", before) == "What did Biegun say at Stanford?"


def test_a_chain_of_follow_ups_leads_back_to_the_first() -> None:
    where = follow("In which hotel?", SUMMIT, "And where?")
    assert where == "In which hotel will Trump and Kim meet for the second time?"
    crash = "Where did the plane of Lion Air crash?", "How many people were on board?"
    assert follow("And of Ethiopian Airlines?", *crash) == (
        "Where did the plane of Ethiopian Airlines crash, and how many people were on board?"
    )
    assert follow("When?", *crash) == "When did the plane of Lion Air crash?"


def test_what_is_wanted_is_what_the_new_question_wants() -> None:
    joined = standalone("How many people were on board?", [Turn("Where did the plane crash?", "At sea.")])
    assert (joined.wanted, joined.parts) == (("number",), ())


def test_only_the_latest_turns_are_remembered() -> None:
    turns = ["What did Macron say in Paris?", *["Who opened the new bridge over the river?"] * 4]
    assert "Macron" in follow("Where does he live?", *turns[:4])
    assert "Macron" not in follow("Where does he live?", *turns)


def test_a_long_text_stands_alone() -> None:
    text = "Why did he say that? " * 50
    assert follow(text, SUMMIT) == text


@given(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_any_question_after_any_others_is_understood(text: str, before: list[tuple[str, str]]) -> None:
    question = standalone(text, [Turn(*one) for one in before])
    assert question.text == text or question.text.endswith("?")


PIECES = st.sampled_from(
    "who when where why how what about and in the second March 2019 he it there then that did is Trump Kim "
    "Vietnam Lion Air meet say ? , . 's".split()
)


@given(st.lists(PIECES, max_size=9), st.lists(st.lists(PIECES, max_size=9), max_size=3))
def test_any_words_in_any_order_make_a_question(words: list[str], before: list[list[str]]) -> None:
    turns = [Turn(" ".join(one), "Stephen Biegun [1]") for one in before]
    question = standalone(" ".join(words), turns)
    assert question.text == " ".join(words) or question.text.endswith("?")
