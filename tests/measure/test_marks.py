"""Hand-made hits and answers whose every mark can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.measure import Question, marks
from dateline.measure.questions import Fact
from dateline.types import Answer, Article, Citation, Coverage, Filters

ARTICLE = Article("a1", "Hanoi named", "They will meet in Hanoi on Feb. 27. Nobody else is invited.")


def question(
    *,
    facts: tuple[str, ...] = (),
    answers: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    answerable: bool = True,
) -> Question:
    evidence = tuple(Fact(fact) for fact in facts)
    return Question("q", "Where?", answers, answerable, choices=choices, evidence=evidence)


def answer(text: str, *quoted: tuple[int, int], answered: bool = True) -> Answer:
    citations = tuple(
        Citation(number, ARTICLE, ARTICLE.text[start:end], start, end)
        for number, (start, end) in enumerate(quoted, 1)
    )
    return Answer(
        "Where?", answered, "extractive", text, (), citations, Filters(), Coverage(1, None, None, 1)
    )


def words(count: int, said: str = "") -> str:
    """A text of that many words, which says something."""
    return " ".join([*said.split(), *["filler"] * (count - len(said.split()))])


def test_facts_count_inside_the_budget_of_words() -> None:
    asked = question(facts=("in Hanoi", "on Feb. 27", "nobody else"))
    texts = [words(400, "meet in Hanoi"), words(300, "it is on Feb. 27"), words(900, "and nobody else")]
    found = dict(marks.retrieval(asked, texts))
    assert found["fact_recall@words=700"] == pytest.approx(2 / 3)  # 400 + 300: the second just fits
    assert found["all_facts@words=700"] == 0
    assert found["fact_recall@words=1500"] == pytest.approx(2 / 3)  # the third ends at 1,600
    texts[2] = words(800, "and nobody else")
    assert dict(marks.retrieval(asked, texts))["all_facts@words=1500"] == 1


def test_a_passage_that_does_not_fit_ends_the_budget() -> None:
    texts = [words(600), words(200, "in Hanoi"), words(50, "in Hanoi")]
    assert dict(marks.retrieval(question(facts=("in Hanoi",)), texts))["all_facts@words=700"] == 0


@pytest.mark.parametrize(
    ("rank", "at_4", "at_10", "reciprocal"),
    [(1, 1, 1, 1), (4, 1, 1, 1 / 4), (5, 0, 1, 1 / 5), (10, 0, 1, 1 / 10), (11, 0, 0, 0), (None, 0, 0, 0)],
)
def test_a_question_is_hit_at_the_first_text_that_holds_any_fact(
    rank: int | None, at_4: float, at_10: float, reciprocal: float
) -> None:
    texts = ["Hanoi it is" if number == rank else "filler" for number in range(1, 13)]
    found = dict(marks.retrieval(question(facts=("Hanoi", "Danang")), texts))
    assert (found["hits@4"], found["hits@10"], found["mrr@10"]) == (at_4, at_10, reciprocal)


def test_an_answer_is_hit_in_the_first_texts() -> None:
    found = dict(marks.retrieval(question(answers=("Hanoi",)), ["filler", "HANOI!"]))
    assert found == {"answer_hit@1": 0, "answer_hit@5": 1, "answer_hit@10": 1}


def test_evidence_and_ranking_are_marked_each_by_itself() -> None:
    asked = question(facts=("in Hanoi",), answers=("Hanoi",))
    found = dict(marks.facts(asked, [words(699, "it is in Hanoi")], 700))
    assert found == {"fact_recall@words=700": 1, "all_facts@words=700": 1}
    assert dict(marks.ranking(asked, ["elsewhere"])) == dict.fromkeys(
        ("hits@4", "hits@10", "mrr@10", "answer_hit@1", "answer_hit@5", "answer_hit@10"), 0
    )


def test_evidence_beyond_its_budget_is_not_counted() -> None:
    """Whatever the search gives: the first words are those that count."""
    found = dict(marks.facts(question(facts=("in Hanoi",)), [words(699), "it is in Hanoi"], 700))
    assert found == {"fact_recall@words=700": 0, "all_facts@words=700": 0}


def test_marks_are_gathered_by_name_in_order() -> None:
    given = [("quote_exact", 1.0), ("answer_f1", 0.5), ("quote_exact", 0.0)]
    assert marks.by_name(given) == {"quote_exact": (1.0, 0.0), "answer_f1": (0.5,)}


def test_nothing_found_is_nought_and_nothing_known_is_no_mark() -> None:
    found = dict(marks.retrieval(question(facts=("Hanoi",), answers=("Hanoi",)), []))
    assert set(found) == set(marks.RETRIEVAL)
    assert set(found.values()) == {0}
    assert [*marks.retrieval(question(), ["Hanoi"])] == []


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (["Hanoi", "Danang", "Danang"], 1),  # 1 against 1/2 + 1/3
        (["Danang", "Hanoi", "Hanoi", "Hanoi"], 1),  # 1/2 + 1/3 + 1/4 against 1
        (["Danang", "Hanoi"], 0),
        (["Hanoi and Danang"], 0),  # a draw chooses nothing
        (["nothing of the kind"], 0),
        (["filler"] * 10 + ["Hanoi"], 0),  # the first ten vote
    ],
)
def test_the_texts_vote_for_the_choices_they_hold(texts: list[str], right: float) -> None:
    asked = question(answers=("Hanoi",), choices=("Hanoi", "Danang", "Hue"))
    assert dict(marks.choice(asked, marks.voted(asked.choices, texts))) == {"choice_accuracy": right}


def test_without_choices_there_is_no_mark_of_one() -> None:
    assert not [*marks.choice(question(answers=("Hanoi",)), "Hanoi")]


def test_an_answer_is_marked_by_its_words_and_by_its_quotes() -> None:
    asked = question(answers=("Feb. 27",))
    quoted = dict(marks.answers(asked, answer("In Hanoi on Feb. 27 [1]", (0, 35))))
    # in, hanoi, on, feb, 27: both words of the answer are among five: 2 * 2 / (5 + 2)
    assert quoted == {"answer_contains": 1, "answer_exact": 0, "answer_f1": pytest.approx(4 / 7)}
    beside = dict(marks.answers(asked, answer("Feb 27 [1]", (36, 59))))
    assert beside == {"answer_contains": 0, "answer_exact": 1, "answer_f1": 1}


def test_the_short_answer_is_marked_where_there_is_one() -> None:
    given = replace(answer("Hanoi [1]\nHarbor Wire: “They will meet in Hanoi.” [1]"), short="Hanoi")
    found = dict(marks.answers(question(answers=("hanoi",)), given))
    assert (found["answer_exact"], found["answer_f1"]) == (1, 1)


def test_declining_an_answerable_question_has_no_exact_answer_even_with_its_words() -> None:
    found = dict(marks.answers(question(answers=("Hanoi",)), answer("Hanoi", answered=False)))
    assert found == {"answer_exact": 0, "answer_f1": 0}


@pytest.mark.parametrize(
    ("answerable", "answered", "expected"),
    [
        (True, True, {}),
        (True, False, {"refusal_precision": 0}),
        (False, True, {"refusal_recall": 0}),
        (False, False, {"refusal_precision": 1, "refusal_recall": 1}),
    ],
)
def test_refusal_is_marked_where_it_happened_and_where_it_was_due(
    *, answerable: bool, answered: bool, expected: dict[str, float]
) -> None:
    found = marks.refusal(question(answerable=answerable), answer("Hanoi", answered=answered))
    assert dict(found) == expected


@given(
    st.lists(st.text(alphabet="ab ", max_size=6), max_size=30), st.lists(st.sampled_from("ab"), min_size=1)
)
def test_more_room_never_finds_less(texts: list[str], facts: list[str]) -> None:
    found = dict(marks.retrieval(question(facts=tuple(facts), answers=tuple(facts)), texts))
    for family in (
        ["all_facts@words=700", "fact_recall@words=700", "fact_recall@words=1500"],
        ["mrr@10", "hits@10"],
        ["hits@4", "hits@10"],
        ["answer_hit@1", "answer_hit@5", "answer_hit@10"],
    ):
        assert all(found[less] <= found[more] for less, more in pairwise(family))
