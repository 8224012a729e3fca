from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.verification.align import Gap, align, equal
from dateline.verification.tokens import tokens

_WORDS = st.lists(st.sampled_from(["the", "Kim", "met", "12", "not", "left", "Oslo"]), max_size=9).map(
    " ".join
)


def test_a_word_in_anothers_place_is_a_gap_on_both_sides() -> None:
    laid = align(tokens("Kim met Moon in Oslo"), tokens("On Monday Kim met Trump in Oslo"))
    assert laid.gaps() == [Gap(0, 0, 0, 2), Gap(2, 3, 4, 5)]


def test_what_is_said_holds_still_and_names_are_compared() -> None:
    laid = align(tokens("Later Moon praised Kim in Oslo."), tokens("Later Kim praised Moon in Oslo."))
    assert [laid.claim[i].word for i, _ in laid.pairs] == ["later", "praised", "in", "oslo"]


@given(_WORDS, _WORDS)
def test_matches_are_equal_and_in_both_orders(one: str, other: str) -> None:
    laid = align(tokens(one), tokens(other))
    assert all(equal(laid.claim[i], laid.sentence[j]) for i, j in laid.pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(laid.pairs, laid.pairs[1:], strict=False))


@given(_WORDS)
def test_a_sentence_matches_itself_wholly(text: str) -> None:
    assert align(tokens(text), tokens(text)).gaps() == []
