from __future__ import annotations

from datetime import date

from dateline.answer.draft import Draft, compose
from dateline.answer.others import with_others
from dateline.answer.quotes import cite
from dateline.index.words import terms
from dateline.search import Sentence, understand
from dateline.types import Article, Claim
from newsroom import hit

QUESTION = "When does the ferry sail?"
FIRST = "The ferry sails on March 2."
OTHER = "The ferry sails on April 9."


def ranked(*told: tuple[str, str]) -> list[Sentence]:
    """A sentence of an outlet each, the first scoring best."""
    asked, found = understand(QUESTION).terms, []
    for number, (source, text) in enumerate(told):
        owner = Article(f"a{number}", "The ferry", text, published=date(2019, 2, 8), source=source)
        stems = frozenset(terms(text))
        holds = {term: 1 / len(asked) for term in asked if term in stems}
        found.append(Sentence(hit(owner), 0, 0, len(text), text, 3 - number / 10, stems, holds))
    return found


def written(first: Sentence) -> Draft:
    """What a model says that has read the first sentence alone."""
    citation = cite(1, first.hit, first.start, first.end)
    claims = (Claim(citation.quote, "supported", (1,)),)
    return Draft(compose(claims), claims, (citation,), written=True)


def after(*told: tuple[str, str]) -> tuple[Draft, Draft]:
    found = ranked(*told)
    draft = written(found[0])
    return draft, with_others(draft, understand(QUESTION), found)


def test_what_two_other_outlets_name_instead_is_shown() -> None:
    draft, whole = after(("Harbor Wire", FIRST), ("Ansel Gazette", OTHER), ("Larkvale Post", OTHER))
    assert whole.claims[:1] == draft.claims
    assert whole.claims[1] == Claim(
        f"2 other reports name “April 9”. Ansel Gazette, 8 Feb 2019: “{OTHER}”", "supported", (2, 3)
    )
    assert whole.text == compose(whole.claims)
    assert [one.number for one in whole.citations] == [1, 2, 3]
    assert all(one.article.text[one.start : one.end] == one.quote for one in whole.citations)


def test_one_outlet_alone_or_the_same_answer_adds_nothing() -> None:
    for told in (
        [("Harbor Wire", FIRST), ("Ansel Gazette", OTHER)],
        [("Harbor Wire", FIRST), ("Ansel Gazette", OTHER), ("Ansel Gazette", OTHER)],
        [("Harbor Wire", FIRST), ("Harbor Wire", OTHER), ("Larkvale Post", OTHER)],
        [("Harbor Wire", FIRST), ("Ansel Gazette", FIRST), ("Larkvale Post", FIRST)],
        [("Harbor Wire", FIRST), ("Ansel Gazette", "It rains."), ("Larkvale Post", "It rains.")],
    ):
        draft, whole = after(*told)
        assert whole is draft
