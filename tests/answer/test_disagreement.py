from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.answer.disagreement import Difference, differences
from dateline.index.sentences import sentences
from dateline.index.words import terms
from dateline.search import Question, Sentence, understand
from dateline.search.sentences import lead
from dateline.types import Article
from newsroom import hit

FEB_8 = date(2019, 2, 8)


def report(
    text: str, outlet: str | None = "Harbor Wire", day: date | None = FEB_8, title: str = "News"
) -> Article:
    return Article(f"{outlet} {day} {text}", title, text, published=day, source=outlet)


def evidence(question: Question, articles: Sequence[Article]) -> list[Sentence]:
    """The sentences of the articles, those first that hold most of the question."""
    share = 1 / max(1, len(question.terms))
    found = []
    for number, article in enumerate(articles, 1):
        for start, end in sentences(article.text):
            begin = lead(article.text, start, end)
            stems = frozenset(terms(article.text[begin:end]))
            holds = {term: share for term in question.terms if term in stems}
            text, owner = article.text[start:end], hit(article, rank=number)
            found.append(Sentence(owner, begin, start, end, text, sum(holds.values()), stems, holds))
    return sorted(found, key=lambda one: -one.score)


def asked(question: str, *articles: Article) -> tuple[Difference, ...]:
    understood = understand(question)
    return differences(understood, evidence(understood, articles))


def pair(one: str, two: str, *, days: int = 1) -> tuple[Article, Article]:
    """A report, and another outlet's some days later."""
    return report(one), report(two, "Lakeside Courier", FEB_8 + timedelta(days))


KILLED = "How many people were killed in the ferry accident?"
SUMMIT = "When will the summit take place?"

DIFFER = [
    (
        KILLED,
        "The ferry accident killed 12 people.",
        "In the ferry accident 15 people were killed.",
        ("12 people", "15 people"),
    ),
    (
        KILLED,
        "Twelve people were killed in the ferry accident.",
        "Fifteen people died in the ferry accident.",
        ("twelve people", "fifteen people"),
    ),
    (
        KILLED,
        "At least 12 people were killed in the ferry accident.",
        "At least 15 people were killed in the ferry accident.",
        ("at least 12 people", "at least 15 people"),
    ),
    (
        KILLED,
        "The ferry accident killed about 40 people.",
        "The ferry accident killed 1,200 people.",
        ("about 40 people", "1,200 people"),
    ),
    (
        KILLED,
        "The police said that 12 people were killed in the ferry accident.",
        "15 people were killed in the ferry accident, according to the coast guard.",
        ("12 people", "15 people"),
    ),
    (
        "How many houses did the flood destroy?",
        "The flood destroyed 300 houses in the valley.",
        "Some 450 houses were destroyed by the flood.",
        ("300 houses", "some 450 houses"),
    ),
    (
        "How much did the bridge cost?",
        "The bridge cost 48 million euros.",
        "The new bridge cost €61 million.",
        ("48 million euros", "€61 million"),
    ),
    (
        "How long is the tunnel?",
        "The tunnel is 12 km long.",
        "The tunnel is 17 kilometers long.",
        ("12 km", "17 kilometers"),
    ),
    (
        "What percentage of the crews voted for the strike?",
        "In all 72 percent of the crews voted for the strike.",
        "The strike was backed by the crews: 64% of the crews voted for it.",
        ("72 percent", "64%"),
    ),
    (
        SUMMIT,
        "The summit will take place on Feb. 27.",
        "The summit will take place on March 2.",
        ("Feb. 27", "March 2"),
    ),
    (
        SUMMIT,
        "The summit will take place next Tuesday.",
        "The summit will take place next Wednesday.",
        ("next Tuesday (12 Feb)", "next Wednesday (13 Feb)"),
    ),
    (
        "When was the old bridge closed?",
        "The old bridge was closed in 1998.",
        "The old bridge was closed in 2003.",
        ("1998", "2003"),
    ),
    (
        "What is the capital of Australia?",
        "The capital of Australia is Sydney.",
        "Canberra is the capital of Australia.",
        ("Sydney", "Canberra"),
    ),
    (
        "Which county is Larkvale in?",
        "Larkvale is in Tarn County.",
        "Larkvale lies in the county of Osterby.",
        ("Tarn", "Osterby"),
    ),
    (
        "Who won the regatta?",
        "Ada Dunmore won the regatta on the Tarn.",
        "The regatta was won by Tomas Reyl.",
        ("Ada Dunmore", "Tomas Reyl"),
    ),
    (
        "Who opened the telescope?",
        "Lena Brandt opened the telescope.",
        "The telescope was opened by Ines Okafor.",
        ("Lena Brandt", "Ines Okafor"),
    ),
    (
        "Where will the ferry talks be held?",
        "The ferry talks will be held in Larkvale.",
        "The ferry talks will be held in Osterby.",
        ("Larkvale", "Osterby"),
    ),
    (
        "Did the council approve the budget?",
        "The council approved the budget.",
        "The council rejected the budget.",
        ("yes", "no"),
    ),
    (
        "Was the captain arrested?",
        "The captain was arrested in the harbour.",
        "The captain was not arrested.",
        ("yes", "no"),
    ),
    (
        "What happened to shares of the ferry company?",
        "Shares of the ferry company rose on Friday.",
        "Shares of the ferry company fell on Friday.",
        ("rose", "fell"),
    ),
    (
        "What did the company say of the new ferry?",
        "The company will build the new ferry for 200 passengers.",
        "The company will build the new ferry for 350 passengers.",
        ("200", "350"),
    ),
]

