from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, numpy_helper

from dateline.index.minilm import MiniLM
from dateline.index.minilm.graph import LAYERS, graph_name

CARD = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
SIMILARITIES = [0.6660, 0.1046, 0.1411]  # as printed on the model's own card
NEWS = [
    *CARD,
    "The central bank raised its key rate by a quarter of a point, to 5.25 percent, on Wednesday.",
    "Rescuers reached the last of the villages cut off by the flood.",
    "Die Regierung in Berlin lehnte den Vorschlag ab.",
    "WASHINGTON, Feb. 15 (Xinhua) --",
]


def similarities(model: MiniLM) -> list[float]:
    first, second, third = model.embed_queries(CARD)
    return [float(first @ second), float(first @ third), float(second @ third)]


def test_fp32_gives_the_similarities_of_the_models_card(fp32: MiniLM) -> None:
    assert similarities(fp32) == pytest.approx(SIMILARITIES, abs=1e-3)


def test_int8_comes_close_to_the_similarities_of_the_models_card(int8: MiniLM) -> None:
    assert similarities(int8) == pytest.approx(SIMILARITIES, abs=0.02)


def test_int8_vectors_point_where_fp32_vectors_point(int8: MiniLM, fp32: MiniLM) -> None:
    cosines = (int8.embed_queries(NEWS) * fp32.embed_queries(NEWS)).sum(axis=1)
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.985


def test_a_graph_is_written_whole_and_leaves_nothing_beside_it(converted: Path) -> None:
    assert {path.name for path in converted.iterdir()} == {
        "model.safetensors",
        "tokenizer.json",
        graph_name("int8"),
        graph_name("fp32"),
    }


def test_no_two_neighbouring_weights_overflow_16_bits(converted: Path) -> None:
    whole = [
        numpy_helper.to_array(constant).astype(int)
        for constant in onnx.load(converted / graph_name("int8")).graph.initializer
        if constant.data_type == TensorProto.INT8
    ]
    assert len(whole) == 4 * LAYERS
    assert max(255 * (abs(weight[1:]) + abs(weight[:-1])).max() for weight in whole) < 2**15


def test_one_text_gives_the_same_vector_every_time(int8: MiniLM) -> None:
    assert np.array_equal(int8.embed_queries(NEWS), int8.embed_queries(NEWS))
