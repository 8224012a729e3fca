"""all-MiniLM-L6-v2 as an Embedder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.embedder import Document, Embedded, Reading, Vectors
from dateline.index.minilm.graph import WIDTH, Precision, graph_name, write_graph
from dateline.index.minilm.weights import fetch_weights, folder_of
from dateline.index.sentences import Span

LONGEST = 256  # tokens, [CLS] and [SEP] among them: the model's own maximum


def load(settings: Settings, *, say: Callable[[str], None]) -> MiniLM:
    """The model, ready to embed; fetched and converted first where this machine does not have it yet.

    Raises EmbedderMissing where its weights can't be had.
    """
    folder = folder_of(settings)
    if not all((folder / name).is_file() for name in (graph_name("int8"), "tokenizer.json")):
        write_graph(fetch_weights(settings, say=say), "int8")
    try:
        return MiniLM(folder, "int8")
    except EmbedderMissing as damaged:
        say(f"{damaged}: made again")
        write_graph(fetch_weights(settings, say=say), "int8")
        return MiniLM(folder, "int8")


class MiniLM:
    """Vectors of 384 dimensions, computed on all cores. Thread-safe.

    Each text is a run of its own: its vector is the same whatever else is embedded with it.
    """

    dimensions = WIDTH

    def __init__(self, folder: Path, precision: Precision) -> None:
        """From the graph and the tokenizer.json in `folder`. Raises EmbedderMissing where one is damaged."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = f"minilm-{precision}"
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # cores share out texts: none waits for another inside an operator
        graph = str(folder / graph_name(precision))
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            self._vector, self._states = (output.name for output in self._session.get_outputs())
        except Exception:  # both libraries raise bare ones; the files are all that they are given
            raise EmbedderMissing(f"the embedding model in {folder} is damaged") from None
        self._tokenizer.no_padding()  # the official file pads
        self._tokenizer.enable_truncation(LONGEST)
        self._threads = ThreadPoolExecutor(_cores(), thread_name_prefix="minilm")

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        """The vectors of each document, in order; every row of unit length.

        A passage is embedded without its headline and by itself: both ways of showing the model more of the
        article, the headline in front or one pass over several passages, were slower and found no more. A
        sentence's vector is the mean of its token states in that pass: it costs nothing more, and finds as
        much as one of the sentence by itself.
        """
        texts = [text for document in documents for text in document.passages]
        spans = [spans for document in documents for spans in document.sentences]
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        vectors = np.empty((len(texts), WIDTH), np.float32)
        sentences = [np.empty(0, np.float32)] * len(texts)

        def embed(row: int) -> None:
            vectors[row], states = self._run([self._vector, self._states], encodings[row].ids)
            begins = np.array([begin for begin, _ in encodings[row].offsets[1:-1]])
            sentences[row] = _means(states[0], begins, spans[row])

        self._each(embed, [len(encoding) for encoding in encodings])
        ends = np.cumsum([0, *(len(document.passages) for document in documents)])
        return [Embedded(vectors[a:b], tuple(sentences[a:b])) for a, b in pairwise(ends)]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text, in order: the mean of its token states, cut at 256 tokens."""
        encodings = self._tokenizer.encode_batch_fast([_clean(text) for text in texts])
        vectors = np.empty((len(texts), WIDTH), np.float32)

        def embed(row: int) -> None:
            (vectors[row],) = self._run([self._vector], encodings[row].ids)

        self._each(embed, [len(encoding) for encoding in encodings])
        return vectors

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Of each text, in order, its tokens within the first 256: where they begin, and their states."""
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        states = [np.empty(0, np.float32)] * len(texts)

        def embed(row: int) -> None:
            (whole,) = self._run([self._states], encodings[row].ids)
            states[row] = whole[0, 1:-1] / np.linalg.norm(whole[0, 1:-1], axis=1, keepdims=True)

        self._each(embed, [len(encoding) for encoding in encodings])
        return [
            Reading(np.array([begin for begin, _ in encoding.offsets[1:-1]], np.int64), each)
            for encoding, each in zip(encodings, states, strict=True)
        ]

    def _run(self, outputs: Sequence[str], tokens: Sequence[int]) -> list[Vectors]:
        found: list[Vectors] = self._session.run(outputs, {"tokens": np.array([tokens])})
        return found

    def _each(self, embed: Callable[[int], None], lengths: Sequence[int]) -> None:
        """Embeds every row, the longest first, so that no core is left with it in the end."""
        for _ in self._threads.map(embed, sorted(range(len(lengths)), key=lambda row: -lengths[row])):
            pass  # a run that raised raises here


def _clean(text: str) -> str:
    return text.encode(errors="replace").decode()  # without half of a surrogate pair


def _means(states: Vectors, begins: NDArray[np.int64], spans: Sequence[Span]) -> Vectors:
    """One unit-length row per span: the mean of the states of the tokens that begin in it.

    `states` has a row for [CLS], for each token and for [SEP]. A span beyond the last token that the model
    reads has the mean of all.
    """
    sums = np.vstack([np.zeros_like(states[:1]), np.cumsum(states, axis=0)])
    rows = np.empty((len(spans), states.shape[1]), np.float32)
    for number, (start, end) in enumerate(spans):
        first, last = 1 + np.searchsorted(begins, [start, end])
        rows[number] = sums[last] - sums[first] if last > first else sums[-1]
    lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
    return rows / lengths


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
