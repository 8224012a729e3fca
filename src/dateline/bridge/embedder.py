"""Embedding models by name, from any installed LlamaIndex integration."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.embedder import Document, Embedded, Vectors

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding


def load_embedder(name: str, settings: Settings) -> LlamaEmbedder:
    """The embedder "INTEGRATION:MODEL" ("openai:text-embedding-3-small"). Raises EmbedderMissing."""
    integration, _, model = name.partition(":")
    if not model:
        raise EmbedderMissing(
            f"{name!r} names no embedder; use minilm, or INTEGRATION:MODEL: openai:text-embedding-3-small"
        )
    try:
        module = importlib.import_module(f"llama_index.embeddings.{integration}")
    except ImportError:
        package = f"llama-index-embeddings-{integration.replace('_', '-')}"
        raise EmbedderMissing(
            f"{name} needs the package {package}; install it: pip install {package}"
        ) from None
    if integration == "openai" and not settings.llm_key:
        raise EmbedderMissing(f"{name} needs a key; set OPENAI_API_KEY")
    return LlamaEmbedder(name, _made(module, name, model, settings))


def _made(module: object, name: str, model: str, settings: Settings) -> BaseEmbedding:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    exported = [getattr(module, one) for one in getattr(module, "__all__", dir(module))]
    classes = [one for one in exported if inspect.isclass(one) and issubclass(one, BaseEmbedding)]
    if not classes:
        raise EmbedderMissing(f"{name}: its package exports no embedding model; choose another")
    arguments: dict[str, Any] = {"model_name": model}
    if name.startswith("openai:"):
        arguments = {"model": "text-embedding-3-small", "model_name": model, "api_key": settings.llm_key}
        arguments |= {"api_base": settings.llm_url} if settings.llm_url else {}
        arguments["max_retries"] = 1  # by the client; the integration's own, on top of it, would take minutes
    try:
        made: BaseEmbedding = classes[0](**arguments)
    except Exception as error:  # an integration may refuse in any way, and may say keys in doing so
        raise EmbedderMissing(
            f"{name} can't be made ({type(error).__name__}); check the model's name and its settings"
        ) from None
    return made


class LlamaEmbedder:
    """A LlamaIndex embedding model. A passage is embedded with its headline and day in front."""

    def __init__(self, name: str, model: BaseEmbedding) -> None:
        self.name = name
        self._model = model

    @cached_property
    def dimensions(self) -> int:
        """Length of a vector, asked of the model once."""
        return int(self.embed_queries(["news"]).shape[1])

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        """The vectors of each document's passages. Raises EmbedderMissing when the model fails."""
        texts = [f"{_heading(document)}\n{text}" for document in documents for text in document.passages]
        rows = self._called(texts) if texts else np.empty((0, 0), np.float32)
        ends = np.cumsum([0, *(len(document.passages) for document in documents)])
        return [Embedded(rows[start:end], None) for start, end in pairwise(ends)]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row per text. Raises EmbedderMissing when the model fails."""
        return self._called(texts, queries=True)

    def _called(self, texts: Sequence[str], *, queries: bool = False) -> Vectors:
        try:
            if queries:
                found = [self._model.get_query_embedding(text) for text in texts]
            else:
                found = self._model.get_text_embedding_batch(list(texts))
        except Exception as error:  # of any client library; its words may hold keys and addresses
            raise EmbedderMissing(f"{self.name} failed ({type(error).__name__}); try again later") from None
        rows = np.asarray(found, np.float32)
        lengths: Vectors = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        return rows / lengths


def _heading(document: Document) -> str:
    day = document.published
    return f"{document.headline} ({day.isoformat()})" if day else document.headline
