from __future__ import annotations

import pytest

from dateline.verification.align import align
from dateline.verification.facts import check_facts
from dateline.verification.tokens import tokens


def found(claim: str, sentence: str, around: str = "") -> list[tuple[str, str]]:
    laid = align(tokens(claim), tokens(sentence))
    return [(one.weight, one.reason) for one in check_facts(laid, claim, sentence, tokens(around))]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Talks took place on 8 February.", "Talks took place on Feb. 8."),
        ("The talks with Silva failed.", "The talks with Ana Silva failed."),
        ("The Russian army left.", "The army of Russia left."),
        ("On Monday, Kim left for Oslo.", "Kim left for Oslo on Monday."),
        ("Then Merkel was praised by Obama.", "Then Obama praised Merkel."),
        ("More than 100 people came.", "In all 130 people came."),
    ],
)
def test_the_same_facts_written_otherwise_are_carried(claim: str, sentence: str) -> None:
    assert found(claim, sentence) == []


@pytest.mark.parametrize(
    ("claim", "sentence", "reason"),
    [
        ("It cost 12 euros.", "It cost 12 dollars.", "the article says 12 dollars, the claim says 12 euros"),
        ("Kim left for Rome.", "Kim left for Oslo.", "the article says Oslo, the claim says Rome"),
        ("Kim left in 2018.", "Kim left in 2019.", "the article says 2019, the claim says 2018"),
        ("Kim left on Friday.", "Kim left on Monday.", "the article says Monday, the claim says Friday"),
        ("Rome was hit first.", "Oslo was hit first.", "the article says Oslo, the claim says Rome"),
        (
            "Then Melania Trump left.",
            "Then Donald Trump left.",
            "the article says Donald, the claim says Melania",
        ),
    ],
)
def test_another_fact_in_its_place_is_a_contradiction(claim: str, sentence: str, reason: str) -> None:
    assert found(claim, sentence) == [("against", reason)]


def test_a_fact_may_stand_in_another_sentence_or_in_none() -> None:
    claim, sentence = "He left for Oslo in 2019.", "He left for the north."
    assert [weight for weight, _ in found(claim, sentence)] == ["missing", "missing"]
    assert [weight for weight, _ in found(claim, sentence, "Oslo is fine in 2019.")] == ["slight", "slight"]
