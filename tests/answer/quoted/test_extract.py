from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.answer import quote
from dateline.answer.draft import Draft, compose
from dateline.answer.quoted.extract import NO_SIDE
from dateline.answer.quoted.selection import MOST_SENTENCES
from dateline.index.sentences import sentences
from dateline.index.words import terms
from dateline.search import Sentence, understand
from dateline.search.sentences import lead
from dateline.text import Parser
from dateline.types import Article
from newsroom import hit, parser_here


def article(text: str, id: str = "a") -> Article:
    return Article(id, f"About {id}", text, published=date(2019, 2, 8), source="Harbor Wire")


def ranked(*scored: tuple[Article, str, float]) -> list[Sentence]:
    """Sentences of articles, each given by how it begins, with a score."""
    found = []
    for owner, begin, score in scored:
        start, end = next(span for span in sentences(owner.text) if owner.text.startswith(begin, span[0]))
        text = owner.text[start:end]
        found.append(
            Sentence(
                hit(owner), lead(owner.text, start, end), start, end, text, score, frozenset(terms(text)), {}
            )
        )
    return found


def answered(
    question: str,
    sentences: Sequence[Sentence],
    parser: Callable[[], Parser | None] = parser_here,
) -> tuple[Draft, list[str]]:
    asked = understand(question)
    share = 1 / max(1, len(asked.terms))
    held = [replace(one, holds={t: share for t in asked.terms if t in one.stems}) for one in sentences]
    draft = quote(asked, held, parser)
    assert draft.text == compose(draft.claims, between="\n")
    quoted = draft.claims[1:] if draft.short else draft.claims
    assert [claim.citations for claim in quoted] == [(n,) for n in range(1, len(quoted) + 1)]
    assert [citation.number for citation in draft.citations] == list(range(1, len(quoted) + 1))
    if draft.short:
        assert draft.claims[0].text.startswith(draft.short)
        assert draft.claims[0].citations == (1,)
        assert draft.short in draft.citations[0].quote
    return draft, [citation.quote for citation in draft.citations]


SUMMIT = article("The summit will be on Feb. 27. It will be held in Hanoi. The weather is fine.")


def test_a_sentence_is_quoted_with_its_outlet_and_day() -> None:
    draft, _ = answered("What is fine?", ranked((SUMMIT, "The weather", 1.0)))
    assert draft.text == "Harbor Wire, 8 Feb 2019: “The weather is fine.” [1]"
    assert draft.claims[0].support == "supported"


def test_an_article_without_outlet_or_day_is_named_by_its_headline() -> None:
    draft, _ = answered("What?", ranked((Article("a", "A tale", "It rained."), "It", 1.0)))
    assert draft.text == "“A tale”, undated: “It rained.” [1]"


def test_a_sentence_that_begins_with_a_pronoun_brings_the_one_before() -> None:
    _, quotes = answered("Where will it be held?", ranked((SUMMIT, "It will", 1.0)))
    assert quotes == ["The summit will be on Feb. 27. It will be held in Hanoi."]


@pytest.mark.parametrize(
    "begin", ["“They left,” she said.", "It’s over.", "There was rain.", '"He left," she said.']
)
def test_a_pronoun_is_known_behind_quotation_marks_and_before_an_apostrophe(begin: str) -> None:
    said = article(f"The two envoys met. {begin}")
    _, quotes = answered("Who left?", ranked((said, begin, 1.0)))
    assert quotes == [said.text]


@pytest.mark.parametrize(
    "text", ["It rained.", "The envoys met.\nIt rained.", "The envoys met.\n\nIt rained."]
)
def test_a_pronoun_brings_nothing_over_the_edge_of_a_paragraph(text: str) -> None:
    _, quotes = answered("What was the weather?", ranked((article(text), "It", 1.0)))
    assert quotes == ["It rained."]


@pytest.mark.parametrize("first", [1.0, 0.9])
def test_no_sentence_is_quoted_twice(first: float) -> None:
    """Whether the sentence that leans on another is better than that, or worse."""
    both = ranked((SUMMIT, "The summit", first), (SUMMIT, "It will", 0.95))
    _, quotes = answered("When and where is the summit held?", sorted(both, key=lambda one: -one.score))
    assert "".join(quotes).count("Feb. 27") == 1
    assert "".join(quotes).count("Hanoi") == 1


def test_when_and_where_are_both_answered() -> None:
    when, where = (
        article("They meet on Feb. 27.", "when"),
        article("The leaders chose to meet in Hanoi.", "where"),
    )
    _, quotes = answered(
        "When and where do they meet?", ranked((when, "They", 1.0), (where, "The leaders", 0.75))
    )
    assert quotes == ["They meet on Feb. 27.", "The leaders chose to meet in Hanoi."]


