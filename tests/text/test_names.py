from __future__ import annotations

import pytest

from dateline.text.english import rows
from dateline.text.names import given_forms, initials_of, long_form, spellings


def test_a_given_name_has_its_short_forms_and_they_it() -> None:
    assert "Bill" in given_forms("William")
    assert "William" in given_forms("Wm")
    assert "William" not in given_forms("William")
    assert given_forms("Hanoi") == ()


def test_places_and_family_names_are_spelt_in_several_ways() -> None:
    assert spellings("Kiev") == ("Kyiv", "Kiew", "Kyjiw")
    assert "Gaddafi" in spellings("Qaddafi")


def test_initials_stand_for_their_long_form() -> None:
    assert long_form("WHO") == "World Health Organization"
    assert long_form("XQZ") is None
    assert initials_of("Did the World Health Organization warn?") == (("World Health Organization", "WHO"),)


@pytest.mark.parametrize("table", ["given_names", "exonyms", "initials", "speech"])
def test_every_row_of_a_table_has_two_words_that_differ(table: str) -> None:
    assert rows(table)
    for row in rows(table):
        assert len(row) > 1
        assert len(set(row)) == len(row)
