"""The official weights written as an ONNX graph for onnxruntime: fp32, or int8 in its matrix products.

    tokens (1, n) int64, pooling (parts, n) float32  ──▶  vectors (parts, 384) float32, rows of unit length

The graph takes one window at a time: no padding, no mask, and the scale by which its activations are
quantised never depends on another text. Row i of `pooling` weighs the token states that make up vector i.
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

VERSION = 1  # of the file that `write_graph` writes: another form or other vectors, another number
LAYERS, WIDTH, HEADS = 6, 384, 12
NORM = {"axis": -1, "epsilon": 1e-12}
FUSED = {"Attention", "QAttention", "DynamicQuantizeMatMul"}  # onnxruntime's own operators


def graph_name(precision: Precision) -> str:
    """The file name of the graph."""
    return f"minilm-{precision}-{VERSION}.onnx"


def write_graph(folder: Path, precision: Precision) -> Path:
    """The graph of the weights in `folder`, written beside them; it is there whole or not at all."""
    from safetensors.numpy import load_file

    model = Graph(load_file(folder / "model.safetensors"), precision).model()
    path = folder / graph_name(precision)
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    temporary.write_bytes(model.SerializeToString())
    return temporary.replace(path)


class Graph:
    """Nodes and constants in the order in which they are asked for. Strings are names of values."""

    mask = ""  # none: a window has no padding

    def __init__(self, weights: Mapping[str, Floats], precision: Precision) -> None:
        self.weights = weights
        self.precision = precision
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def model(self) -> onnx.ModelProto:
        from onnx import TensorProto, helper

        states = self.encoder("tokens")
        pooled = self.node("MatMul", "pooling", self.node("Squeeze", states, self.constant([0])))
        vectors = self.node("LpNormalization", pooled, attributes={"axis": -1, "p": 2})
        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            self.nodes,
            "all-MiniLM-L6-v2",
            [
                value("tokens", TensorProto.INT64, [1, "n"]),
                value("pooling", TensorProto.FLOAT, ["parts", "n"]),
            ],
            [value(vectors, TensorProto.FLOAT, ["parts", WIDTH])],
            self.constants,
        )
        operators = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=10)

    def encoder(self, tokens: str) -> str:
        """Token states after the last layer."""
        states = self.embeddings(tokens)
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            states = self.add_and_norm(states, self.attention(states, name), f"{name}.attention.output")
            states = self.add_and_norm(states, self.feed_forward(states, name), f"{name}.output")
        return states

    def embeddings(self, tokens: str) -> str:
        words, kinds, positions = (
            self.weights[f"embeddings.{of}_embeddings.weight"] for of in ("word", "token_type", "position")
        )
        length = self.node("Shape", tokens, attributes={"start": 1})
        place = self.node("Slice", self.constant(positions + kinds[0]), self.constant([0]), length)
        if self.precision == "fp32":
            word = self.node("Gather", self.constant(words), tokens)
        else:  # half the bytes to read at every start
            word = self.node("Gather", self.constant(words.astype(np.float16)), tokens)
            word = self.node("Cast", word, attributes={"to": 1})
        return self.add_and_norm(word, place, "embeddings")

    def attention(self, states: str, layer: str) -> str:
        names = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self.weights[f"{name}.weight"].T for name in names], axis=1)
        bias = self.constant(np.concatenate([self.weights[f"{name}.bias"] for name in names]))
        heads = {"num_heads": HEADS}
        if self.precision == "fp32":
            mixed = self.node("Attention", states, self.constant(weight), bias, self.mask, attributes=heads)
        else:
            whole, scale = self.quantised(weight)
            values, unit, zero = self.split("DynamicQuantizeLinear", [states], outputs=3)
            inputs = (values, whole, bias, unit, scale, self.mask, zero)
            mixed = self.node("QAttention", *inputs, attributes=heads)
        return self.dense(mixed, f"{layer}.attention.output.dense")

    def feed_forward(self, states: str, layer: str) -> str:
        inner = self.node("Gelu", self.dense(states, f"{layer}.intermediate.dense"))
        if self.precision == "fp32":
            return self.dense(inner, f"{layer}.output.dense")
        # All tokens share one scale: divided by its own largest value, no token coarsens the others.
        largest = self.node("ReduceMax", inner, self.constant([-1]))
        weight, bias = (
            self.weights[f"{layer}.output.dense.weight"].T,
            self.weights[f"{layer}.output.dense.bias"],
        )
        product = self.node(
            "DynamicQuantizeMatMul", self.node("Div", inner, largest), *self.quantised(weight)
        )
        return self.node("Add", self.node("Mul", product, largest), self.constant(bias))

    def add_and_norm(self, states: str, update: str, name: str) -> str:
        # Measured: two plain operators are a fifth faster than the fused SkipLayerNormalization.
        scale, bias = (self.constant(self.weights[f"{name}.LayerNorm.{of}"]) for of in ("weight", "bias"))
        return self.node("LayerNormalization", self.node("Add", states, update), scale, bias, attributes=NORM)

    def dense(self, states: str, name: str) -> str:
        weight, bias = self.weights[f"{name}.weight"].T, self.constant(self.weights[f"{name}.bias"])
        if self.precision == "fp32":
            return self.node("Add", self.node("MatMul", states, self.constant(weight)), bias)
        return self.node("DynamicQuantizeMatMul", states, *self.quantised(weight), "", bias)

    def quantised(self, weight: Floats) -> tuple[str, str]:
        """Whole numbers, and the scale of each column."""
        # Without VNNI two neighbouring products are added in 16 bits, and 255 * 128 is the most that fits: two
        # neighbours make at most 127, and one more by rounding.
        size = np.abs(weight)
        scale = (size[1:] + size[:-1]).max(axis=0) / 127
        return self.constant(np.rint(weight / scale).astype(np.int8)), self.constant(scale)

    def constant(self, values: NDArray[np.generic] | list[int]) -> str:
        from onnx import numpy_helper

        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, *inputs: str, attributes: Mapping[str, float] | None = None) -> str:
        return self.split(operator, inputs, outputs=1, attributes=attributes)[0]

    def split(
        self,
        operator: str,
        inputs: Sequence[str],
        *,
        outputs: int,
        attributes: Mapping[str, float] | None = None,
    ) -> list[str]:
        from onnx import helper

        names = [f"{operator}{len(self.nodes)}.{i}" for i in range(outputs)]
        node = helper.make_node(operator, inputs, names, domain="com.microsoft" if operator in FUSED else "")
        node.attribute.extend(helper.make_attribute(key, value) for key, value in (attributes or {}).items())
        self.nodes.append(node)
        return names
