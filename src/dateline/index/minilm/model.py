"""all-MiniLM-L6-v2 as an Embedder: one pass over a window of neighbouring passages, one vector for each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np

from dateline.config import Settings
from dateline.index.embedder import Document, Vectors
from dateline.index.minilm.graph import WIDTH, Precision, graph_name, write_graph
from dateline.index.minilm.weights import fetch_weights, folder_of
from dateline.index.minilm.windows import Window, whole, windows


def load(settings: Settings, *, say: Callable[[str], None]) -> MiniLM:
    """The model, ready to embed; fetched and converted first where this machine does not have it yet.

    Raises EmbedderMissing where its weights can't be had.
    """
    folder = folder_of(settings)
    if not all((folder / name).is_file() for name in (graph_name("int8"), "tokenizer.json")):
        write_graph(fetch_weights(settings, say=say), "int8")
    return MiniLM(folder, "int8")


class MiniLM:
    """Vectors of 384 dimensions, computed on all cores. Thread-safe.

    Each window is a run of its own, so a vector depends on its document alone, not on what else is embedded.
    """

    dimensions = WIDTH

    def __init__(self, folder: Path, precision: Precision) -> None:
        """From the graph and tokenizer.json in `folder`."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = f"minilm-{precision}"
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()  # the official file asks for 128 tokens, padded and cut
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # cores share out windows: nothing waits inside an operator
        graph = str(folder / graph_name(precision))
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._threads = ThreadPoolExecutor(_cores(), thread_name_prefix="minilm")

    def embed_documents(self, documents: Sequence[Document]) -> list[Vectors]:
        """One (passages, 384) array per document, in order; every row of unit length.

        A window is as many neighbouring passages as fit; a passage longer than that is cut. A vector is the
        mean of its passage's own token states (late chunking, arXiv:2409.04701).
        """
        tokens = iter(self._tokens([passage for document in documents for passage in document.passages]))
        passes: list[Window] = []
        for document in documents:
            passes += windows(next(tokens) for _ in document.passages)
        rows = iter(self._run(passes))
        return [_stacked(next(rows) for _ in document.passages) for document in documents]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text, in order: the mean of all its token states, cut at 256 tokens."""
        return _stacked(self._run([whole(tokens) for tokens in self._tokens(texts)]))

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        clean = [text.encode(errors="replace").decode() for text in texts]  # half of a surrogate pair
        return [found.ids for found in self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)]

    def _run(self, passes: Sequence[Window]) -> list[Vectors]:
        """One row per passage, in the order of the windows."""
        longest_first = sorted(range(len(passes)), key=lambda i: -len(passes[i].tokens))
        found = self._threads.map(lambda i: self._pass(passes[i]), longest_first)
        vectors = dict(zip(longest_first, found, strict=True))
        return [row for i in range(len(passes)) for row in vectors[i]]

    def _pass(self, window: Window) -> Vectors:
        pooling = np.zeros((len(window.spans), len(window.tokens)), np.float32)
        for row, (start, end) in enumerate(window.spans):
            pooling[row, start:end] = 1 / (end - start)
        inputs = {"tokens": np.array([window.tokens]), "pooling": pooling}
        return cast(Vectors, self._session.run(None, inputs)[0])


def _stacked(rows: Iterable[Vectors]) -> Vectors:
    return np.array(list(rows), np.float32).reshape(-1, WIDTH)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