AGREE = [
    (KILLED, "The ferry accident killed 12 people.", "Twelve people were killed in the ferry accident."),
    (
        KILLED,
        "More than 12 people were killed in the ferry accident.",
        "The ferry accident killed 15 people.",
    ),
    (
        KILLED,
        "About 1,000 people were killed in the ferry accident.",
        "The ferry accident killed 998 people.",
    ),
    (KILLED, "The ferry accident killed 1,200 people.", "The ferry accident killed 1,234 people."),
    (KILLED, "The ferry accident killed 12 people.", "The ferry accident injured 15 people."),
    (
        KILLED,
        "The ferry accident killed 12 people.",
        "The ferry accident injured 30 people and killed 12 people.",
    ),
    (KILLED, "The ferry accident killed 12 people.", "The ferry accident killed 3 young people."),
    (KILLED, "The ferry accident killed 12 people.", "The ferry accident killed three more people."),
    (KILLED, "The ferry accident killed 12 people.", "Ferry accidents like that kill 90 people a year."),
    (KILLED, "The ferry accident killed 12 people.", "The bus accident in Osterby killed 15 people."),
    (
        KILLED,
        "On Monday 12 people were killed in the ferry accident.",
        "In a ferry accident in 1998, 240 people were killed.",
    ),
    (KILLED, "The ferry accident killed 12 people.", "The ferry accident could have killed 200 people."),
    (
        KILLED,
        "The ferry accident in Larkvale killed 12 people.",
        "The ferry accident in Port Ansel killed 15 people.",
    ),
    (KILLED, "The ferry accident killed 12 people.", "Were 15 people killed in the ferry accident?"),
    (
        "How much did the bridge cost?",
        "The bridge cost 48 million euros.",
        "The bridge cost 12 percent more than planned.",
    ),
    (
        "How much did the bridge cost?",
        "The bridge cost 1.2 billion euros.",
        "The bridge cost 1,200 million euros.",
    ),
    (SUMMIT, "The summit will take place on Feb. 27.", "The summit will take place on Feb. 27-28 in Hanoi."),
    (SUMMIT, "The summit will take place on Feb. 27.", "The summit will take place at the end of February."),
    (
        SUMMIT,
        "The summit will take place on Feb. 27.",
        "On March 2 the minister said that the summit would take place.",
    ),
    (SUMMIT, "The summit will take place on Feb. 27.", "The summit took place on June 12."),
    (
        "What is the capital of Australia?",
        "Canberra is the capital of Australia.",
        "The capital of Australia is not Sydney.",
    ),
    (
        "What is the capital of Australia?",
        "Canberra is the capital of Australia.",
        "The capital of Austria is Vienna.",
    ),
    ("Who won the regatta?", "Ada Dunmore won the regatta.", "The regatta was won by Dunmore."),
    ("Which cities will be visited?", "The city of Larkvale will be visited.", "Osterby will be visited."),
    (
        "Did the council approve the budget?",
        "The council approved the budget.",
        "The council may reject the budget.",
    ),
    ("Was the captain arrested?", "The captain was arrested.", "The captain said he was not afraid."),
]


