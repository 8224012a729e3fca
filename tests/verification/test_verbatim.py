from __future__ import annotations

import pytest

from dateline.verification import verify
from dateline.verification.verbatim import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s over,” he said — twice.", '"It\'s over," he said -- twice.'),
        ("``It is over,'' he said", '"It is over," he said'),
        ("a\u00a0b\u2009c\n d", "a b c d"),
        ("co\u00adoperation\u200b", "cooperation"),
        ("He waited…", "He waited..."),
    ],
)
def test_quotation_marks_dashes_and_space_are_written_one_way(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_letter_more_is_another_text() -> None:
    assert fold("He won it.") != fold("He won its.")


def test_several_sentences_may_be_the_claim_but_only_whole_and_of_one_text() -> None:
    evidence = ["He came. He saw. He won.", "He left."]
    assert verify("He saw. He won.", evidence).score == 1
    assert verify("He won. He left.", evidence).score < 1
    assert verify("It is false that he won. Nobody saw it.", ["Nobody saw it."]).score < 1
