from __future__ import annotations

import pytest

from dateline.search import Several, several, understand


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Mia Roth say in the debate?", "statements"),
        ("How did Mia Roth's position on parking change?", "statements"),
        ("Which politicians spoke for the coalition?", "list"),
        ("Who is against the coalition?", "list"),
        ("List all the witnesses of the crash.", "list"),
        ("How do the two papers differ on the march?", "accounts"),
        ("Compare the votes of March and May.", "accounts"),
        ("Which lawmaker voted against the ban?", None),
        ("When did the bridge open?", None),
        ("Who won the race?", None),
        ("Which bus is late?", None),
    ],
)
def test_what_there_may_be_several_of(question: str, expected: Several | None) -> None:
    assert several(understand(question)) == expected