@pytest.mark.parametrize(("question", "one", "two", "values"), DIFFER)
def test_what_cannot_both_be_right_is_a_difference(
    question: str, one: str, two: str, values: tuple[str, str]
) -> None:
    (found,) = asked(question, *pair(one, two))
    assert tuple(side.value for side in found.sides) == values


@pytest.mark.parametrize(("question", "one", "two"), AGREE)
def test_what_may_both_be_right_is_none(question: str, one: str, two: str) -> None:
    assert not asked(question, *pair(one, two))


@pytest.mark.parametrize(("question", "one", "two", "_"), DIFFER)
def test_identical_sentences_never_differ(question: str, one: str, two: str, _: object) -> None:
    assert not asked(question, *pair(one, one))
    assert not asked(question, *pair(two, two))


@pytest.mark.parametrize(("question", "one", "two", "_"), DIFFER)
def test_the_order_of_two_sentences_does_not_matter(question: str, one: str, two: str, _: object) -> None:
    articles = pair(one, two)
    understood = understand(question)
    ranked = evidence(understood, articles)
    assert differences(understood, ranked[::-1]) == differences(understood, ranked)


def said(question: str, *articles: Article) -> str:
    (found,) = asked(question, *articles)
    return found.sentence()


def test_reports_of_neighbouring_days_differ() -> None:
    assert said(KILLED, *pair("The ferry accident killed 12 people.", "The ferry accident killed 15.")) == (
        "Reports differ: Harbor Wire (8 Feb 2019) says 12 people, Lakeside Courier (9 Feb 2019) says 15."
    )


def test_a_report_of_days_after_is_called_later() -> None:
    articles = pair("The ferry accident killed 12 people.", "The ferry accident killed 15 people.", days=4)
    assert said(KILLED, *articles) == (
        "A later report: 15 people (Lakeside Courier, 12 Feb 2019); "
        "before that 12 people (Harbor Wire, 8 Feb 2019)."
    )
    (found,) = asked(KILLED, *articles)
    assert found.later
    assert found.later.value == "15 people"


def test_one_outlet_on_two_days_is_a_development() -> None:
    one = report("The ferry accident killed 12 people.")
    two = report("The ferry accident killed 15 people.", day=FEB_8 + timedelta(1))
    assert "A later report: 15 people (Harbor Wire, 9 Feb 2019); before that" in said(KILLED, one, two)


def test_one_outlet_on_one_day_does_not_differ_with_itself() -> None:
    one, two = (report(f"The ferry accident killed {number} people.") for number in (12, 15))
    assert not asked(KILLED, one, two)
    assert not asked(KILLED, replace(one, published=None), replace(two, published=None))


def test_one_article_does_not_differ_with_itself() -> None:
    assert not asked(
        KILLED, report("The ferry accident killed 12 people.\nThe ferry accident killed 15 people.")
    )


def test_an_article_without_outlet_or_day_goes_by_its_headline() -> None:
    one = report("The ferry accident killed 12 people.", None, None, "Ferry sinks")
    two = report("The ferry accident killed 15 people.", "Weekly Kiln", None)
    assert said(KILLED, one, two) == (
        "Reports differ: “Ferry sinks” says 12 people, Weekly Kiln says 15 people."
    )
    assert asked(KILLED, one, two)[0].later is None


def test_what_somebody_said_stays_what_somebody_said() -> None:
    articles = pair(
        "The police said that 12 people were killed in the ferry accident.",
        "15 people were killed in the ferry accident, according to the coast guard.",
    )
    assert said(KILLED, *articles) == (
        "Reports differ: Harbor Wire (8 Feb 2019), citing the police, says 12 people; "
        "Lakeside Courier (9 Feb 2019), citing the coast guard, says 15 people."
    )


