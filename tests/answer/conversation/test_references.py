from __future__ import annotations

import pytest

from dateline.answer.conversation.references import Past, resolved


def past(question: str, answer: str = "", *wanted: str) -> Past:
    return Past(question, answer, "person" in wanted, "place" in wanted)


@pytest.mark.parametrize(
    "text",
    [
        "What did Macron say when he left",
        "Was there a treaty",
        "Did the minister say that the bridge would open",
        "What happened this year",
        "Then what happened in May",
    ],
)
def test_words_that_refer_to_nothing_before_are_no_references(text: str) -> None:
    read = resolved(text, [past("Why did Trump go")])
    assert (read.text, read.references) == (text, frozenset())


def test_the_first_of_several_is_named_and_the_others_follow_it() -> None:
    read = resolved("When did she say that she would sell her house", [past("Why did Theresa May go")])
    assert read.text == "When did Theresa May say that she would sell her house"


def test_her_is_an_owner_before_a_noun_and_nowhere_else() -> None:
    before = [past("Why did Theresa May go")]
    assert resolved("Who follows her", before).text == "Who follows Theresa May"
    assert resolved("Who follows her plan", before).text == "Who follows Theresa May’s plan"


def test_places_and_things_are_no_persons() -> None:
    read = resolved("What did he say", [past("What did NASA say in Paris about the Oscars")])
    assert (read.text, read.whole) == ("What did he say", False)


def test_the_latest_question_that_has_a_name_is_meant() -> None:
    before = [past("Why did Macron go"), past("Why did Okafor come"), past("Who paid for the bridge")]
    assert resolved("Where does he live", before).text == "Where does Okafor live"


def test_whoever_was_asked_for_is_meant_before_others() -> None:
    answer = "Harbor Wire, 8 Feb 2019: “Ines Okafor was chosen by Pia Lund.” [1]"
    asked = past("Who is the rival of Anna Berg", answer, "person")
    assert resolved("Where does she live", [asked]).text == "Where does Ines Okafor live"
    met = past("Whom did Anna Berg meet", answer, "person")
    assert resolved("Where does she live", [met]).text == "Where does Anna Berg live"


def test_the_outlet_of_a_quote_is_nobody_who_was_spoken_of() -> None:
    answer = "Harbor Wire, 8 Feb 2019: “The mayor was there.” [1]\nPia Post, undated: “Yes.” [2]"
    assert not resolved("What did he say", [past("Who came", answer, "person")]).whole