def test_a_weaker_sentence_that_adds_nothing_is_left_out() -> None:
    more = article("Everyone will meet then.", "b")
    _, quotes = answered(
        "When do they meet?", ranked((article("They meet on Feb. 27."), "They", 1.0), (more, "Every", 0.75))
    )
    assert quotes == ["They meet on Feb. 27."]


def test_a_sentence_that_is_as_good_is_quoted_too() -> None:
    more = article("Everyone will come together then.", "b")
    _, quotes = answered(
        "When do they meet?", ranked((article("They meet on Feb. 27."), "They", 1.0), (more, "Every", 0.9))
    )
    assert len(quotes) == 2


def test_a_sentence_far_below_the_best_is_off_the_point() -> None:
    where = article("The leaders chose to meet in Hanoi.", "where")
    _, quotes = answered("When and where?", ranked((SUMMIT, "The summit", 1.0), (where, "The leaders", 0.69)))
    assert len(quotes) == 1


def test_a_near_copy_is_not_repeated() -> None:
    one = article("The second summit of the two leaders will be held in Hanoi on Feb. 27.", "one")
    other = article("The second summit of the two leaders will be held in Hanoi on Feb. 27 and 28.", "other")
    _, quotes = answered(
        "Where is the summit?", ranked((one, "The second", 1.0), (other, "The second", 0.99))
    )
    assert quotes == [one.text]


def test_at_most_three_sentences_are_quoted() -> None:
    words = ["Bridges rose.", "Ferries stopped.", "Loaves baked.", "Rivers flooded.", "Mirrors shone."]
    many = [(article(text, text), text, 1.0) for text in words]
    _, quotes = answered("What happened?", ranked(*many))
    assert quotes == words[:MOST_SENTENCES]


def test_a_quotation_that_opens_with_its_own_marks_gets_no_others() -> None:
    said = article("“We are in no rush,” said Ada Dunmore.")
    draft, _ = answered("What did Ada say?", ranked((said, "“We", 1.0)))
    assert draft.text == "Harbor Wire, 8 Feb 2019: “We are in no rush,” said Ada Dunmore. [1]"


def test_the_short_answer_stands_before_its_quote() -> None:
    draft, _ = answered("Where will the summit be held?", ranked((SUMMIT, "It will", 1.0)))
    assert draft.short == "Hanoi"
    assert draft.text == (
        "Hanoi [1]\nHarbor Wire, 8 Feb 2019: “The summit will be on Feb. 27. It will be held in Hanoi.” [1]"
    )


def test_an_opinion_is_named_as_one() -> None:
    column = replace(article("The weather is fine."), kind="opinion")
    draft, _ = answered("What is fine?", ranked((column, "The weather", 1.0)))
    assert draft.text == "Harbor Wire, opinion, 8 Feb 2019: “The weather is fine.” [1]"


def test_after_the_best_sentence_its_article_goes_on_in_its_order() -> None:
    one = article("Rivers flooded. Bridges rose. Loaves baked.", "one")
    other = article("Ferries stopped.", "other")
    found = ranked((one, "Bridges", 1.0), (other, "Ferries", 0.95), (one, "Rivers", 0.9))
    _, quotes = answered("What happened?", found)
    assert quotes == ["Bridges rose.", "Rivers flooded.", "Ferries stopped."]


def test_the_sentence_with_the_reason_leads_where_why_is_asked() -> None:
    one = article("The crews stopped work at dawn. Nobody sailed because their pay had not risen.")
    found = ranked((one, "The crews", 1.0), (one, "Nobody", 0.9))
    assert answered("When did the crews stop?", found)[1][0] == "The crews stopped work at dawn."
    assert (
        answered("Why did the crews stop?", found)[1][0] == "Nobody sailed because their pay had not risen."
    )


def test_the_sentence_that_says_who_somebody_is_leads_where_that_is_asked() -> None:
    one = article("Ines Okafor spoke at dawn. Ines Okafor is the mayor of Larkvale.")
    found = ranked((one, "Ines Okafor spoke", 1.0), (one, "Ines Okafor is", 0.9))
    draft, quotes = answered("Who is Ines Okafor?", found)
    assert quotes[0] == "Ines Okafor is the mayor of Larkvale."
    assert draft.short is None


