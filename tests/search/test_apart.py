from __future__ import annotations

import pytest

from dateline.search import understand
from dateline.search.apart import apart
from dateline.types import Article

BRIDGE = Article(
    "bridge", "Bridge opens", "Ines Okafor opened the new bridge in Larkvale. British crews came."
)
BAKERY = Article("bakery", "Loaves", "Ada Dunmore sells loaves in Ansel. There is no bridge.")


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("What did Ines Okafor open in Ansel?", ("Ines Okafor", "Ansel")),
        ("What did Ada Dunmore say about the bridge in Larkvale?", ("Ada Dunmore", "Larkvale")),
        ("Why did Theresa Okafor sell loaves in Ansel?", ("Theresa Okafor", "Ansel")),
    ],
)
def test_two_names_that_no_article_puts_together_are_told(text: str, two: tuple[str, str]) -> None:
    assert apart(understand(text), [BRIDGE, BAKERY]) == two


@pytest.mark.parametrize(
    "text",
    [
        "What did Ines Okafor open in Larkvale?",
        "What did Ines Okafor do?",
        "Who of Britain came to Larkvale?",
        "Is Ines Okafor older than Ada Dunmore?",
        "Did reports say that Ines Okafor was in Ansel?",
        "What did Ines Okafor open in Larkvale, and how many loaves did Ada Dunmore sell there in Ansel?",
    ],
)
def test_one_article_has_both_or_several_may_answer_together(text: str) -> None:
    assert apart(understand(text), [BRIDGE, BAKERY]) is None
