from __future__ import annotations

import pytest

from dateline.search import understand
from dateline.search.kinds import fit, tells


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("When and where did they meet?", "They met in Hanoi on Feb. 27.", 1.0),
        ("When and where did they meet?", "They met in Hanoi.", 0.5),
        ("When will they meet?", "They will meet soon.", 0.0),
        ("How many left?", "Sixty families left.", 0.0),
        ("How many left?", "Some two million left.", 1.0),
        ("What happened?", "Nothing.", 1.0),
    ],
)
def test_a_text_is_measured_by_the_kinds_of_thing_that_are_wanted(
    question: str, text: str, share: float
) -> None:
    assert fit(understand(question), text) == share


@pytest.mark.parametrize(
    ("question", "known", "new"),
    [
        ("Who succeeded Ada Dunmore?", "It was Ada Dunmore.", "It was Ines Okafor."),
        ("How many of the 48 stayed?", "There were 48.", "There were 12."),
        ("When did the 2019 talks end?", "The talks of 2019 ended.", "The talks ended in 2021."),
    ],
)
def test_what_the_question_names_itself_is_no_answer(question: str, known: str, new: str) -> None:
    assert fit(understand(question), known) == 0.0
    assert fit(understand(question), new) == 1.0


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Why did they stop work?", "They stopped work because of their pay.", True),
        ("Why did they stop work?", "They stopped work at dawn.", False),
        ("What caused the fire?", "The fire was blamed on a fault.", True),
        ("Who is Ines Okafor?", "Ines Okafor, the mayor of Larkvale, spoke.", True),
        ("Who is Ines Okafor?", "Ines Okafor spoke.", False),
        ("When did they stop work?", "They stopped work because of their pay.", False),
    ],
)
def test_a_reason_or_a_definition_is_told_where_it_is_asked_for(
    question: str, text: str, *, told: bool
) -> None:
    assert tells(understand(question), text) is told
