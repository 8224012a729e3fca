"""Settings: read from the environment once, frozen, and passed on by hand.

This is the only module that reads environment variables.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

LlmStyle = Literal["auto", "small", "large"]
OLLAMA = "http://127.0.0.1:11434"
MODEL_HUB = "https://huggingface.co"
PARSER_RELEASES = "https://github.com/explosion/spacy-models/releases/download"
FEWEST_CONTEXT_TOKENS = 1_024  # the rules of an answer, one passage and the reply need about as many


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. The defaults need no key and no network once the embedding model is cached."""

    index: Path = Path("index")  # DATELINE_INDEX
    cache: Path = Path("~/.cache/dateline")  # DATELINE_CACHE; models live here
    model_hub: str = MODEL_HUB  # DATELINE_MODEL_HUB
    parser_releases: str = PARSER_RELEASES  # DATELINE_PARSER_RELEASES
    store: str | None = (
        None  # DATELINE_STORE: "http://host:8000", a Chroma server; of commands that name none
    )
    store_token: str | None = field(
        default=None, repr=False
    )  # DATELINE_STORE_TOKEN; what Chroma Cloud asks for
    store_tenant: str = "default_tenant"  # DATELINE_STORE_TENANT
    store_database: str = "default_database"  # DATELINE_STORE_DATABASE
    embedder: str = "minilm"  # DATELINE_EMBEDDER
    second_opinion: bool = False  # DATELINE_SECOND_OPINION=1: the language model reads its own claims again
    reranker: str | None = None  # DATELINE_RERANKER: "flashrank_rerank:ms-marco-MiniLM-L-12-v2", "none"
    llm: str | None = None  # DATELINE_LLM: "local", "ollama:NAME", "openai:NAME@http://host:8080/v1", "none"
    llm_key: str | None = None  # OPENAI_API_KEY
    llm_url: str | None = None  # OPENAI_BASE_URL
    ollama: str = OLLAMA  # OLLAMA_HOST, which Ollama reads too
    llm_style: LlmStyle = "auto"  # DATELINE_LLM_STYLE; how the model is spoken to
    llm_first_word_seconds: float | None = None  # DATELINE_LLM_FIRST_WORD_SECONDS; by where its server is
    llm_seconds: float | None = None  # DATELINE_LLM_SECONDS; the same
    llm_context_tokens: int = 8_192  # DATELINE_LLM_CONTEXT_TOKENS; where a model's own limit is not known

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of `environment` (this process's, where none is given).

        Raises ValueError where a number is expected and is not there.
        """
        from platformdirs import user_cache_path

        given = os.environ if environment is None else environment

        def text(name: str) -> str | None:
            return given.get(name, "").strip() or None

        def switch(name: str) -> bool:
            value = text(name) or "0"
            if value not in ("0", "1"):
                raise ValueError(f"{name}: {value!r} is neither 0 nor 1; set it to 1, or not at all")
            return value == "1"

        def style(name: str) -> LlmStyle:
            value = text(name) or "auto"
            for known in get_args(LlmStyle):
                if value == known:
                    return known  # type: ignore[no-any-return]  # get_args is not typed
            raise ValueError(f"{name}: {value!r} is neither auto nor small nor large; set it to one of these")

        def seconds(name: str, example: float) -> float | None:
            value = text(name)
            if value is None:
                return None
            try:
                number = float(value)
            except ValueError:
                number = 0.0
            if not 0 < number < float("inf"):
                raise ValueError(
                    f"{name}: {value!r} is not a number of seconds; set it to one, such as {example:g}"
                )
            return number

        def tokens(name: str, otherwise: int) -> int:
            value = text(name)
            if value is not None and not (value.isdecimal() and int(value) >= FEWEST_CONTEXT_TOKENS):
                raise ValueError(
                    f"{name}: {value!r} is not a number of tokens, {FEWEST_CONTEXT_TOKENS} or more; "
                    f"set it to one, such as {otherwise}"
                )
            return int(value) if value else otherwise

        default = cls()
        return cls(
            index=Path(text("DATELINE_INDEX") or default.index),
            cache=Path(text("DATELINE_CACHE") or user_cache_path("dateline")).expanduser(),
            model_hub=text("DATELINE_MODEL_HUB") or default.model_hub,
            parser_releases=text("DATELINE_PARSER_RELEASES") or default.parser_releases,
            store=text("DATELINE_STORE"),
            store_token=text("DATELINE_STORE_TOKEN"),
            store_tenant=text("DATELINE_STORE_TENANT") or default.store_tenant,
            store_database=text("DATELINE_STORE_DATABASE") or default.store_database,
            embedder=text("DATELINE_EMBEDDER") or default.embedder,
            second_opinion=switch("DATELINE_SECOND_OPINION"),
            reranker=text("DATELINE_RERANKER"),
            llm=text("DATELINE_LLM"),
            llm_key=text("OPENAI_API_KEY"),
            llm_url=text("OPENAI_BASE_URL"),
            ollama=_ollama(text("OLLAMA_HOST")),
            llm_style=style("DATELINE_LLM_STYLE"),
            llm_first_word_seconds=seconds("DATELINE_LLM_FIRST_WORD_SECONDS", 10),
            llm_seconds=seconds("DATELINE_LLM_SECONDS", 60),
            llm_context_tokens=tokens("DATELINE_LLM_CONTEXT_TOKENS", default.llm_context_tokens),
        )


def _ollama(host: str | None) -> str:
    """The address that Ollama's own setting means: a host, a port or both, with or without a scheme."""
    if host is None:
        return OLLAMA
    scheme, _, place = host.rpartition("://")
    name, _, port = place.rstrip("/").rpartition(":") if re.search(r":\d+/?$", place) else (place, "", "")
    name = name.rstrip("/") or "127.0.0.1"
    name = "127.0.0.1" if name == "0.0.0.0" else name  # where it listens; asked at this machine
    usual = {"http": "80", "https": "443"}.get(scheme, "11434")
    return f"{scheme or 'http'}://{name}:{port or usual}"
