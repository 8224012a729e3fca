from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.types import Answer, Coverage, Filters
from dateline_ui import chips
from dateline_ui.chips import CHIPS, Chip

FEB_1, JAN_31 = date(2019, 2, 1), date(2019, 1, 31)
ANSWER = Answer("What?", True, "extractive", "", (), (), Filters(), Coverage(1, None, None, 1))


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(since=FEB_1, inferred={"since": "since <February>"}), "Reported from 1 Feb 2019"),
        (Filters(until=FEB_1, inferred={"until": "by <February>"}), "Reported up to 1 Feb 2019"),
        (
            Filters(
                JAN_31,
                FEB_1,
                inferred={"since": "on <Jan. 31>", "until": "on <Jan. 31>"},
                alternative=Filters(about_since=JAN_31, about_until=JAN_31),
            ),
            "Reported 31 Jan – 1 Feb 2019, or telling of 31 Jan 2019",
        ),
    ],
)
def test_days_are_told_with_the_words_they_were_read_from(filters: Filters, words: str) -> None:
    shown = chips.row(replace(ANSWER, filters=filters))
    assert f"{words} (you wrote “" in shown
    assert "&lt;" in shown
    assert "<button" not in shown
    assert 'class="chip press-days"' in chips.row(replace(ANSWER, filters=filters), removable=True)


def test_nothing_understood_has_no_chips() -> None:
    set_by_the_reader = replace(ANSWER, filters=Filters(since=FEB_1, sources=("AP",)))
    assert chips.row(set_by_the_reader, removable=True) == ""


@given(st.lists(st.sampled_from(CHIPS)))
def test_what_is_pressed_twice_is_as_it_was(pressed: list[Chip]) -> None:
    left: tuple[Chip, ...] = ()
    for chip in [*pressed, *pressed]:
        left = chips.toggled(left, chip)
    assert left == ()
