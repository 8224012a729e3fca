from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.measure.intervals import around_difference, around_mean, mean, tally

share = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1))
one_mark = st.tuples(share)
some_marks = st.lists(share, min_size=1, max_size=4).map(tuple)
perhaps_marks = st.lists(share, max_size=3).map(tuple)


@given(st.lists(some_marks, min_size=1, max_size=40))
def test_an_interval_lies_between_its_extremes_and_holds_the_mean(marks: list[tuple[float, ...]]) -> None:
    found = around_mean(tally(marks))
    said = [mark for each in marks for mark in each]
    assert min(said) - 1e-9 <= found.low <= mean(tally(marks)) + 1e-9
    assert mean(tally(marks)) - 1e-9 <= found.high <= max(said) + 1e-9


@given(share, st.integers(1, 50))
def test_a_constant_score_has_an_interval_without_width(mark: float, n: int) -> None:
    found = around_mean(tally([(mark,)] * n))
    assert found.low == found.high == pytest.approx(mark)


@given(st.lists(one_mark, min_size=2, max_size=20).filter(lambda marks: max(marks)[0] - min(marks)[0] > 0.01))
def test_more_questions_of_the_kind_narrow_the_interval(marks: list[tuple[float]]) -> None:
    few, many = around_mean(tally(marks)), around_mean(tally(marks * 16))
    assert 0 < many.high - many.low < few.high - few.low


@given(st.lists(some_marks, min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_the_questions_is_of_no_matter(marks: list[tuple[float, ...]], random: Random) -> None:
    shuffled = list(marks)
    random.shuffle(shuffled)
    assert around_mean(tally(shuffled)) == around_mean(tally(marks))


def test_it_is_what_drawing_question_by_question_gives() -> None:
    """Questions with several marks are drawn whole: the quotes of one answer stand or fall together."""
    generator = np.random.default_rng(1)
    marks = [tuple(generator.integers(0, 2, size=generator.integers(1, 6)).astype(float)) for _ in range(60)]
    means = [
        np.concatenate([marks[drawn] for drawn in generator.integers(len(marks), size=len(marks))]).mean()
        for _ in range(4000)
    ]
    found = around_mean(tally(marks))
    assert [found.low, found.high] == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.01)


def test_it_holds_the_true_value_about_95_times_in_a_hundred() -> None:
    generator = np.random.default_rng(2)
    samples = (generator.random(size=(80, 1)) < 0.6 for _ in range(400))
    intervals = [around_mean(tally(sample.astype(float).tolist())) for sample in samples]
    assert 0.91 <= np.mean([one.low <= 0.6 <= one.high for one in intervals]) <= 0.98


@given(
    st.lists(perhaps_marks, min_size=1, max_size=30).filter(any),
)
def test_a_run_does_not_differ_from_itself(marks: list[tuple[float, ...]]) -> None:
    found = around_difference(tally(marks), tally(marks))
    assert (found.low, found.high) == (0, 0)


@given(st.lists(st.tuples(one_mark, one_mark), min_size=1, max_size=30))
def test_the_interval_of_a_difference_holds_it(pairs: list[tuple[tuple[float], tuple[float]]]) -> None:
    these, those = (tally([pair[side] for pair in pairs]) for side in (0, 1))
    found = around_difference(these, those)
    assert -1 <= found.low <= mean(these) - mean(those) + 1e-9
    assert mean(these) - mean(those) - 1e-9 <= found.high <= 1


def test_pairing_sees_a_small_gain_that_two_intervals_hide() -> None:
    """Every second question is hard in both runs; the gain is the same everywhere."""
    before = [(0.1,), (0.9,)] * 30
    after = [(mark + 0.05,) for (mark,) in before]
    alone = around_mean(tally(before)), around_mean(tally(after))
    assert alone[0].high > alone[1].low
    found = around_difference(tally(after), tally(before))
    assert [found.low, found.high] == pytest.approx([0.05, 0.05])


def test_a_resample_without_marks_in_one_run_is_left_out() -> None:
    found = around_difference(tally([(1.0,), ()]), tally([(0.0,), (0.0,)]))
    assert (found.low, found.high) == (1, 1)
