from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.measure import Question, Run, compare
from dateline.measure.marks import GROUPS

NAMES = [name for names in GROUPS.values() for name in names]
shares = st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=1, max_size=3).map(tuple)
all_marks = st.lists(st.dictionaries(st.sampled_from(NAMES), shares), min_size=1, max_size=12)


def run(*marks: Mapping[str, tuple[float, ...]], settings: Mapping[str, str] | None = None) -> Run:
    """A run whose questions are numbered."""
    return Run(settings or {}, {Question(str(n), "Who?", (), True): each for n, each in enumerate(marks)})


@given(all_marks)
def test_a_run_compared_with_itself_differs_nowhere(marks: list[Mapping[str, tuple[float, ...]]]) -> None:
    for name, found in compare(run(*marks), run(*marks)).differences.items():
        marked = sum(name in each for each in marks)
        assert (found is None) == (marked == 0)
        if found:
            assert (found.value, found.interval.low, found.interval.high) == (0, 0, 0)
            assert (found.better, found.worse, found.same) == (0, 0, marked)
            assert not found.clear


@given(all_marks, all_marks)
def test_wins_of_one_are_losses_of_the_other(
    these: list[Mapping[str, tuple[float, ...]]], those: list[Mapping[str, tuple[float, ...]]]
) -> None:
    there, back = compare(run(*these), run(*those)), compare(run(*those), run(*these))
    assert there.questions == back.questions == min(len(these), len(those))
    assert there.left_out == back.left_out == abs(len(these) - len(those))
    for name in NAMES:
        one, other = there.differences[name], back.differences[name]
        assert (one is None) == (other is None)
        if one and other:
            assert one.value == -other.value
            assert (one.better, one.worse, one.same) == (other.worse, other.better, other.same)


def test_a_gain_on_most_questions_is_clear() -> None:
    before = [{"hits@4": (0.0,)}] * 8 + [{"hits@4": (1.0,)}] * 2
    after = [{"hits@4": (1.0,)}] * 9 + [{"hits@4": (0.0,)}]
    found = compare(run(*after), run(*before)).differences["hits@4"]
    assert found
    assert [found.this, found.other, found.value] == pytest.approx([0.9, 0.2, 0.7])
    assert (found.better, found.worse, found.same) == (8, 1, 1)
    assert 0 < found.interval.low < 0.7 < found.interval.high <= 1
    assert found.clear


def test_one_question_more_is_not_clear() -> None:
    before = [{"hits@4": (0.0,)}] * 5 + [{"hits@4": (1.0,)}] * 5
    after = [{"hits@4": (0.0,)}] * 4 + [{"hits@4": (1.0,)}] * 6
    found = compare(run(*after), run(*before)).differences["hits@4"]
    assert found
    assert found.interval.low == 0
    assert not found.clear


def test_declining_more_or_less_is_a_part_of_what_is_compared() -> None:
    """One declines two, one of them rightly; the other only the right one: .5 against 1."""
    this = run({"refusal_precision": (1.0,)}, {"refusal_precision": (0.0,)})
    other = run({"refusal_precision": (1.0,)}, {})
    found = compare(this, other).differences["refusal_precision"]
    assert found
    assert (found.this, found.other) == (0.5, 1)
    assert (found.better, found.worse, found.same) == (0, 0, 1)


def test_only_the_questions_of_both_are_compared() -> None:
    this = run({"hits@4": (1.0,)})
    other = run({"hits@4": (1.0,)}, {"hits@4": (0.0,)})
    found = compare(this, other)
    assert (found.questions, found.left_out) == (1, 1)
    assert found.differences["hits@4"]
    assert found.differences["hits@4"].other == 1


def test_the_settings_that_differ_are_told() -> None:
    this = run({}, settings={"embedder": "minilm-int8", "index": "a", "reranker": "x"})
    other = run({}, settings={"embedder": "none", "index": "a"})
    differing = {"embedder": ("minilm-int8", "none"), "reranker": ("x", "none")}
    assert compare(this, other).settings == differing


def test_a_comparison_is_json() -> None:
    found = compare(run({"hits@4": (1.0,)}), run({"hits@4": (0.0,)}))
    told = json.loads(json.dumps(found.to_dict()))
    assert told["scores"]["hits@4"] == {
        "this": 1,
        "other": 0,
        "difference": 1,
        "low": 1,
        "high": 1,
        "excludes_0": True,
        "better": 1,
        "worse": 0,
        "same": 0,
    }
    assert told["scores"]["hits@10"] is None
