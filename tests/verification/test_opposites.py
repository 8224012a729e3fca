from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.opposites import check_opposites, opposite
from dateline.verification.tokens import tokens


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "fell"), ("accepted", "rejects"), ("likely", "unlikely"), ("first", "last")]
)
def test_opposites_are_so_both_ways_and_in_any_form(one: str, other: str) -> None:
    assert opposite(one, other)
    assert opposite(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "climbed"), ("rose", "rose"), ("act", "react"), ("on", "in")]
)
def test_other_words_are_none(one: str, other: str) -> None:
    assert not opposite(one, other)


def test_an_opposite_is_found_away_from_its_place_but_not_beside_its_like() -> None:
    found = [
        one.reason
        for one in check_opposites(align(tokens("Profits fell 3%"), tokens("A 3% rise in profits")))
    ]
    assert found == ["the article says “rise”, the claim says “fell”"]
    same = align(tokens("Profits fell, then rose"), tokens("Profits fell, then they rose"))
    assert list(check_opposites(same)) == []
