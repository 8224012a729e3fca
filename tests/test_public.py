from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from inspect import getdoc, isclass, ismodule, signature
from pathlib import Path

import dateline

HEAVY = ("gradio", "openai", "llama_index", "chromadb", "tantivy", "onnxruntime", "onnx", "trafilatura")


def test_what_is_exported_is_what_is_importable() -> None:
    visible = {
        name for name, thing in vars(dateline).items() if not name.startswith("_") and not ismodule(thing)
    }
    assert visible == set(dateline.__all__)
    assert list(dateline.__all__) == sorted(dateline.__all__)


def test_every_public_thing_is_documented() -> None:
    for name in dateline.__all__:
        thing = getattr(dateline, name)
        if name == "Event":  # a union of three
            continue
        assert getdoc(thing), name
        if isclass(thing):
            own = {key: one for key, one in vars(thing).items() if not key.startswith("_") and callable(one)}
            assert all(getdoc(one) or key == "to_dict" for key, one in own.items()), name


def test_no_signature_takes_a_positional_boolean_or_unnamed_options() -> None:
    for name in dateline.__all__:
        thing = getattr(dateline, name)
        if not isclass(thing) and callable(thing):
            kinds = {parameter.kind.name for parameter in signature(thing).parameters.values()}
            assert not kinds & {"VAR_KEYWORD", "VAR_POSITIONAL"}, name


def test_importing_is_cheap() -> None:
    """Nothing heavy, and nothing that a search without a language model does not need."""
    code = "import dateline, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stdout.split())


def test_the_package_is_typed_and_installed() -> None:
    assert (Path(dateline.__file__).parent / "py.typed").is_file()
    assert metadata.version("dateline")
