from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.operators import check_operators
from dateline.verification.tokens import tokens


def weights(claim: str, sentence: str) -> list[str]:
    return [one.weight for one in check_operators(align(tokens(claim), tokens(sentence)))]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("They did agree.", "They did not agree."),
        ("They did not agree.", "They did agree."),
        ("They agreed to talk.", "They refused to talk."),
        ("There is evidence of it.", "There is no evidence of it."),
        ("The officials came.", "None of the officials came."),
        ("He left paying.", "He left without paying."),
        ("Its staff had left.", "Officials denied that its staff had left."),
        ("Leave early if you do.", "Leave early if you don't."),
    ],
)
def test_a_negation_on_one_side_is_the_contrary(claim: str, sentence: str) -> None:
    assert "against" in weights(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The summit was held.", "The summit will be held."),
        ("The summit may be held.", "The summit will be held."),
        ("The summit will be held.", "The summit may be held."),
        ("He stole the car.", "He allegedly stole the car."),
        ("President Kim spoke.", "Former President Kim spoke."),
    ],
)
def test_modality_and_rank_must_be_the_same(claim: str, sentence: str) -> None:
    assert "turned" in weights(claim, sentence)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("They never agreed.", "They did not agree."),
        ("They failed to agree.", "They did not agree."),
        ("He did not fail to come.", "He came."),
        ("He left early.", "He left early, and did not say why."),
        ("He left.", "He left without paying."),
        ("The boy left.", "The boy, who did not pay, left."),
        ("Kim will leave.", "Kim is to leave."),
        ("It was cold and wet.", "It was not only cold but wet."),
        ("He lives at 10 Downing Street.", "He lives at No. 10 Downing Street."),
        ("On May 7 he left.", "On 7 May he left."),
        ("The match was won.", "He was not well, but the match was won."),
    ],
)
def test_what_is_left_out_whole_or_said_otherwise_turns_nothing(claim: str, sentence: str) -> None:
    assert weights(claim, sentence) == []
