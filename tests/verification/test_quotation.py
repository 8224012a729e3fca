from __future__ import annotations

import pytest

from dateline.verification import verify


@pytest.mark.parametrize(
    "evidence",
    [
        "“The war is over. We won the last battle. Go home,” the general said.",
        '"The war is over. We won the last battle. Go home," the general said.',
        "“We won the last battle,” the general said.",
    ],
)
def test_somebodys_words_are_partly_supported_as_a_fact(evidence: str) -> None:
    support = verify("We won the last battle.", evidence)
    assert support.label == "partly"
    assert "these are the words of somebody who is quoted" in support.reasons


def test_they_are_supported_where_the_claim_gives_them_as_a_quotation() -> None:
    assert (
        verify(
            "The general said: “We won the last battle.”", "“We won the last battle,” the general said."
        ).score
        > 0.5
    )
    assert "quoted" not in str(
        verify("“We won the battle.”", "“We won the battle,” the general said.").reasons
    )


def test_a_quotation_ends_where_it_is_closed_and_with_its_line() -> None:
    assert verify("It rained.", "“Go,” he said. It rained.").label == "supported"
    assert verify("It rained.", "“Go on. Go.\nIt rained. They went.").label == "supported"
