from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.index.minilm.windows import CLS, SEP, UNKNOWN, WINDOW, whole, windows

passages = st.lists(st.integers(0, 400).map(lambda length: list(range(1000, 1000 + length))))


@given(passages)
def test_every_passage_lies_whole_and_in_order_in_one_window(passages: list[list[int]]) -> None:
    found = [window.tokens[start:end] for window in windows(passages) for start, end in window.spans]
    assert found == [passage[: WINDOW - 2] or [UNKNOWN] for passage in passages]


@given(passages)
def test_a_window_is_one_pass_of_the_model(passages: list[list[int]]) -> None:
    for window in windows(passages):
        assert len(window.tokens) <= WINDOW
        assert (window.tokens[0], window.tokens[-1]) == (CLS, SEP)
        assert sum(end - start for start, end in window.spans) == len(window.tokens) - 2


@given(passages)
def test_a_new_window_begins_only_where_the_next_passage_does_not_fit(passages: list[list[int]]) -> None:
    made = list(windows(passages))
    for window, following in pairwise(made):
        start, end = following.spans[0]
        assert len(window.tokens) + end - start > WINDOW


def test_a_text_alone_is_cut_and_pooled_with_its_marks() -> None:
    window = whole(list(range(1000, 1300)))
    assert (len(window.tokens), window.spans) == (WINDOW, [(0, WINDOW)])
