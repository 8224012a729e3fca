from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.verification import verify
from dateline.verification.tokens import tokens
from dateline.verification.verify import NOT_SAID

PASSAGE = (
    "The summit will be held in Hanoi on Feb. 27-28, U.S. President Donald Trump said. The two sides did not "
    "agree on No. 10. It has twelve buildings and 1,500 engineers.\n"
    "The United Nations denied that its staff had left Gaza. Smith allegedly stole the car. Obama praised "
    "Merkel in Berlin. More than 40 people may have been injured. “We will not pay,” Ana Silva told the "
    "press. The company reported a 12 percent rise in profits to $1.2 billion, said Mary Jones, its chief "
    "executive."
)

# What news is made of, so that the rules meet; and anything else. No quotation marks.
_PIECES = st.sampled_from(
    "He said |She did not agree|Smith | will | may | 12 percent|$1.2bn|Feb. 8|U.N. |, |. |Monday|\n| no |—| "
    "of |² |東京。|\u2028|won't|two-thirds| more than |١٢|5-year-old".split("|")
)
TEXTS = st.lists(_PIECES | st.text(st.characters(exclude_characters="\"“”„«»'`"), max_size=6)).map("".join)


@pytest.mark.parametrize(
    "claim",
    [
        "The summit will be held in Hanoi.",
        "The summit will be held in Hanoi on February 27.",
        "The two sides didn't agree on No. 10.",
        "There are 12 buildings and 1500 engineers.",
        "The U.N. denied that its staff had left Gaza.",
        "In Berlin, Obama praised Merkel.",
        "Mary Jones, its chief executive, said the company reported a 12% rise in profits.",
    ],
)
def test_what_the_evidence_says_in_other_words_is_supported(claim: str) -> None:
    support = verify(claim, PASSAGE)
    assert (support.label, support.reasons) == ("supported", ())


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("It has 15 buildings and 1,500 engineers.", "the article says twelve, the claim says 15"),
        ("The summit will be held in Bangkok.", "the article says Hanoi, the claim says Bangkok"),
        ("The summit will be held in Hanoi on March 27.", "the article says Feb, the claim says March"),
        ("The two sides agreed on No. 10.", "the article negates (“not”), the claim does not"),
        ("Its staff had left Gaza.", "the article negates (“denied”), the claim does not"),
        ("Merkel praised Obama in Berlin.", "the article says Obama, the claim says Merkel"),
        (
            "The company reported a 12 percent fall in profits.",
            "the article says “rise”, the claim says “fall”",
        ),
        (
            "Fewer than 40 people may have been injured.",
            "the article says more than that number, the claim less than",
        ),
        (
            "Ana Silva said the company reported a 12 percent rise in profits.",
            "the article has it from Mary Jones, the claim from Ana Silva",
        ),
    ],
)
def test_the_contrary_is_unsupported_and_the_reason_says_so(claim: str, reason: str) -> None:
    support = verify(claim, PASSAGE)
    assert support.label == "unsupported"
    assert support.reasons[0] == reason


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (
            "Smith stole the car.",
            "the article gives it as said, not as known (“allegedly”), the claim does not",
        ),
        (
            "The summit was held in Hanoi.",
            "the article speaks of what is to come (“will”), the claim does not",
        ),
        ("We will not pay.", "these are the words of somebody who is quoted"),
        (
            "Smith allegedly stole the car in 1999.",
            "“1999” does not stand in the sentences that come nearest",
        ),
    ],
)
def test_what_is_said_only_so_far_is_partly_supported(claim: str, reason: str) -> None:
    support = verify(claim, PASSAGE)
    assert support.label == "partly"
    assert reason in support.reasons


def test_what_stands_nowhere_is_unsupported_and_its_words_are_named() -> None:
    support = verify("The moon is made of cheese.", PASSAGE)
    assert support.label == "unsupported"
    assert support.reasons == ("in no sentence: “moon”, “made”, “cheese”",)


def test_meaning_brings_a_paraphrase_nearer_than_another_subject(embedder: Embedder) -> None:
    evidence = [
        "The cabinet resigned on Monday after the vote.",
        "The cabinet has four doors after the repair.",
    ]
    near = verify("The government stepped down after the vote.", evidence, embedder=embedder)
    assert near.sentences[0].text == evidence[0]
    assert near.score > verify("The sofa stepped down after the vote.", evidence, embedder=embedder).score


def test_the_sentences_named_are_those_that_carry_the_claim_together() -> None:
    evidence = ["Ada Brandt was born in Oslo. She likes tea.", "Brandt became mayor of Bergen in 1999."]
    support = verify("Ada Brandt, born in Oslo, became mayor of Bergen in 1999.", evidence)
    assert {one.text for one in support.sentences} == {evidence[1], "Ada Brandt was born in Oslo."}
    assert all(evidence[one.evidence][one.start : one.end] == one.text for one in support.sentences)


@pytest.mark.parametrize(
    ("claim", "evidence"), [("", PASSAGE), ("…", PASSAGE), ("Talks go on.", []), ("A.", "")]
)
def test_nothing_to_compare_is_unsupported(claim: str, evidence: list[str] | str) -> None:
    assert verify(claim, evidence).to_dict() == {
        "label": "unsupported",
        "score": 0.0,
        "sentences": [],
        "reasons": ["there is nothing to compare"],
        "also": [],
    }


@given(TEXTS, st.lists(TEXTS, max_size=3), st.integers(0, 9))
def test_a_sentence_of_the_evidence_is_supported_whatever_stands_beside_it(
    text: str, others: list[str], which: int
) -> None:
    spans = [(a, b) for a, b in sentences(text) if tokens(text[a:b])]
    if not spans:
        return
    start, end = spans[which % len(spans)]
    for evidence in ([text], [*others, text]):
        support = verify(text[start:end], evidence)
        assert (support.label, support.score, support.reasons) == ("supported", 1.0, ())


@given(TEXTS | st.text(), st.lists(TEXTS | st.text(), max_size=4))
def test_any_text_has_a_score_between_0_and_1(claim: str, evidence: list[str]) -> None:
    support = verify(claim, evidence)
    assert 0 <= support.score <= 1
    assert all(evidence[one.evidence][one.start : one.end] == one.text for one in support.sentences)
    assert support.label == "supported" or support.reasons


def test_words_that_say_nothing_of_their_own_are_not_carried_and_say_why() -> None:
    support = verify("It was so.", PASSAGE)
    assert (support.label, support.reasons) == ("unsupported", (NOT_SAID,))
