"""Names and settings → the language model and the embedder that are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.answer import LanguageModel
from dateline.config import Settings
from dateline.index import Embedder, Tell

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MINILM = "minilm"


def language_model(llm: str | LLM | None, settings: Settings) -> LanguageModel | None:
    """The model of that name, a LlamaIndex LLM wrapped, or what the settings say. Raises ModelError."""
    if llm is None and not (settings.llm or settings.llm_key):
        return None  # without a model, none of the machinery for models is imported
    from dateline.bridge.llm import load_llm, wrap

    return load_llm(llm, settings) if llm is None or isinstance(llm, str) else wrap(llm)


def embedder(spec: str | Embedder, settings: Settings, tell: Tell) -> Embedder:
    """The embedder of that name: "minilm", or "INTEGRATION:MODEL" of LlamaIndex. Raises EmbedderMissing."""
    if not isinstance(spec, str):
        return spec
    if spec.startswith(MINILM):
        from dateline.index.minilm import load

        return load(settings, say=lambda line: tell(line, 0, None))
    from dateline.bridge.embedder import load_embedder

    return load_embedder(spec, settings)
