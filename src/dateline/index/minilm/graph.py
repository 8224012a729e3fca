"""The official weights written as an ONNX graph for onnxruntime: fp32, or int8 in its matrix products.

    tokens (1, n) int64  ──▶  states (1, n, 384) float32: of the tokens, after the last layer
                         ──▶  vector (1, 384) float32, of unit length: the mean of the states

The graph takes one text at a time: where each core has a text of its own, batches are no faster. So there is
no padding, no mask, and the scale of quantised states never depends on another text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import onnx

Precision = Literal["int8", "fp32"]
Floats = NDArray[np.float32]

VERSION = 2  # of the file that `write_graph` writes: another form or other vectors, another number
LAYERS, WIDTH, HEADS = 6, 384, 12
UNEVEN = tuple(f"encoder.layer.{layer}." for layer in range(3))  # whose inner states vary most
NORM = {"axis": -1, "epsilon": 1e-12}


def graph_name(precision: Precision) -> str:
    """The file name of the graph."""
    return f"minilm-{precision}-{VERSION}.onnx"


def write_graph(folder: Path, precision: Precision) -> Path:
    """The graph of the weights in `folder`, written beside them; it is there whole or not at all."""
    from safetensors.numpy import load_file

    weights = load_file(folder / "model.safetensors")
    graph = Int8Graph(weights) if precision == "int8" else Graph(weights)
    path = folder / graph_name(precision)
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    temporary.write_bytes(graph.model().SerializeToString())
    return temporary.replace(path)


class Nodes:
    """Nodes and constants of a graph, in the order in which they are asked for. A string names a value."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, values: NDArray[np.generic] | list[int]) -> str:
        from onnx import numpy_helper

        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, *inputs: str, attributes: Mapping[str, float] | None = None) -> str:
        return self.outputs(operator, inputs, count=1, attributes=attributes)[0]

    def outputs(
        self,
        operator: str,
        inputs: Sequence[str],
        *,
        count: int,
        attributes: Mapping[str, float] | None = None,
    ) -> list[str]:
        from onnx import helper

        names = [f"{operator}{len(self.nodes)}.{i}" for i in range(count)]
        node = helper.make_node(operator, inputs, names)
        if operator in ("Attention", "QAttention", "DynamicQuantizeMatMul"):
            node.domain = "com.microsoft"
        node.attribute.extend(helper.make_attribute(key, value) for key, value in (attributes or {}).items())
        self.nodes.append(node)
        return names

    def joined(
        self, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """The whole model, from these inputs to these outputs."""
        from onnx import helper

        graph = helper.make_graph(self.nodes, "all-MiniLM-L6-v2", inputs, outputs, self.constants)
        operators = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=10)


