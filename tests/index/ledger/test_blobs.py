from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dateline.index.embedder import Vectors
from dateline.index.ledger.blobs import (
    pack_sentences,
    pack_spans,
    pack_vector,
    sentences_of,
    spans_of,
    vector_of,
)
from dateline.index.sentences import Span

WIDTH = 384  # of the vectors below: rounding hides in as many components as a real vector has

spans = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)))
seeds = st.integers(0, 2**32 - 1)


def units(seed: int, rows: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(rows, WIDTH)).astype(np.float32)
    lengths: Vectors = np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn / lengths


@given(spans, st.integers(0, 2**31 - 20_000))
def test_spans_come_back_wherever_their_passage_begins(places: list[Span], start: int) -> None:
    moved = [(first + start, end + start) for first, end in places]
    assert spans_of(pack_spans(moved, start), start) == moved
    assert spans_of(pack_spans(moved, start), 0) == places


@given(seeds)
def test_a_passages_vector_keeps_its_numbers_to_half_precision(seed: int) -> None:
    (vector,) = units(seed, 1)
    assert np.allclose(vector_of(pack_vector(vector)), vector, rtol=1e-3, atol=1e-6)


@given(seeds, st.integers(1, 20))
def test_a_sentences_vector_keeps_its_direction_in_int8(seed: int, count: int) -> None:
    rows = units(seed, count)
    found = sentences_of(pack_sentences(rows), count)
    assert found.dtype == np.float32
    assert ((found * rows).sum(axis=1) > 0.999).all()


@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 5), st.integers(1, 8)), elements=st.floats(-1, 1, width=32)
    )
)
def test_a_sentences_vector_comes_back_with_unit_length_or_as_zeros(rows: Vectors) -> None:
    lengths = np.linalg.norm(sentences_of(pack_sentences(rows), len(rows)), axis=1)
    nothing = np.abs(rows).max(axis=1) < 1e-15  # half a step of the least that is told from nothing
    something = np.abs(rows).max(axis=1) > 1e-12
    assert (lengths[nothing] == 0).all()
    assert np.allclose(lengths[something], 1, atol=1e-5)


def test_a_sentence_costs_a_byte_for_each_of_its_components() -> None:
    assert len(pack_sentences(units(1, 3))) == 3 * WIDTH
    assert len(pack_vector(units(1, 1)[0])) == 2 * WIDTH
