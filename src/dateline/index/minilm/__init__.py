"""The embedded model: all-MiniLM-L6-v2 on onnxruntime."""

from dateline.index.minilm.model import MiniLM, load

__all__ = ["MiniLM", "load"]