class Graph(Nodes):
    """The model in fp32: BERT of six layers, then the mean of its token states."""

    mask = ""  # none: one text has no padding

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        super().__init__()
        self.weights = weights

    def model(self) -> onnx.ModelProto:
        from onnx import TensorProto
        from onnx.helper import make_tensor_value_info as value

        states = self.encoder("tokens")
        mean = self.node("ReduceMean", states, self.constant([1]), attributes={"keepdims": 0})
        vector = self.node("LpNormalization", mean, attributes={"axis": -1, "p": 2})
        return self.joined(
            [value("tokens", TensorProto.INT64, [1, "n"])],
            [
                value(vector, TensorProto.FLOAT, [1, WIDTH]),
                value(states, TensorProto.FLOAT, [1, "n", WIDTH]),
            ],
        )

    def encoder(self, tokens: str) -> str:
        """Token states after the last layer."""
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        places = self.constant(self.weights["embeddings.position_embeddings.weight"] + kind)
        length = self.node("Shape", tokens, attributes={"start": 1})
        place = self.node("Slice", places, self.constant([0]), length)
        states = self.add_and_norm(self.words(tokens), place, "embeddings")
        for layer in range(LAYERS):
            name, attention = f"encoder.layer.{layer}", f"encoder.layer.{layer}.attention"
            mixed = self.dense(self.attention(states, f"{attention}.self"), f"{attention}.output.dense")
            states = self.add_and_norm(states, mixed, f"{attention}.output")
            inner = self.node("Gelu", self.dense(states, f"{name}.intermediate.dense"))
            outer = self.dense_of_gelu(inner, f"{name}.output.dense")
            states = self.add_and_norm(states, outer, f"{name}.output")
        return states

    def words(self, tokens: str) -> str:
        return self.node("Gather", self.constant(self.weights["embeddings.word_embeddings.weight"]), tokens)

    def attention(self, states: str, name: str) -> str:
        weight, bias = (self.constant(both) for both in self.query_key_value(name))
        return self.node("Attention", states, weight, bias, self.mask, attributes={"num_heads": HEADS})

    def query_key_value(self, name: str) -> tuple[Floats, Floats]:
        """Weight and bias of the three products that attention begins with, side by side."""
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], axis=1)
        return weight, np.concatenate([self.weights[f"{part}.bias"] for part in parts])

    def dense(self, states: str, name: str) -> str:
        product = self.node("MatMul", states, self.constant(self.weights[f"{name}.weight"].T))
        return self.node("Add", product, self.constant(self.weights[f"{name}.bias"]))

    def dense_of_gelu(self, states: str, name: str) -> str:
        return self.dense(states, name)

    def add_and_norm(self, states: str, update: str, name: str) -> str:
        # Measured: two plain operators are a fifth faster than the fused SkipLayerNormalization.
        scale, bias = (self.constant(self.weights[f"{name}.LayerNorm.{of}"]) for of in ("weight", "bias"))
        return self.node("LayerNormalization", self.node("Add", states, update), scale, bias, attributes=NORM)


class Int8Graph(Graph):
    """The model with int8 matrix products: a scale for each column of a weight, one for all token states."""

    def words(self, tokens: str) -> str:
        from onnx import TensorProto

        # In fp16: half the bytes to read at every start.
        words = self.constant(self.weights["embeddings.word_embeddings.weight"].astype(np.float16))
        return self.node("Cast", self.node("Gather", words, tokens), attributes={"to": TensorProto.FLOAT})

    def attention(self, states: str, name: str) -> str:
        weight, bias = self.query_key_value(name)
        whole, scales = self.quantised(weight)
        values, scale, zero = self.outputs("DynamicQuantizeLinear", [states], count=3)
        inputs = (values, whole, self.constant(bias), scale, scales, self.mask, zero)
        return self.node("QAttention", *inputs, attributes={"num_heads": HEADS})

    def dense(self, states: str, name: str) -> str:
        whole, scales = self.quantised(self.weights[f"{name}.weight"].T)
        bias = self.constant(self.weights[f"{name}.bias"])
        return self.node("DynamicQuantizeMatMul", states, whole, scales, "", bias)

    def dense_of_gelu(self, states: str, name: str) -> str:
        if not name.startswith(UNEVEN):
            return self.dense(states, name)
        # A few tokens hold values many times those of the rest, to whom one scale would leave few steps: each
        # is divided by its own largest value first. Cosine to fp32: .9936 without, .9960 with it.
        largest = self.node("ReduceMax", states, self.constant([-1]))
        whole, scales = self.quantised(self.weights[f"{name}.weight"].T)
        product = self.node("DynamicQuantizeMatMul", self.node("Div", states, largest), whole, scales)
        bias = self.constant(self.weights[f"{name}.bias"])
        return self.node("Add", self.node("Mul", product, largest), bias)

    def quantised(self, weight: Floats) -> tuple[str, str]:
        """Whole numbers, and the scale of each column."""
        # Without VNNI a processor adds two neighbouring products in 16 bits, where 255 * 128 just fits: so
        # neighbours together make 127 at most, and one more by rounding.
        size = np.abs(weight)
        scales = (size[1:] + size[:-1]).max(axis=0) / 127
        return self.constant(np.rint(weight / scales).astype(np.int8)), self.constant(scales)
