from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.index.minilm import MiniLM
from dateline.index.stories import (
    InMemory,
    Signature,
    Telling,
    candidates,
    group_stories,
    issues_of,
    overlap,
    relation,
    signature,
    weigher,
)
from dateline.index.stories.postings import HOLDERS, POPULAR
from dateline.index.stories.signatures import NAMES, SKETCH
from dateline.types import Article

DAY = date(2019, 2, 4)
CAPSIZED = (
    "A ferry carrying 212 people capsized off Port Ansel early on Tuesday. At least nine passengers drowned, "
    "said harbour master Ilse Brandvold. Divers from Larkvale were still searching the wreck of the Corvina "
    "at noon. The vessel had left Osterby at dawn in heavy seas."
)
RETOLD = (
    "Nine people are dead after the Corvina, a ferry with 212 on board, turned over near Port Ansel on its "
    "way from Osterby. Divers sent by Larkvale went down to the sunken ship, according to Ilse Brandvold, "
    "the harbour master. Waves had been high since dawn on Tuesday."
)
STRIKE = (
    "Ferry crews in Port Ansel will strike for two days from Friday, their union said. Tomas Reyl, who leads "
    "it, wants 6 percent more pay for 1,400 sailors. The company in Larkvale called the demand out of reach."
)
PHRASES = st.sampled_from(["Kim met Reyl", "on the 5 quays", "said the mayor", "in Osterby"])
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.sampled_from("abcdefgh"),
        title=st.sampled_from(["", "Week 12", "Week 13"]),
        text=st.lists(PHRASES, max_size=12).map(" ".join) | st.text(),
        published=st.none() | st.dates(DAY, DAY + timedelta(9)),
    ),
    max_size=12,
)


def prose(seed: int, words: int = 300) -> str:
    """Text that shares nothing with that of another seed, in paragraphs of sixty words."""
    rng = random.Random(seed)
    said = ["".join(rng.choices("bcdfglmnprstaeiou", k=6)) for _ in range(words)]
    return "\n\n".join(" ".join(said[start : start + 60]) for start in range(0, words, 60))


def article(id: str, text: str, *, title: str = "", day: date | None = DAY) -> Article:
    return Article(id, title, text, published=day)


# -- the result


@given(ARTICLES)
def test_every_id_is_in_one_list_in_order_of_first_appearance(articles: list[Article]) -> None:
    stories = group_stories(articles)
    ids = list(dict.fromkeys(one.id for one in articles))
    assert sorted(id for story in stories for id in story) == sorted(ids)
    assert [story[0] for story in stories] == sorted((story[0] for story in stories), key=ids.index)
    assert all(story == sorted(story, key=ids.index) for story in stories)


@given(ARTICLES, st.randoms())
def test_the_order_of_articles_does_not_change_what_is_together(
    articles: list[Article], rng: random.Random
) -> None:
    distinct = list({one.id: one for one in articles}.values())
    mixed = rng.sample(distinct, len(distinct))
    assert {frozenset(s) for s in group_stories(distinct)} == {frozenset(s) for s in group_stories(mixed)}


@given(
    st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=20, unique=True),
    st.text(),
    st.none() | st.dates(),
)
def test_an_article_and_its_copy_are_together(words: list[str], headline: str, day: date | None) -> None:
    original = article("original", " ".join(words))
    copy = replace(original, id="copy", title=headline, published=day)
    assert group_stories([original, article("other", prose(1)), copy]) == [["original", "copy"], ["other"]]


# -- copies


@pytest.mark.parametrize("kept", [0.5, 0.65, 0.8])
def test_a_copy_is_found_with_a_trimmed_tail_and_a_paragraph_rewritten(kept: float) -> None:
    text = prose(1, 600)
    paragraphs = text[: int(len(text) * kept)].split("\n\n")
    paragraphs[1] = prose(2, 60)
    copy = article("copy", "\n\n".join(paragraphs), title="Another headline")
    assert group_stories([article("original", text), copy]) == [["original", "copy"]]


def test_a_report_in_sixty_outlets_is_one_story() -> None:
    wire = [article(f"wire-{n}", f"{prose(0)}\n\n{prose(n + 1, 60)}") for n in range(60)]
    others = [article(f"other-{n}", prose(1000 + n)) for n in range(60)]
    assert group_stories([*wire, *others])[0] == [one.id for one in wire]


def test_what_an_outlet_prints_under_every_article_joins_none() -> None:
    articles = [article(f"{n}", f"{prose(n + 1, 200)}\n\n{prose(0, 300)}") for n in range(200)]
    assert len(group_stories(articles)) == len(articles)


def test_two_articles_that_quote_one_sentence_are_not_copies() -> None:
    quote = "“We have had no rise in four years,” said Tomas Reyl."
    assert (
        len(group_stories([article("a", f"{quote} Nobody came."), article("b", f"{quote} It rained.")])) == 2
    )


