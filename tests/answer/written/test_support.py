from __future__ import annotations

from datetime import date

import pytest

from dateline.answer.written.support import NO_REPORT, NOTHING_QUOTED, SPEAKS_ITSELF, STANDS_BESIDE, check
from dateline.types import Article, Citation, Support

ARTICLE = Article(
    "a",
    "Envoy Biegun back from Pyongyang",
    "The summit will be held in Hanoi on Feb. 27-28, U.S. President Donald Trump said.\n"
    "The two sides did not agree on No. 10. It has twelve buildings and 1,500 engineers. Talks go on.",
    published=date(2019, 2, 9),
    source="Xinhua",
)


def found(claim: str, quote: str) -> Support:
    start = ARTICLE.text.index(quote)
    return check(claim, [Citation(1, ARTICLE, quote, start, start + len(quote))], None)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (
            "The summit will be held in Hanoi on February 27-28.",
            "held in Hanoi",
        ),  # all of its sentence counts
        ("It has 12 buildings and 1500 engineers.", "twelve buildings and 1,500 engineers"),
        ("The two sides didn't agree on No. 10.", "agree on No. 10"),
        ("Talks go on.", "Talks go on"),
    ],
)
def test_a_claim_that_the_quoted_sentence_carries_is_supported(claim: str, quote: str) -> None:
    assert found(claim, quote).label == "supported"


@pytest.mark.parametrize(
    ("claim", "quote", "reason"),
    [
        ("The summit will be held in Hanoi on March 1.", "held in Hanoi", "March"),
        ("The summit will be held in Bangkok.", "held in Hanoi", "Bangkok"),
        ("It has thirteen buildings.", "twelve buildings", "thirteen"),
        ("The two sides agreed on No. 10.", "agree on No. 10", "not"),  # the quotation leaves it out
        ("The summit will not be held in Hanoi.", "held in Hanoi", "not"),
        ("It has twelve buildings and 1,500 engineers.", "Talks go on", STANDS_BESIDE),
        ("We have twelve buildings and 1,500 engineers.", "twelve buildings", SPEAKS_ITSELF),
        (
            "The summit will be held in Hanoi on Feb. 27-28, U.S. President Donald Trump said, and cheap "
            "gold watches wait online.",
            "held in Hanoi",
            "“cheap”",
        ),
        ("Reply that talks go on.", "Talks go on", NO_REPORT),
        ("Envoy Biegun back from Pyongyang.", "held in Hanoi", STANDS_BESIDE),  # its headline
    ],
)
def test_a_claim_that_says_something_else_is_not_supported_and_says_why(
    claim: str, quote: str, reason: str
) -> None:
    support = found(claim, quote)
    assert support.label != "supported"
    assert any(reason in one for one in support.reasons), support.reasons


def test_without_a_quotation_nothing_is_supported() -> None:
    assert check("Talks go on.", [], None) == Support("unsupported", 0.0, (), (NOTHING_QUOTED,))
