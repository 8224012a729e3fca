from __future__ import annotations

from datetime import date

import pytest

from dateline.answer.support import check
from dateline.types import Article, Citation

ARTICLE = Article(
    "a",
    "Envoy Biegun back from Pyongyang",
    "The summit will be held in Hanoi on Feb. 27-28, U.S. President Donald Trump said.\n"
    "The two sides did not agree on No. 10. It has twelve buildings and 1,500 engineers. Talks go on.",
    published=date(2019, 2, 9),
    source="Xinhua",
)


def label(claim: str, quote: str, question: str = "What happened?") -> str:
    start = ARTICLE.text.index(quote)
    return check(claim, [Citation(1, ARTICLE, quote, start, start + len(quote))], question)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It will be in Hanoi on February 27.", "held in Hanoi"),  # the rest of the sentence counts
        ("The US president is Donald Trump.", "Donald Trump said"),
        ("There are 12 buildings and 1500 engineers.", "twelve buildings and 1,500 engineers"),
        ("They did not agree.", "two sides did not agree"),
        ("They didn't agree on No. 10.", "agree on No. 10"),
        ("On Saturday, Feb. 9, 2019, Xinhua said that Biegun was back.", "held in Hanoi"),  # its heading
        ("Talks go on.", "Talks go on"),
    ],
)
def test_a_claim_whose_numbers_and_names_are_quoted_is_supported(claim: str, quote: str) -> None:
    assert label(claim, quote) == "supported"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("It will be in Hanoi on February 28 and March 1.", "held in Hanoi"),
        ("It will be in Bangkok.", "held in Hanoi"),
        ("There are thirteen buildings.", "twelve buildings"),
        ("There are 15 engineers.", "1,500 engineers"),
        ("They agreed.", "agree on No. 10"),  # the quotation leaves the "not" out
        ("It will not be held in Hanoi.", "held in Hanoi"),
        ("Then Kim will come.", "Talks go on"),
        ("There were twelve talks.", "Talks go on"),  # a sentence that is not quoted from carries nothing
    ],
)
def test_a_claim_that_says_more_or_the_contrary_is_partly_supported(claim: str, quote: str) -> None:
    assert label(claim, quote) == "partly"


def test_a_name_from_the_question_needs_no_quotation() -> None:
    claim = "It is Hanoi where Kim and Trump will meet."
    assert label(claim, "held in Hanoi") == "partly"
    assert label(claim, "held in Hanoi", "Where will Kim and Trump meet?") == "supported"


def test_without_a_quotation_nothing_is_supported() -> None:
    assert check("Talks go on.", [], "Do talks go on?") == "unsupported"
