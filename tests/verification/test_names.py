from __future__ import annotations

import pytest

from dateline.verification.names import abbreviated, initials, same_name
from dateline.verification.tokens import tokens


@pytest.mark.parametrize(("one", "other"), [("Russia", "Russian"), ("Kim's", "KIM"), ("Israel", "Israeli")])
def test_an_adjective_and_other_letters_name_the_same(one: str, other: str) -> None:
    assert same_name(tokens(one)[0], tokens(other)[0])


@pytest.mark.parametrize(("one", "other"), [("Austria", "Australia"), ("Niger", "Nigeria"), ("Ana", "Anna")])
def test_names_that_look_alike_are_two(one: str, other: str) -> None:
    assert not same_name(tokens(one)[0], tokens(other)[0])


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("the U.N. left.", "the United Nations left."),
        ("an IAEA man left.", "an International Atomic Energy Agency man left."),
        ("the DOJ left.", "the Department of Justice left."),
        ("the US left.", "the United States left."),
    ],
)
def test_a_name_spelled_out_becomes_its_initials(short: str, long: str) -> None:
    known = initials(tokens(short))
    assert [t.key for t in abbreviated(tokens(long), known)] == [
        t.key for t in abbreviated(tokens(short), known)
    ]


def test_other_initials_are_another_name() -> None:
    words = tokens("the United Nations, Kim and Moon left.")
    assert abbreviated(words, initials(tokens("the U.K. and the NKM left."))) == words