def test_what_speaks_for_and_against_is_shown_and_nothing_guessed() -> None:
    yes = article("Mayor Okafor opened the bridge on Monday.", "yes")
    no = article("Mayor Okafor did not open the bridge, her office said.", "no")
    draft, _ = answered("Did Mayor Okafor open the bridge?", ranked((no, "Mayor", 1.0), (yes, "Mayor", 0.9)))
    assert [claim.text.split(":")[0] for claim in draft.claims] == ["For", "Against"]
    assert draft.short is None
    assert draft.notices == ()


def test_that_one_side_alone_was_found_is_said() -> None:
    yes = article("Mayor Okafor opened the bridge on Monday.", "yes")
    draft, _ = answered("Did Mayor Okafor open the bridge?", ranked((yes, "Mayor", 1.0)))
    assert draft.text == "For: Harbor Wire, 8 Feb 2019: “Mayor Okafor opened the bridge on Monday.” [1]"
    assert draft.notices == (
        "The articles that were found speak for it; none was found that speaks against it.",
    )


def test_that_neither_side_was_found_is_said() -> None:
    draft, _ = answered("Did Mayor Okafor open the bridge?", ranked((SUMMIT, "The weather", 1.0)))
    assert draft.text == "Harbor Wire, 8 Feb 2019: “The weather is fine.” [1]"
    assert draft.notices == (NO_SIDE,)


def test_somebodys_own_words_come_before_those_of_others_about_them() -> None:
    text = "Residents accused mayor Brel of a lie. Brel rejected the accusation in two words."
    found = ranked((article(text), "Residents", 1.2), (article(text), "Brel", 0.9))
    _, quotes = answered("What did mayor Brel say?", found)
    assert quotes == ["Brel rejected the accusation in two words."]


def test_behind_somebodys_words_stands_whose_they_are() -> None:
    text = "“All erred,” captain Jo Lind said on Monday.\n\n“We lost because we played badly,” she added."
    _, quotes = answered("Why did the team lose?", ranked((article(text), "“We lost", 1.0)))
    assert quotes == [
        "“We lost because we played badly,” she added.",
        "“All erred,” captain Jo Lind said on Monday.",
    ]


def test_of_two_counts_the_later_one_leads() -> None:
    first = article("The attack in Larkvale killed 49 people.", "first")
    then = article("The attack in Larkvale killed 50 people.", "then")
    then = replace(then, published=date(2019, 2, 10))
    draft, _ = answered(
        "How many people were killed in Larkvale?", ranked((first, "The", 1.0), (then, "The", 0.9))
    )
    assert draft.short == "50"


def test_a_day_of_the_week_is_given_as_the_day_it_was() -> None:
    opened = article("The bridge in Larkvale was opened on Monday.")
    draft, _ = answered("When was the bridge in Larkvale opened?", ranked((opened, "The bridge", 1.0)))
    assert draft.short == "Monday"
    assert draft.text.startswith("Monday (4 February 2019) [1]")


def test_without_a_parser_no_quote_is_on_a_side() -> None:
    yes = article("Mayor Okafor opened the bridge on Monday.", "yes")
    found = ranked((yes, "Mayor", 1.0))
    draft, _ = answered("Did Mayor Okafor open the bridge?", found, lambda: None)
    assert draft.text == "Harbor Wire, 8 Feb 2019: “Mayor Okafor opened the bridge on Monday.” [1]"
    assert draft.notices == ()


def test_of_several_things_each_article_gives_one_in_the_order_of_days() -> None:
    first = replace(article("Councillor Roth asked for free parking.", "one"), published=date(2019, 1, 9))
    then = replace(article("Councillor Roth gave up free parking.", "two"), published=date(2019, 2, 13))
    found = ranked((then, "Councillor", 1.0), (first, "Councillor", 0.6))
    _, quotes = answered("How did Roth’s position on parking change?", found)
    assert quotes == ["Councillor Roth asked for free parking.", "Councillor Roth gave up free parking."]


TEXT = st.lists(
    st.sampled_from(["He left. ", "They met in Hanoi. ", "\n", "“It is so,” she said. ", "é. "]), min_size=1
)


@settings(deadline=None)  # the first call loads what stems
@given(TEXT.map("".join).filter(str.strip), st.data())
def test_every_quote_stands_in_its_article(text: str, data: st.DataObject) -> None:
    """The Citation itself refuses any other."""
    owner = article(text)
    spans = list(sentences(text))
    found = [
        Sentence(
            hit(owner),
            lead(text, start, end),
            start,
            end,
            text[start:end],
            data.draw(st.floats(0.1, 1)),
            frozenset(terms(text[start:end])),
            {},
        )
        for start, end in spans
    ]
    draft, quotes = answered("Who met where?", sorted(found, key=lambda one: -one.score))
    assert 1 <= len(quotes) <= MOST_SENTENCES
    taken = sorted((citation.start, citation.end) for citation in draft.citations)
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))


