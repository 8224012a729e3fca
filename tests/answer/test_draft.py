from __future__ import annotations

from dateline.answer.draft import NOT_CARRIED, Draft, compose, followed_by, with_markers
from dateline.types import Article, Citation, Claim

CITED = Claim("The summit is in Hanoi.", "supported", (1, 3))
UNCITED = Claim("It is soon.", "unsupported")


def test_markers_follow_the_claim() -> None:
    assert with_markers(CITED) == "The summit is in Hanoi. [1][3]"
    assert with_markers(UNCITED) == "It is soon."


def test_a_text_is_its_claims_in_order() -> None:
    assert compose([CITED, UNCITED]) == "The summit is in Hanoi. [1][3] It is soon."
    assert compose([]) == ""


def test_what_a_model_said_and_no_article_carries_is_followed_by_quotes() -> None:
    article = Article("a", "T", "It is in Hanoi.")
    written = Draft("It is soon.", (UNCITED,), (), notices=("Cut off.",), written=True)
    claim = Claim("A: “It is in Hanoi.”", "supported", (1,))
    quoted = Draft(compose([claim]), (claim,), (Citation(1, article, article.text, 0, 15),))
    both = followed_by(written, quoted)
    assert both.text == "It is soon.\nA: “It is in Hanoi.” [1]"
    assert both.citations == quoted.citations
    assert both.degraded is None
    assert both.notices[0] == "Cut off."
    assert both.notices[1] == NOT_CARRIED
    assert both.written
