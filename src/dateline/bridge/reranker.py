"""Rerankers by name, from any installed LlamaIndex integration."""

from __future__ import annotations

import importlib
import inspect
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf, isfinite, nextafter
from threading import Lock
from typing import TYPE_CHECKING, Any

from dateline.bridge.servers import REMOTE_WHOLE
from dateline.config import Settings
from dateline.errors import RerankerMissing

if TYPE_CHECKING:
    from llama_index.core.postprocessor.types import BaseNodePostprocessor
    from llama_index.core.schema import NodeWithScore

_IN_CORE = {"sentence_transformer": "llama_index.core.postprocessor.sbert_rerank"}
_MODEL = ("model", "model_name", "model_id", "model_id_or_path", "model_name_or_path")
_RETURNED = ("top_n", "top_k")
_MOST = 1000  # texts returned, until a call says how many


def load_reranker(name: str, settings: Settings) -> LlamaReranker:
    """The reranker "INTEGRATION:MODEL" ("flashrank_rerank:ms-marco-MiniLM-L-12-v2").

    "sentence_transformer:MODEL" is LlamaIndex's own. A service's key is read by its integration from its own
    environment variable. Raises RerankerMissing.
    """
    integration, _, model = name.partition(":")
    if not model or not re.fullmatch(r"[a-z0-9_]+", integration):
        raise RerankerMissing(
            f"{name!r} names no reranker; use INTEGRATION:MODEL: flashrank_rerank:ms-marco-MiniLM-L-12-v2"
        )
    try:
        with _root_logger_kept():
            made = _made(integration, model, settings)
    except Exception as error:  # an integration may refuse in any way, and may say keys in doing so
        raise RerankerMissing(f"{name} {_refusal(error, integration)}") from None
    if made is None:
        raise RerankerMissing(
            f"{name}: its package has no reranker that takes a model's name; choose another"
        )
    return LlamaReranker(name, made)


def _made(integration: str, model: str, settings: Settings) -> BaseNodePostprocessor | None:
    kind = _kind(integration)
    return kind(**_arguments(kind, model, settings)) if kind else None


def _kind(integration: str) -> type[BaseNodePostprocessor] | None:
    """The integration's first reranker that is chosen by a model's name."""
    from llama_index.core.postprocessor.types import BaseNodePostprocessor

    module = importlib.import_module(_IN_CORE.get(integration, f"llama_index.postprocessor.{integration}"))
    for exported in getattr(module, "__all__", dir(module)):
        kind = getattr(module, exported)
        if inspect.isclass(kind) and issubclass(kind, BaseNodePostprocessor) and _taken(kind, _MODEL):
            return kind
    return None


def _arguments(kind: type[BaseNodePostprocessor], model: str, settings: Settings) -> dict[str, Any]:
    """What the class is made with; integrations call the same thing by different names, or don't have it."""
    wanted: dict[str, Any] = dict.fromkeys(_MODEL, model) | dict.fromkeys(_RETURNED, _MOST)
    wanted["max_retries"] = 1  # some count attempts, some repeats; ten, as some do, take minutes
    wanted["timeout"] = settings.llm_seconds or REMOTE_WHOLE
    wanted["trust_remote_code"] = False  # else, where true is the default, a model may run a stranger's code
    return {name: wanted[name] for name in _taken(kind, wanted)}


def _taken(kind: type[BaseNodePostprocessor], names: Iterable[str]) -> list[str]:
    """Those of the names that the class's constructor has parameters of."""
    parameters = inspect.signature(kind).parameters
    return [name for name in names if name in parameters]


def _refusal(error: Exception, integration: str) -> str:
    """What is wrong and what to do, from the kind of error alone."""
    module = _missing_module(error)
    if module is None:
        return f"can't be made ({type(error).__name__}); check the model's name, its key and the network"
    if module.startswith("llama_index.postprocessor"):
        package = f"llama-index-postprocessor-{integration.replace('_', '-')}"
        return f"needs the package {package}; install it: pip install {package}"
    return f"needs the Python module {module}, which is not installed; install the package that has it"


def _missing_module(error: BaseException | None) -> str | None:
    """The module that can't be imported, also behind an ImportError in an integration's own words."""
    while isinstance(error, ImportError):
        if isinstance(error, ModuleNotFoundError) and error.name:
            return error.name
        error = error.__cause__ or error.__context__
    return None


@contextmanager
def _root_logger_kept() -> Iterator[None]:
    """Undoes what FlashRank, for one, does when made: the whole process's INFO lines go to standard error."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers


class LlamaReranker:
    """A LlamaIndex postprocessor that scores. Calls take turns: few local models bear two threads at once."""

    def __init__(self, name: str, model: BaseNodePostprocessor) -> None:
        self.name = name
        self._model = model
        self._turn = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, in order; larger is better, and what the model left out is last.

        Raises RerankerMissing when the model fails.
        """
        from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

        if not texts:
            return []
        try:
            nodes = [NodeWithScore(node=TextNode(id_=str(n), text=text)) for n, text in enumerate(texts)]
            with self._turn:
                self._return(len(nodes))
                returned = self._model.postprocess_nodes(nodes, query_bundle=QueryBundle(question))
            return _scores(returned, len(nodes))
        except Exception as error:  # of any client library; its words may hold keys and addresses
            raise RerankerMissing(
                f"{self.name} failed ({type(error).__name__}); "
                "check its key and the network, or search without it"
            ) from None

    def _return(self, texts: int) -> None:
        """Has the model return that many: more than they are given, some services refuse."""
        for field in _RETURNED:
            if field in type(self._model).model_fields:
                setattr(self._model, field, texts)


def _scores(returned: Sequence[NodeWithScore], texts: int) -> list[float]:
    """The scores by place. A model that gives none (RankLLM) has ordered the texts: then the order counts."""
    scores = [float(one.score) for one in returned if one.score is not None]
    if len(scores) < len(returned):
        scores = [-float(rank) for rank in range(len(returned))]
    if not all(map(isfinite, scores)):
        raise ValueError("a score that is no number")
    found = {int(one.node.node_id): score for one, score in zip(returned, scores, strict=True)}
    left_out = nextafter(min(scores, default=0.0), -inf)
    return [found.get(place, left_out) for place in range(texts)]
