"""Claims against evidence with a parser: who does what to whom, in whatever words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index.minilm import MiniLM
from dateline.text import Parser
from dateline.types import Support
from dateline.verification import verify

Held = Callable[[str], Support]

HARBOUR = (
    "The town of Ravel sued the dredging firm Oster on Monday over cracks in the harbour wall. Engineer Mira "
    "Solt, who inspected the wall in May, said the firm had ignored her report. Oster denied that it had "
    "used cheap sand. The council ordered the firm to repair the wall. The army is feeding the divers."
)


@pytest.fixture
def held(embedder: MiniLM, parser: Parser) -> Held:
    def against_harbour(claim: str) -> Support:
        return verify(claim, HARBOUR, embedder=embedder, parser=parser)

    return against_harbour


@pytest.mark.parametrize(
    "claim",
    [
        "The dredging firm Oster was sued on Monday by the town of Ravel.",
        "The wall was inspected by engineer Mira Solt in May.",
        "The divers are being fed by the army.",
    ],
)
def test_said_the_other_way_round_it_is_supported(held: Held, claim: str) -> None:
    assert held(claim).label == "supported"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("The dredging firm Oster sued the town of Ravel on Monday over cracks.", "the article says “"),
        ("The firm said Mira Solt had ignored its report.", "the article says “"),
        ("Oster had used cheap sand.", "the article denies “used”, the claim affirms it"),
        ("The firm repaired the wall.", "the article gives “repaired” as wanted or planned"),
        ("The bakery is feeding the divers.", "the article says “army”, the claim says “bakery”"),
    ],
)
def test_other_roles_and_other_standing_are_told(held: Held, claim: str, reason: str) -> None:
    support = held(claim)
    assert support.label != "supported"
    assert any(one.startswith(reason) for one in support.reasons), support.reasons


def test_a_word_that_means_the_same_is_not_called_missing(held: Held) -> None:
    support = held("The firm had disregarded her report, engineer Mira Solt said.")
    assert not any("disregarded" in reason for reason in support.reasons)


def test_of_sentences_that_each_carry_it_one_is_named_and_the_others_told(
    embedder: MiniLM, parser: Parser
) -> None:
    evidence = [
        "The bridge was closed by the mayor on Friday.",
        "On Friday the mayor closed the bridge, too.",
    ]
    support = verify("The mayor closed the bridge on Friday.", evidence, embedder=embedder, parser=parser)
    assert (support.label, len(support.sentences), len(support.also)) == ("supported", 1, 1)
    assert {support.sentences[0].evidence, support.also[0].evidence} == {0, 1}


def test_a_claim_of_two_sentences_is_as_good_as_the_worse(held: Held) -> None:
    true, false = "The council ordered the firm to repair the wall.", "The wall has three hundred windows."
    assert held(true).label == "supported"
    both = held(f"{true} {false}")
    assert both.label == "partly"
    assert both.score == held(false).score
    assert held(f"{true} The army is feeding the divers.").label == "supported"


@settings(max_examples=40)
@given(st.lists(st.sampled_from([*HARBOUR.split(), "not", "by", ",", "who", "“", "12"]), max_size=14))
def test_any_claim_is_held_against_any_text(embedder: MiniLM, parser: Parser, words: list[str]) -> None:
    support = verify(" ".join(words), HARBOUR, embedder=embedder, parser=parser)
    assert 0 <= support.score <= 1
    for one in support.sentences:
        assert HARBOUR[one.start : one.end] == one.text
