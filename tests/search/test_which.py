from __future__ import annotations

from datetime import date

import pytest

from dateline.search import Sentence, understand
from dateline.search.which import same_one
from dateline.types import Article, Hit, Passage


def sentence(text: str, title: str = "A meeting", day: date | None = None) -> Sentence:
    article = Article("a", title, text, published=day)
    hit = Hit(Passage("a:0", "a", text, 0, len(text)), article, 1.0, 1)
    return Sentence(hit, 0, 0, len(text), text, 1.0, frozenset(), {})


@pytest.mark.parametrize(
    ("question", "text", "same"),
    [
        ("Where is the second summit?", "The second summit is in Hanoi.", True),
        ("Where is the second summit?", "A third summit may come.", False),
        ("Where is the summit?", "A third summit may come.", True),
        ("Who won the 2018 final?", "France won in 2018.", True),
        ("Who won the 2018 final?", "France won in 1998.", False),
    ],
)
def test_a_sentence_is_of_the_one_that_is_asked_about(question: str, text: str, same: bool) -> None:
    assert same_one(understand(question, ()), sentence(text)) is same


def test_headline_and_year_of_an_article_say_it_too() -> None:
    question = understand("Who won the second final of 2018?", ())
    assert same_one(question, sentence("France won.", "The second final", date(2018, 7, 15)))
    assert not same_one(question, sentence("France won.", "The second final", date(2019, 7, 15)))
