from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.speakers import check_speakers
from dateline.verification.tokens import tokens


def found(claim: str, sentence: str) -> list[str]:
    return [one.reason for one in check_speakers(align(tokens(claim), tokens(sentence)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "The plan failed, said Mary Jones, its head.",
        "According to Mary Jones, the plan failed.",
        "“The plan failed,” Jones told reporters.",
    ],
)
def test_words_of_one_are_not_anothers(sentence: str) -> None:
    assert found("Mary Jones said the plan failed.", sentence) == []
    assert len(found("Ana Silva said the plan failed.", sentence)) == 1
    assert "the claim from Ana Silva" in found("Ana Silva said the plan failed.", sentence)[0]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Jones said the plan failed.", "He said the plan failed."),
        ("Jones said the plan failed.", "The 33-year-old said the plan failed."),
        ("Jones said the plan failed.", "The plan failed."),
        ("The plan failed.", "The plan failed, Jones said."),
        (
            "Mary Jones, its chief executive, said it failed.",
            "It failed, said Mary Jones, its chief executive.",
        ),
    ],
)
def test_a_description_or_no_speaker_is_no_other_speaker(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == []


def test_a_text_without_capitals_has_speakers_too() -> None:
    assert found("Scholes says he is not ready.", "sterling said he was not ready") != []
