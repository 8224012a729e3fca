from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.archive import Archive
from dateline.measure import Question, evaluate, told, worst
from dateline.measure.outcome import Outcome
from dateline.measure.questions import Fact

QUESTION = Question(
    "bridge",
    "Who opened the bridge in Larkvale, what did it cost, and how many people walked across it?",
    ("Ines Okafor", "48 million euros"),
    answerable=True,
    type="three things",
    as_of=date(2019, 6, 1),
    evidence=(
        Fact("Mayor Ines Okafor opened the new bridge"),
        Fact(
            "It fell into the Tarn a week later, to nobody's surprise, said everybody who had seen it built."
        ),
    ),
)


@pytest.fixture(scope="module")
def outcome(archive: Archive) -> Outcome:
    (found,) = evaluate(archive, [QUESTION]).outcomes
    return found


def named(outcome: Outcome, name: str, **marks: float) -> Outcome:
    given = {label: (mark,) for label, mark in marks.items()}
    return replace(outcome, question=replace(outcome.question, id=name), marks=given)


def test_search_answer_choice_and_refusal_count_alike(outcome: Outcome) -> None:
    marks = {"answer_exact": 0.0, "answer_f1": 0.5, "choice_accuracy": 0.0, "refusal_recall": 1.0}
    found = named(outcome, "a", **marks, quote_exact=1)
    assert found.standing == pytest.approx((0.5 + 0 + 1) / 3)
    found = replace(found, marks={**found.marks, "mrr@10": (0.1,), "hits@10": (1.0,)})
    assert found.standing == pytest.approx((0.55 + 0.5 + 0 + 1) / 4)
    assert named(outcome, "quotes alone", quote_exact=1).standing is None


def test_a_quoted_answer_need_not_be_word_for_word(outcome: Outcome) -> None:
    assert named(outcome, "a", answer_contains=1, answer_exact=0, answer_f1=0.1).standing == 1


def test_the_worst_come_first_and_the_perfect_not_at_all(outcome: Outcome) -> None:
    outcomes = [
        named(outcome, "perfect", answer_exact=1),
        named(outcome, "half", answer_exact=0, refusal_recall=1),
        named(outcome, "wrong", answer_exact=0),
        named(outcome, "wrong in two ways", answer_exact=0, answer_f1=0),
        named(outcome, "unmarked"),
    ]
    assert ids(worst(outcomes, 9)) == ["wrong in two ways", "wrong", "half"]
    assert ids(worst(outcomes, 1)) == ["wrong in two ways"]


def test_it_is_told_what_was_missed_and_what_was_found(outcome: Outcome) -> None:
    lines = told([outcome]).splitlines()
    assert lines[0] == "bridge · three things · 2019-06-01"
    assert "  wanted    Ines Okafor | 48 million euros" in lines
    missed = lines.index("  missed    not in the first 100 hits")
    assert lines[missed + 1].strip().startswith("It fell into the Tarn")
    assert lines[missed + 3].startswith(
        "  found     1 Harbor Wire · 2019-02-04 · Larkvale opens its new bridge"
    )
    assert any(line.startswith("  answered  ") for line in lines)
    assert "fact_recall@words=700\N{NO-BREAK SPACE}0.5" in told([outcome], width=100)
    assert "Ines Okafor opened" not in "".join(lines[missed : missed + 3])


def test_a_refusal_is_told_with_its_reason(archive: Archive) -> None:
    asked = Question("q", "Who won the chess championship of Quito?", ("Lena Brandt",), answerable=True)
    lines = told(evaluate(archive, [asked]).outcomes)
    assert "  declined  The archive does not answer this." in lines


def test_what_should_have_been_declined_is_told(outcome: Outcome) -> None:
    answered = replace(outcome, question=replace(QUESTION, answers=(), answerable=False))
    assert "  wanted    to be declined" in told([answered])


@pytest.mark.parametrize("width", [10, 40, 80, 100])
def test_no_line_is_longer_than_the_width(width: int, outcome: Outcome) -> None:
    assert max(map(len, told([outcome, outcome], width=width).splitlines())) <= max(width, 40)


def ids(outcomes: list[Outcome]) -> list[str]:
    return [outcome.question.id for outcome in outcomes]