def test_the_first_sentence_has_the_place_that_is_asked_for() -> None:
    planned = article("Reyl will hold a second fair with Brandt.", "planned")
    placed = article("The second fair of Reyl will be held in Larkvale.", "placed")
    _, quotes = answered(
        "Where will Reyl hold the second fair?", ranked((planned, "Reyl", 3.0), (placed, "The second", 2.7))
    )
    assert quotes[0] == placed.text


def test_what_is_about_other_names_or_is_no_sentence_is_not_quoted_too() -> None:
    bridge = article("Okafor opened the bridge.", "bridge")
    other = article("Brandt opened the ferry line.", "other")
    teaser = article("OPENINGS: what Okafor opened this year", "teaser")
    _, quotes = answered(
        "What did Okafor open?",
        ranked((bridge, "Okafor", 1.0), (other, "Brandt", 0.95), (teaser, "OP", 0.95)),
    )
    assert quotes == [bridge.text]


def test_what_died_is_what_was_killed() -> None:
    wounded = article("The storm in Larkvale wounded 12 people.", "wounded")
    killed = article("The storm in Larkvale killed 49 people.", "killed")
    draft, _ = answered(
        "How many people died in Larkvale?", ranked((wounded, "The storm", 2.05), (killed, "The storm", 2.0))
    )
    assert draft.short == "49"


def on(day: date, text: str) -> Article:
    return replace(article(text, id=day.isoformat()), published=day)


PLANNED = on(date(2019, 1, 18), "The second summit will be held near the end of February in Asia.")
SET = on(date(2019, 2, 8), "The second summit will be held on Feb. 27 and 28 in Hanoi.")
OVER = on(date(2019, 3, 1), "The second summit was a failure and the leaders left early.")
NEXT = on(date(2019, 4, 13), "A third summit may be held in Rome on May 5.")


@pytest.mark.parametrize(
    "question", ["When will the second summit be held?", "Where will the second summit be held?"]
)
def test_where_a_question_looks_ahead_the_latest_report_that_has_the_answer_leads(question: str) -> None:
    told = ranked((PLANNED, "The", 1.0), (SET, "The", 0.95), (OVER, "The", 0.9), (NEXT, "A third", 0.95))
    _, quoted = answered(question, told)
    assert quoted[0] == SET.text


def test_of_two_years_that_of_the_question_leads_though_the_other_has_more_of_its_words() -> None:
    final = on(date(2018, 7, 15), "France beat Croatia and are champions of the world.")
    title = on(date(2019, 7, 7), "The Americans have won four World Cups.")
    told = ranked((title, "The Americans", 1.0), (final, "France", 0.75))
    assert answered("Who won the 2018 World Cup?", told)[1] == [final.text]
    assert answered("Who won the World Cup?", told)[1][0] == title.text


def test_a_further_quote_is_of_the_same_one() -> None:
    _, quoted = answered(
        "When will the second summit be held?", ranked((SET, "The", 1.0), (NEXT, "A third", 1.0))
    )
    assert quoted == [SET.text]


def test_of_a_place_and_a_day_the_sentence_with_both_leads() -> None:
    day = article("The summit opens on Monday, the ministry said. The summit opens in Rome on May 5.")
    _, quoted = answered(
        "When and where does the summit open?",
        ranked((day, "The summit opens on", 1.0), (day, "The summit opens in", 0.9)),
    )
    assert quoted[0] == "The summit opens in Rome on May 5."


def test_a_place_that_has_a_name_of_the_question_is_none() -> None:
    owner = article(
        "The second meeting of Donald Trump was over. The second meeting of the two was in Hanoi."
    )
    draft, _ = answered(
        "Where was the second meeting of Trump?",
        ranked((owner, "The second meeting of Donald", 1.0), (owner, "The second meeting of the", 0.95)),
    )
    assert draft.short != "Donald Trump"


def test_a_sentence_about_another_name_does_not_lead_for_its_place() -> None:
    pair = article("Ada Brandt and Ines Okafor held their first talks at a school on Russky Island.")
    other = article("Ines Okafor and Paul Lane met in Singapore in June.", id="other")
    _, quoted = answered(
        "Where did Ada Brandt and Ines Okafor meet?", ranked((pair, "Ada", 1.0), (other, "Ines", 0.9))
    )
    assert quoted[0] == pair.text
