from __future__ import annotations

from datetime import date

from dateline.reading.related import Neighbourhood, sign
from dateline.types import Article

FLOOD = "The dam at Kesselmark held, said Tessa Brandt, head of the Velland board in Oldford."
FLOOD_AGAIN = "On Friday the mayor of Oldford and Tessa Brandt went to Kesselmark with the Velland board."
STRIKE = "In Paris the union of Marie Blanc, in Lyon and Nantes too, will strike."


def article(text: str) -> Article:
    return Article(text, "A report", text, date(2019, 2, 15))


def test_articles_that_share_rare_names_are_related() -> None:
    signatures = [sign(article(text)) for text in (FLOOD, STRIKE, FLOOD_AGAIN)]
    (relation,) = Neighbourhood(signatures).related_to(0, 5)
    assert relation.other is signatures[2]
    assert 0.5 < relation.similarity <= 1


def test_names_that_all_articles_share_make_no_relation() -> None:
    signatures = [sign(article(FLOOD)) for _ in range(30)]
    assert Neighbourhood(signatures).related_to(0, 5) == []


def test_a_signature_is_small() -> None:
    signature = sign(
        article(" ".join(f"in Place{n} he met Person{n} in May {1960 + n % 60}," for n in range(3000)))
    )
    assert len(signature.names) <= 60
    assert len(signature.events) <= 6
    assert all(len(event.names) <= 12 for event in signature.events)
