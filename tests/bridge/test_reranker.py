from __future__ import annotations

import logging
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.bridge.pydantic import Field, create_model
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from dateline.bridge.reranker import LlamaReranker, load_reranker
from dateline.config import Settings
from dateline.errors import RerankerMissing
from dateline.search.reranker import Reranker

SECRET = "sk-very-secret"
NAME = "newsdesk_rerank:small"
QUESTION = "Which river rose?"
TEXTS = ["A bridge is open.", "The river rose.", "A river.", "Snow fell."]


def shared_words(question: str, text: str) -> int:
    return len({*question.strip("?").lower().split()} & {*text.strip(".").lower().split()})


class WordRerank(BaseNodePostprocessor):
    """Scores by the words that question and text share. Its default returns too few."""

    model: str
    top_n: int = 2

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        assert query_bundle is not None
        for one in nodes:
            one.score = shared_words(query_bundle.query_str, one.text)
        return sorted(nodes, key=lambda one: -(one.score or 0))[: self.top_n]


class Returning(BaseNodePostprocessor):
    """Returns these nodes, whatever it is given."""

    nodes: list[NodeWithScore]

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        return self.nodes


class Failing(WordRerank):
    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        raise RuntimeError(f"401 from https://ranks.example\nkey {SECRET}")


def node(place: int | str, score: float | None) -> NodeWithScore:
    return NodeWithScore(node=TextNode(id_=str(place), text="any"), score=score)


def returning(*nodes: NodeWithScore) -> LlamaReranker:
    return LlamaReranker(NAME, Returning(nodes=list(nodes)))


def install(patch: pytest.MonkeyPatch, *classes: type) -> None:
    """The integration llama_index.postprocessor.newsdesk_rerank, exporting what an integration does."""
    module = ModuleType("llama_index.postprocessor.newsdesk_rerank")
    for one in classes:
        setattr(module, one.__name__, one)
    patch.setitem(sys.modules, module.__name__, module)


def test_every_text_has_its_score_in_the_order_given(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, BaseNodePostprocessor, WordRerank)
    reranker: Reranker = load_reranker(NAME, Settings())
    assert reranker.name == NAME
    assert reranker.scores(QUESTION, TEXTS) == [0, 2, 1, 0]
    assert reranker.scores(QUESTION, TEXTS[1:]) == [2, 1, 0]


def test_no_texts_ask_nothing() -> None:
    assert LlamaReranker(NAME, Failing(model="small")).scores(QUESTION, []) == []


@given(st.dictionaries(st.integers(0, 9), st.floats(-1e6, 1e6, width=32)), st.randoms())
def test_texts_left_out_come_last_in_the_order_given(kept: dict[int, float], random: Random) -> None:
    nodes = [node(place, score) for place, score in kept.items()]
    random.shuffle(nodes)
    scores = returning(*nodes).scores(QUESTION, ["any"] * 10)
    assert {place: scores[place] for place in kept} == kept
    left_out = [place for place in range(10) if place not in kept]
    order = sorted(range(10), key=lambda place: -scores[place])
    assert order[len(kept) :] == left_out
    assert all(isinstance(score, float) for score in scores)


def test_an_order_without_scores_counts_as_it_stands() -> None:
    scores = returning(node(2, None), node(0, None)).scores(QUESTION, TEXTS)
    assert sorted(range(4), key=lambda place: -scores[place]) == [2, 0, 1, 3]


@pytest.mark.parametrize("returned", [node(0, float("nan")), node(0, float("inf")), node("another", 1.0)])
def test_what_is_no_score_of_these_texts_is_a_failure(returned: NodeWithScore) -> None:
    with pytest.raises(RerankerMissing, match=r"newsdesk_rerank:small failed \(ValueError\)"):
        returning(returned).scores(QUESTION, TEXTS)


