"""Chroma's default embedding function, run on the official weights that dateline fetches.

Its own model file lies in a bucket. This one is made of the same weights in fp32, with the inputs and the
output of that file, so that all code around the model is Chroma's own: every text padded to 256 tokens, 32 a
batch. It runs a tenth faster than the same graph of plain operators, so the comparison is not in our favour.
"""

from __future__ import annotations

from pathlib import Path

import onnx
from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2
from onnx import TensorProto, helper
from safetensors.numpy import load_file

from dateline.index.minilm.graph import WIDTH, Graph

UNUSED = (
    "config.json",
    "special_tokens_map.json",
    "tokenizer_config.json",
    "vocab.txt",
)  # it only asks for them


class _ChromaGraph(Graph):
    """The graph with a batch of padded texts for its input and token states for its output."""

    mask = "mask"

    def model(self) -> onnx.ModelProto:
        names = ("input_ids", "attention_mask", "token_type_ids")
        self.nodes.append(helper.make_node("Cast", ["attention_mask"], [self.mask], to=TensorProto.INT32))
        states = self.encoder("input_ids")
        inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "n"]) for name in names]
        return self.joined(
            inputs, [helper.make_tensor_value_info(states, TensorProto.FLOAT, ["batch", "n", WIDTH])]
        )


def chroma_embedding_function(weights: Path, folder: Path) -> ONNXMiniLM_L6_V2:
    """Chroma's own class, its model made of the files in `weights` and written to `folder`."""
    files = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    files.mkdir(parents=True)
    onnx.save(_ChromaGraph(load_file(weights / "model.safetensors")).model(), files / "model.onnx")
    (files / "tokenizer.json").symlink_to(weights / "tokenizer.json")
    for name in UNUSED:
        (files / name).touch()
    function = ONNXMiniLM_L6_V2()
    function.DOWNLOAD_PATH = folder
    return function
