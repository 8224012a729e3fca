"""all-MiniLM-L6-v2 as an Embedder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from pathlib import Path

import numpy as np

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.embedder import Document, Vectors
from dateline.index.minilm.graph import WIDTH, Precision, graph_name, write_graph
from dateline.index.minilm.weights import fetch_weights, folder_of

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
        except Exception:  # both libraries raise bare ones; the files are all that they are given
            raise EmbedderMissing(f"the embedding model in {folder} is damaged") from None
        self._tokenizer.no_padding()  # the official file pads
        self._tokenizer.enable_truncation(LONGEST)
        self._threads = ThreadPoolExecutor(_cores(), thread_name_prefix="minilm")

    def embed_documents(self, documents: Sequence[Document]) -> list[Vectors]:
        """One (passages, 384) array per document, in order; every row of unit length.

        A passage is embedded without its headline and by itself: both ways of showing the model more of the
        article, the headline in front or one pass over several passages, were slower and found no more.
        """
        passages = [document.passages for document in documents]
        rows = self.embed_queries(list(chain.from_iterable(passages)))
        ends = np.cumsum([0, *map(len, passages)])
        return [rows[start:end] for start, end in pairwise(ends)]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text, in order: the mean of its token states, cut at 256 tokens."""
        clean = [text.encode(errors="replace").decode() for text in texts]  # half of a surrogate pair
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(clean)]
        vectors = np.empty((len(texts), WIDTH), np.float32)

        def embed(row: int) -> None:
            vectors[row] = self._session.run(None, {"tokens": np.array([tokens[row]])})[0]

        longest_first = sorted(range(len(tokens)), key=lambda row: -len(tokens[row]))
        for _ in self._threads.map(embed, longest_first):  # raises what a run raised
            pass
        return vectors


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
