from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.archive import Archive
from dateline.measure import Evaluation, Question, compare, comparison_table, evaluate, table
from dateline.measure.questions import Fact
from dateline.measure.scores import score

BRIDGE = Question(
    "1",
    "Who opened the bridge in Larkvale?",
    ("Ines Okafor",),
    answerable=True,
    type="who",
    evidence=(Fact("Mayor Ines Okafor opened the new bridge"),),
)
TYPES = ("who", "when", "a type with a rather long name", "how many")


@pytest.fixture(scope="module")
def evaluation(archive: Archive) -> Evaluation:
    """Four types of one question each, and one without a type; the evidence of half of them was missed."""
    (outcome,) = evaluate(archive, [BRIDGE]).outcomes
    found = [
        replace(
            outcome,
            question=replace(BRIDGE, id=str(number), type=type),
            marks={**outcome.marks, "all_facts@words=1500": (float(number % 2),)},
        )
        for number, type in enumerate((*TYPES, None))
    ]
    return Evaluation(
        {"articles": "7", "embedder": "minilm", "answers": "Quotes only"}, tuple(found), score(found)
    )


def test_the_table_says_what_was_asked_and_has_a_block_for_each_kind(evaluation: Evaluation) -> None:
    blocks = [block.splitlines() for block in table(evaluation).split("\n\n")]
    assert blocks[0][0] == "5 questions · 7 articles · minilm · Quotes only"
    assert [block[0].split("  ")[0] for block in blocks[1:]] == [
        "retrieval",
        "answers",
        "per type",
        "per type",
    ]
    assert "  all_facts@words=1500     0.400     0.000 – 0.800      5" in blocks[1]


def test_a_row_or_block_without_marks_is_left_out(evaluation: Evaluation) -> None:
    shown = table(evaluation)
    assert "choice_accuracy" not in shown
    assert "refusal" not in shown


@pytest.mark.parametrize("width", [80, 100])
def test_the_table_keeps_to_its_width_and_is_aligned(width: int, evaluation: Evaluation) -> None:
    for block in table(evaluation, width=width).split("\n\n")[1:]:
        (length,) = {len(line) for line in block.splitlines()}
        assert length <= width


def test_types_that_do_not_fit_beside_each_other_stand_below(evaluation: Evaluation) -> None:
    heads = [line for line in table(evaluation).splitlines() if line.startswith("per type")]
    assert [head.split()[2:] for head in heads] == [
        ["who", "when", "a", "type", "with", "a…"],
        ["how", "many"],
    ]
    assert "0.00 0.00–0.00  1.00 1.00–1.00  0.00 0.00–0.00" in table(evaluation)


def test_a_single_type_is_not_told_twice(evaluation: Evaluation) -> None:
    alone = evaluation.outcomes[:1]
    assert "per type" not in table(replace(evaluation, outcomes=alone, scores=score(alone)))


def test_failures_of_the_model_are_told(evaluation: Evaluation) -> None:
    scores = replace(evaluation.scores, degraded={"timeout": 2, "server_error": 1})
    told = "3 answers are quotes, since the model failed: timeout 2, server_error 1"
    assert told in table(replace(evaluation, scores=scores)).splitlines()


def test_a_comparison_shows_what_differs_and_marks_what_is_clear(evaluation: Evaluation) -> None:
    this = evaluation.run
    every = {question: {**marks, "all_facts@words=1500": (1.0,)} for question, marks in this.marks.items()}
    other = replace(this, settings={**this.settings, "embedder": "none"}, marks=every)
    lines = comparison_table(compare(this, other), "words.json").splitlines()
    assert lines[:2] == ["this run and another, words.json", "  questions: 5 in both, 0 in only one"]
    assert "  embedder: this minilm, other none" in lines
    assert "  all_facts@words=1500    1.000 0.400  -0.600* -1.000 – -0.200      0     3    2" in lines
    assert "  answer_contains         1.000 1.000  +0.000  +0.000 – +0.000      0     0    5" in lines
    assert all(len(line) <= 80 for line in lines)
