"""Vectors and spans as bytes of the ledger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.index.embedder import Vectors
from dateline.index.sentences import Span

_PASSAGE = np.dtype("<f2")  # half the bytes; far below the error of the int8 model
_SENTENCE = np.dtype("i1")  # there are three for each passage; ranks the same sentences
_STEPS = 127  # the last of them is a vector's largest component
_SPANS = np.dtype("<i4")


def pack_vector(vector: Vectors) -> bytes:
    """The bytes of one passage's vector."""
    return vector.astype(_PASSAGE).tobytes()


def vector_of(blob: bytes) -> Vectors:
    """The vector in these bytes."""
    return np.frombuffer(blob, _PASSAGE).astype(np.float32)


def pack_sentences(vectors: Vectors) -> bytes:
    """The bytes of the vectors of a passage's sentences, one row each."""
    largest: Vectors = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), np.float32(1e-12))
    steps: NDArray[np.int8] = np.rint(vectors / largest * _STEPS).astype(_SENTENCE)
    return steps.tobytes()


def sentences_of(blob: bytes, count: int) -> Vectors:
    """So many rows of unit length."""
    rows = np.frombuffer(blob, _SENTENCE).reshape(count, -1).astype(np.float32)
    lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1))
    return rows / lengths


def pack_spans(spans: Sequence[Span], start: int) -> bytes:
    """The bytes of spans, each counted from `start`."""
    pairs = [(first - start, end - start) for first, end in spans]
    return np.array(pairs, _SPANS).tobytes()


def spans_of(blob: bytes, start: int) -> list[Span]:
    """The spans in these bytes, counted from where `start` is counted from."""
    return [(first, end) for first, end in (np.frombuffer(blob, _SPANS).reshape(-1, 2) + start).tolist()]
