"""Names and settings → the index, the language model, the embedder and the reranker that are meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dateline.answer import LanguageModel
from dateline.config import Settings
from dateline.index import Embedder, IndexFolder, Source
from dateline.search import Reranker
from dateline.types import Tell

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from dateline.index.store import Address

MINILM = "minilm"


def source(folder: Path, store: str | None, settings: Settings, tell: Tell) -> Source:
    """What is read: the store at that address, or the index folder where none is named ("none").

    Raises IndexMissing, IndexMismatch, IndexDamaged, StoreAway; ValueError for an address that is none.
    """
    place = address(store, settings)
    if place is None:
        return IndexFolder(folder)
    from dateline.index.store import StoreReader

    return StoreReader(place, settings.cache, tell)


def address(store: str | None, settings: Settings) -> Address | None:
    """The store that is meant; None for none, also by name. Raises ValueError."""
    if store is None or store == "none":
        return None
    from dateline.index.store import address as of

    return of(store, settings)


def language_model(llm: str | LLM | None, settings: Settings, tell: Tell) -> LanguageModel | None:
    """The model of that name, a LlamaIndex LLM wrapped, or what the settings say. Raises ModelError."""
    if llm is None and not (settings.llm or settings.llm_key):
        return None  # without a model, none of the machinery for models is imported
    from dateline.bridge.llm import load_llm, wrap

    return load_llm(llm, settings, tell) if llm is None or isinstance(llm, str) else wrap(llm, settings)


def embedder(spec: str | Embedder, settings: Settings, tell: Tell) -> Embedder:
    """The embedder of that name: "minilm", or "INTEGRATION:MODEL" of LlamaIndex. Raises EmbedderMissing."""
    if not isinstance(spec, str):
        return spec
    if spec.startswith(MINILM):
        from dateline.index.minilm import load

        return load(settings, say=lambda line: tell(line, 0, None))
    from dateline.bridge.embedder import load_embedder

    return load_embedder(spec, settings)


def reranker(spec: str | Reranker | None, settings: Settings) -> Reranker | None:
    """The reranker of that name, "INTEGRATION:MODEL" of LlamaIndex, or what the settings say; mostly none.

    Raises RerankerMissing.
    """
    spec = spec or settings.reranker
    if not isinstance(spec, str):
        return spec
    if spec == "none":
        return None
    from dateline.bridge.reranker import load_reranker

    return load_reranker(spec, settings)


def silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody follows."""