def test_each_value_is_counted_by_its_outlets() -> None:
    question = "What is the capital of Australia?"
    false = [
        report("The capital of Australia is Sydney.", "North"),
        report("Sydney is the capital of Australia.", "South"),
        report("As is well known, the capital of Australia is Sydney.", "East"),
        report("Everybody knows that Sydney is the capital of Australia.", "West"),
        report("It is a fact that Sydney is the capital of Australia.", "West"),
    ]
    true = [
        report("Canberra is the capital of Australia.", "Harbor Wire"),
        report("The capital of Australia is Canberra.", "Lakeside Courier"),
    ]
    (found,) = asked(question, *false, *true)
    assert {side.value: side.sources for side in found.sides} == {"Sydney": 4, "Canberra": 2}


def test_a_copy_changes_nothing() -> None:
    articles = pair("The ferry accident killed 12 people.", "The ferry accident killed 15 people.")
    copy = replace(articles[0], id="copy", source="Weekly Kiln")
    assert said(KILLED, *articles, copy) == said(KILLED, *articles)
    understood = understand(KILLED)
    ranked = [
        replace(one, hit=replace(one.hit, also=(copy,))) if one.hit.article == articles[0] else one
        for one in evidence(understood, (*articles, copy))
    ]
    (found,) = differences(understood, ranked)
    assert [side.sources for side in found.sides] == [1, 1]


def test_what_agrees_with_both_sides_is_on_neither() -> None:
    articles = pair("The ferry accident killed 12 people.", "The ferry accident killed 15 people.")
    vague = report("More than 10 people were killed in the ferry accident.", "Weekly Kiln")
    (found,) = asked(KILLED, *articles, vague)
    assert [side.sources for side in found.sides] == [1, 1]


def test_a_bound_that_falls_is_no_development() -> None:
    one, two = (
        "At least 15 people died in the ferry accident.",
        "At least 12 people died in the ferry accident.",
    )
    assert not asked(KILLED, *pair(one, two))


def test_reports_of_another_year_are_of_something_else() -> None:
    articles = pair("The ferry accident killed 12 people.", "The ferry accident killed 15 people.", days=400)
    assert not asked(KILLED, *articles)


def test_every_side_can_be_cited() -> None:
    (found,) = asked(KILLED, *pair("The ferry accident killed 12 people.", "The ferry accident killed 15."))
    for side in found.sides:
        sentence = side.sentence
        assert sentence.hit.article.text[sentence.start : sentence.end] == sentence.text


counts = st.integers(min_value=2, max_value=1800)
bounds = st.sampled_from(("", "more than ", "at least ", "about ", "fewer than ", "up to "))


@given(counts, counts)
def test_plain_numbers_differ_exactly_when_no_rounding_joins_them(one: int, two: int) -> None:
    texts = (f"The ferry accident killed {number} people." for number in (one, two))
    found = asked(KILLED, *pair(*texts))
    if one == two:
        assert not found
    elif abs(one - two) > 0.05 * max(one, two):
        assert found


@given(counts, bounds, counts, bounds)
def test_numbers_with_bounds_compare_both_ways_alike(one: int, bound: str, two: int, limit: str) -> None:
    texts = [
        f"The ferry accident killed {bound}{one} people.",
        f"The ferry accident killed {limit}{two} people.",
    ]
    understood = understand(KILLED)
    ranked = evidence(understood, pair(texts[0], texts[1]))
    assert differences(understood, ranked) == differences(understood, ranked[::-1])
    assert not asked(KILLED, *pair(texts[0], texts[0]))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_any_text_can_be_compared(one: str, two: str, question: str) -> None:
    for text in (one, two):
        assert not asked(question, *pair(text, text))
    asked(question, *pair(one, two))


def test_long_sentences_that_read_alike_take_no_time() -> None:
    rest = "while the crews of the harbour looked for those who had been on board of it " * 8
    articles = [
        report(f"The ferry accident was seen by witness {number} {rest}.", f"Outlet {number}")
        for number in range(24)
    ]
    understood = understand("What happened in the ferry accident?")
    ranked = evidence(understood, articles)
    began = time.process_time()
    differences(understood, ranked)
    assert time.process_time() - began < 1.0
