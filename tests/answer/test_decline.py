from __future__ import annotations

from datetime import date

from dateline.answer import decline
from dateline.types import Article, Citation, Coverage, Filters
from newsroom import hit

FIRST, LAST = date(2018, 11, 3), date(2019, 5, 20)
NEAREST = hit(Article("a", "Envoys meet", "They met.", published=date(2019, 2, 9), source="Harbor Wire"))


def test_a_refusal_says_how_much_was_searched() -> None:
    draft = decline(Coverage(1200, FIRST, LAST, 1200), Filters(), ())
    assert draft.text == (
        "The archive does not answer this. 1,200 articles were searched, published 3 Nov 2018 to 20 May 2019."
    )
    assert (draft.claims, draft.citations) == ((), ())


def test_a_refusal_says_how_many_articles_pass_the_filters() -> None:
    text = decline(Coverage(1200, FIRST, LAST, 17), Filters(sources=("Harbor Wire",)), ()).text
    assert "17 of 1,200 articles, published 3 Nov 2018 to 20 May 2019, pass the filters" in text


def test_a_refusal_names_what_was_not_found() -> None:
    text = decline(Coverage(3, FIRST, LAST, 3), Filters(), ("Oscars", "Zubrowka")).text
    assert "Nothing was found about “Oscars”, “Zubrowka”." in text


def test_a_refusal_names_the_nearest_article() -> None:
    text = decline(Coverage(3, FIRST, LAST, 3, nearest=NEAREST), Filters(), ()).text
    assert text.endswith("The nearest found is “Envoys meet” (Harbor Wire, 9 Feb 2019).")


def test_what_is_not_known_is_left_out() -> None:
    nearest = hit(Article("a", "Envoys meet", "They met."))
    assert decline(Coverage(1, None, None, 1, nearest=nearest), Filters(), ()).text == (
        "The archive does not answer this. 1 article was searched. The nearest found is “Envoys meet”."
    )


def test_a_refusal_quotes_what_comes_closest_and_makes_no_claim_of_it() -> None:
    closest = Citation(1, NEAREST.article, "They met.", 0, 9)
    draft = decline(Coverage(3, FIRST, LAST, 3, nearest=NEAREST), Filters(), ("Oscars",), [closest])
    first, second = draft.text.split("\n")
    assert first.endswith("Nothing was found about “Oscars”. The articles come closest here:")
    assert second == "Harbor Wire, 9 Feb 2019: “They met.” [1]"
    assert (draft.claims, draft.short) == ((), None)