def test_half_a_text_makes_a_copy_in_the_same_days_but_not_months_later() -> None:
    first = article("first", f"{prose(0, 180)}\n\n{prose(1, 120)}")
    second = article("second", f"{prose(0, 180)}\n\n{prose(2, 120)}")
    later, undated = (replace(second, published=day) for day in (DAY + timedelta(60), None))
    assert [len(group_stories([first, one])) for one in (second, later, undated)] == [1, 2, 1]


# -- rewrites


def test_a_report_in_other_words_is_joined_by_its_names_and_meaning(embedder: MiniLM) -> None:
    articles = [article("report", CAPSIZED), article("strike", STRIKE), article("retold", RETOLD)]
    assert group_stories(articles, embedder=embedder) == [["report", "retold"], ["strike"]]
    assert len(group_stories(articles)) == 3


@pytest.mark.parametrize(("later", "together"), [(2, True), (30, False), (None, True)])
def test_a_rewrite_is_of_the_same_days_as_far_as_they_are_known(
    embedder: MiniLM, later: int | None, together: bool
) -> None:
    day = None if later is None else DAY + timedelta(later)
    stories = group_stories([article("a", CAPSIZED), article("b", RETOLD, day=day)], embedder=embedder)
    assert (len(stories) == 1) == together


def test_two_issues_of_a_series_are_two_stories(embedder: MiniLM) -> None:
    first = article("first", CAPSIZED, title="Ferry inquiry, day 6: what we heard")
    second = article("second", RETOLD, title="Ferry inquiry, day 7: what we heard")
    assert len(group_stories([first, second], embedder=embedder)) == 2
    same = replace(second, title="What they said on day 6")
    assert len(group_stories([first, same], embedder=embedder)) == 1


@given(ARTICLES.filter(lambda articles: len(articles) > 1))
def test_a_relation_is_the_same_both_ways(articles: list[Article]) -> None:
    a, b = (Telling(signature(one), one.day, issues_of(one.title)) for one in articles[:2])
    weigh = weigher(InMemory([a.signature, b.signature]), a.signature.keys + b.signature.keys)
    assert relation(a, b, weigh) == relation(b, a, weigh)


# -- signatures and look-up


@given(st.text(st.characters()), st.text())
def test_a_signature_is_small_and_comes_back_from_its_bytes(text: str, headline: str) -> None:
    known = signature(Article("a", headline, text))
    assert len(known.shingles) <= SKETCH
    assert len(known.names) <= NAMES
    assert all(-(2**63) <= key < 2**63 for key in known.keys)
    assert Signature.from_bytes(known.to_bytes()) == known
    assert len(known.to_bytes()) <= 1000


def test_overlap_is_the_share_of_the_shorter_text() -> None:
    whole, half = (signature(article("a", text)) for text in (prose(0, 2000), prose(0, 2000)[:7000]))
    mixed = signature(article("a", f"{prose(0, 2000)[:3500]} {prose(1, 500)}"))
    assert overlap(whole, half, lambda _: 1.0) == 1.0
    assert overlap(whole, mixed, lambda _: 1.0) == pytest.approx(0.5, abs=0.2)


def test_however_many_articles_share_their_words_few_are_compared() -> None:
    ad = signature(article("ad", f"{prose(0, 40)} Kim Reyl Ansel Larkvale Osterby"))
    assert len(candidates(ad, InMemory([ad] * 1000))) <= max(HOLDERS, POPULAR)


class Table:
    """Postings in SQLite."""

    def __init__(self, signatures: Sequence[Signature]) -> None:
        self.articles = len(signatures)
        self._db = sqlite3.connect(":memory:")
        self._db.execute(
            "CREATE TABLE keys (key INTEGER, article INTEGER, PRIMARY KEY (key, article)) WITHOUT ROWID"
        )
        rows = [(key, number) for number, one in enumerate(signatures) for key in one.keys]
        self._db.executemany("INSERT INTO keys VALUES (?, ?)", rows)

    def counts(self, keys: Sequence[int]) -> dict[int, int]:
        marks = ", ".join("?" * len(keys))
        sql = f"SELECT key, count(*) FROM keys WHERE key IN ({marks}) GROUP BY key"
        return dict(self._db.execute(sql, keys).fetchall())

    def holders(self, keys: Sequence[int], most: int) -> dict[int, list[int]]:
        sql = "SELECT article FROM keys WHERE key = ? ORDER BY article LIMIT ?"
        return {key: [number for (number,) in self._db.execute(sql, (key, most))] for key in keys}


def test_a_table_of_keys_finds_the_same_candidates() -> None:
    texts = [CAPSIZED, RETOLD, STRIKE, CAPSIZED[:180], *(prose(seed % 5) for seed in range(20))]
    signatures = [signature(article("a", text)) for text in texts]
    memory, table = InMemory(signatures), Table(signatures)
    assert [candidates(one, table) for one in signatures] == [candidates(one, memory) for one in signatures]
    assert candidates(signatures[0], memory) == {0, 1, 2, 3}  # the ferries
