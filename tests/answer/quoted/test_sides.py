from __future__ import annotations

import pytest

from dateline.answer.quoted.sides import Side, is_yes_or_no, side, statements
from dateline.search import understand


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
def test_a_sentence_is_on_a_side_or_on_none(question: str, text: str, expected: Side | None) -> None:
    assert side(understand(question), text) == expected


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