@pytest.mark.parametrize("parameter", ["model", "model_name", "model_id", "model_id_or_path"])
@pytest.mark.parametrize("returned", ["top_n", "top_k"])
def test_what_integrations_call_by_different_names_is_filled(
    parameter: str, returned: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    class Base(BaseNodePostprocessor):
        def _postprocess_nodes(
            self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
        ) -> list[NodeWithScore]:
            seen.append(self)
            return []

    fields: dict[str, Any] = {
        parameter: (str, Field()),
        returned: (int, Field()),
        "max_retries": (int, 10),
        "timeout": (float, 600.0),
        "trust_remote_code": (bool, True),
    }
    install(monkeypatch, create_model("Named", __base__=Base, **fields))
    load_reranker("newsdesk_rerank:a/b:c", Settings(llm_seconds=7)).scores(QUESTION, TEXTS)
    made = seen[0].model_dump()
    assert (made[parameter], made[returned]) == ("a/b:c", len(TEXTS))
    assert (made["max_retries"], made["timeout"], made["trust_remote_code"]) == (1, 7.0, False)


def test_a_model_of_its_own_constructor_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    class Constructed(WordRerank):
        def __init__(self, model_name: str, api_key: str | None = None) -> None:
            super().__init__(model=model_name)

    install(monkeypatch, Constructed)
    assert load_reranker(NAME, Settings()).scores(QUESTION, TEXTS) == [0, 2, 1, 0]


def test_a_failure_is_one_line_and_tells_no_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    install(monkeypatch, Failing)
    with pytest.raises(RerankerMissing) as failed:
        load_reranker(NAME, Settings()).scores(QUESTION, TEXTS)
    assert str(failed.value) == (
        "newsdesk_rerank:small failed (RuntimeError); check its key and the network, or search without it"
    )
    assert failed.value.__suppress_context__
    assert SECRET not in caplog.text + "".join(capsys.readouterr())


def test_a_refusal_is_one_line_and_tells_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(WordRerank):
        def __init__(self, model: str) -> None:
            raise KeyError(f"no key like\n{SECRET}")

    install(monkeypatch, Refusing)
    with pytest.raises(RerankerMissing) as failed:
        load_reranker(NAME, Settings())
    assert str(failed.value) == (
        "newsdesk_rerank:small can't be made (KeyError); check the model's name, its key and the network"
    )
    assert failed.value.__suppress_context__


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("flashrank_rerank", "names no reranker; use INTEGRATION:MODEL"),
        ("flashrank_rerank:", "names no reranker"),
        ("../rerank:small", "names no reranker"),
        ("", "names no reranker"),
        (
            "nothing_of_the_kind:small",
            "nothing_of_the_kind:small needs the package llama-index-postprocessor-nothing-of-the-kind; "
            "install it: pip install llama-index-postprocessor-nothing-of-the-kind",
        ),
    ],
)
def test_a_reranker_that_can_not_be_had_is_told_with_what_to_do(name: str, said: str) -> None:
    with pytest.raises(RerankerMissing, match=said):
        load_reranker(name, Settings())


def test_an_integration_that_lacks_a_package_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "llama_index" / "postprocessor" / "halfway_rerank"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("import engine_of_halfway")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(
        RerankerMissing, match="halfway_rerank:small needs the Python module engine_of_halfway"
    ):
        load_reranker("halfway_rerank:small", Settings())


def test_a_package_without_a_reranker_chosen_by_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, BaseNodePostprocessor, Returning)
    with pytest.raises(RerankerMissing, match="has no reranker that takes a model's name; choose another"):
        load_reranker(NAME, Settings())


def test_llama_index_has_one_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, Any] = {}

    class CrossEncoder:
        def __init__(self, model: str, *, max_length: int, device: str, trust_remote_code: bool) -> None:
            made.update(model=model, trust_remote_code=trust_remote_code)

        def predict(self, pairs: list[tuple[str, str]]) -> list[int]:
            return [shared_words(question, text) for question, text in pairs]

    package = ModuleType("sentence_transformers")
    package.CrossEncoder = CrossEncoder  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    monkeypatch.setattr("llama_index.core.postprocessor.sbert_rerank.infer_torch_device", lambda: "cpu")
    reranker = load_reranker("sentence_transformer:cross/encoder", Settings())
    assert reranker.scores(QUESTION, TEXTS) == [0, 2, 1, 0]
    assert made == {"model": "cross/encoder", "trust_remote_code": False}


def test_llama_index_s_own_names_the_module_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(RerankerMissing, match="needs the Python module sentence_transformers"):
        load_reranker("sentence_transformer:cross/encoder", Settings())


def test_calls_take_turns_and_each_has_all_its_texts_back() -> None:
    within = threading.Semaphore(1)

    class Alone(WordRerank):
        def _postprocess_nodes(
            self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
        ) -> list[NodeWithScore]:
            assert within.acquire(blocking=False)
            try:
                threading.Event().wait(0.002)
                return super()._postprocess_nodes(nodes, query_bundle)
            finally:
                within.release()

    reranker = LlamaReranker(NAME, Alone(model="small"))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: reranker.scores(QUESTION, TEXTS[:n]), [1, 2, 3, 4] * 5))
    assert found == [[0, 2, 1, 0][:n] for n in [1, 2, 3, 4] * 5]


def test_a_model_that_turns_the_process_s_logging_on_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Loud(WordRerank):
        def model_post_init(self, context: object, /) -> None:
            logging.getLogger().setLevel(logging.DEBUG)
            logging.getLogger().addHandler(logging.StreamHandler())

    install(monkeypatch, Loud)
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    load_reranker(NAME, Settings())
    assert (root.level, root.handlers) == before
