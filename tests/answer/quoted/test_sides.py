from __future__ import annotations

import pytest

from dateline.answer.quoted.sides import Side, is_yes_or_no, side, statements
from dateline.search import understand
from dateline.text import Parser


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Did Mayor Okafor open the bridge?", "Mayor Okafor opened the new bridge on Monday.", "for"),
        ("Did Mayor Okafor open the bridge?", "Mayor Okafor did not open the new bridge.", "against"),
        ("Did the bridge cost 48 million euros?", "The bridge cost 52 million euros.", "against"),
        ("Is M87 65 million light-years away?", "M87 is 55 million light-years away.", "against"),
        ("Did Reyl ask for a rise?", "Reyl denied that he had asked for a rise.", "against"),
        ("Did Reyl sign an agreement in Larkvale?", "Reyl came to Larkvale by ferry.", None),
        ("Did Mayor Okafor open the bridge?", "The telescope saw its first light.", None),
        ("Did Reyl and Okafor sign a deal?", "Reyl and Okafor parted without a deal.", "against"),
        ("Was the fire set on purpose?", "Police found no sign that the fire was set on purpose.", "against"),
        ("Did Reyl ask for a rise?", "Okafor never asked for a rise.", None),
        ("Are the ferries stopped?", "We will be stopping the ferries.", None),
        ("Were all the crews saved?", "Two crews were saved.", None),
        ("Did Reyl block the ferry?", "Reyl may not be able to block the ferry.", None),
    ],
)
def test_a_sentence_is_on_a_side_or_on_none(
    question: str, text: str, expected: Side | None, parser: Parser
) -> None:
    assert side(understand(question), text, "", parser) == expected


# How each sentence puts what is asked: asserted, denied, or only demanded, planned, doubted, rumoured.
PUT: dict[str, dict[Side | None, list[str]]] = {
    "Did the minister resign?": {
        "for": [
            "The minister resigned on Tuesday.",
        ],
        None: [
            "The opposition demanded that the minister resign.",
            "The minister threatened to resign if the cuts go through.",
            "Rumours that the minister resigned spread on Tuesday.",
        ],
        "against": [
            "The minister refused to resign.",
            "The minister has not resigned.",
        ],
    },
    "Did mayor Pat Ferris take bribes?": {
        None: [
            "Rumours that mayor Pat Ferris took bribes spread online.",
            "Mayor Pat Ferris was accused of taking bribes.",
        ],
        "for": [
            "Mayor Pat Ferris took bribes from two builders, the court found.",
        ],
        "against": [
            "Mayor Pat Ferris denied taking bribes.",
        ],
    },
    "Did Spirit Airlines merge with JetBlue?": {
        "against": [
            "A judge blocked the merger of Spirit Airlines with JetBlue.",
        ],
        "for": [
            "Spirit Airlines merged with JetBlue in 2024.",
        ],
        None: [
            "Spirit Airlines agreed to merge with JetBlue.",
            "Spirit Airlines is in talks to merge with JetBlue.",
        ],
    },
    "Did the council approve the stadium?": {
        "for": [
            "The council approved the stadium by 8 votes to 3.",
        ],
        "against": [
            "The council rejected the stadium by 8 votes to 3.",
        ],
        None: [
            "The council is expected to approve the stadium next week.",
            "The mayor urged the council to approve the stadium.",
            "The council will vote on whether to approve the stadium.",
        ],
    },
    "Was the bridge closed?": {
        "for": [
            "The bridge was closed on Monday because of rust.",
        ],
        "against": [
            "The bridge was not closed.",
            "Nobody closed the bridge.",
        ],
        None: [
            "Engineers recommended that the bridge be closed.",
            "The bridge may be closed in the spring.",
        ],
    },
    "Did the company pay the fine?": {
        "for": [
            "The company paid the fine in full.",
        ],
        "against": [
            "The company failed to pay the fine.",
        ],
        None: [
            "The court ordered the company to pay the fine.",
            "The company promised to pay the fine.",
        ],
    },
    "Did Anna Beck win the race?": {
        "for": [
            "Anna Beck won the race on Sunday.",
        ],
        None: [
            "Maria Holt won the race; Anna Beck came third.",
            "Anna Beck hopes to win the race.",
        ],
        "against": [
            "Anna Beck did not win the race.",
        ],
    },
    "Was George Zane the shooter?": {
        None: [
            "George Zane, who was named online as the shooter, wants an apology.",
        ],
        "for": [
            "George Zane was the shooter, the court found.",
        ],
        "against": [
            "George Zane was not the shooter, police said.",
        ],
    },
    "Is the port open?": {
        "for": [
            "The port is open again.",
        ],
        "against": [
            "The port is not open to large ships.",
        ],
        None: [
            "The port should be open by June.",
        ],
    },
    "Did the army shoot at the crowd?": {
        "for": [
            "The army shot at the crowd, three witnesses said.",
        ],
        "against": [
            "The army denied that it had shot at the crowd.",
        ],
        None: [
            "The general threatened to shoot at the crowd.",
        ],
    },
    "Will the school close?": {
        "against": [
            "The school will not close.",
        ],
        None: [
            "Parents fear that the school will close.",
        ],
    },
    "Has the treaty been signed?": {
        "for": [
            "The treaty has been signed by both presidents.",
        ],
        None: [
            "The treaty was to be signed in May.",
        ],
        "against": [
            "Neither president signed the treaty.",
        ],
    },
    "Did it rain at the festival?": {
        "for": [
            "It rained at the festival on both days.",
        ],
    },
    "Did the team lose?": {
        "for": [
            "The team lost because it played badly.",
        ],
    },
    "Did the talks fail?": {
        "for": [
            "The talks failed after two hours.",
        ],
        "against": [
            "The talks did not fail, the envoy said.",
        ],
    },
    "Did the talks succeed?": {
        "against": [
            "The talks failed after two hours.",
        ],
    },
}


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (question, text, expected)
        for question, sides in PUT.items()
        for expected, texts in sides.items()
        for text in texts
    ],
)
def test_what_is_demanded_planned_or_rumoured_is_on_no_side(
    question: str, text: str, expected: Side | None, parser: Parser
) -> None:
    assert side(understand(question), text, "", parser) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Did the crews strike?", True),
        ("Between the two reports, was there a change?", True),
        ("Who did what?", False),
        ("When the crews went on strike, who was it?", False),
        ("Was the summit in Hanoi or in Singapore?", False),
    ],
)
def test_yes_or_no_is_asked_for(question: str, *, expected: bool) -> None:
    assert is_yes_or_no(understand(question)) is expected


def test_a_question_is_read_as_a_statement_and_each_part_that_is_one() -> None:
    assert [*statements(understand("Did the crews stop work?"))] == ["the crews stop work"]
    asked = "Does the Harbor Wire article claim that Mayor Okafor opened the old bridge, while the Ansel \
Gazette article reports that Tomas Reyl closed the ferry line?"
    assert [*statements(understand(asked))] == [
        "Mayor Okafor opened the old bridge",
        "Tomas Reyl closed the ferry line",
    ]
