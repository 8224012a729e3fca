"""The model on this machine. The tests never fetch it: `make install` has."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.index.minilm.graph import write_graph
from dateline.index.minilm.weights import CHECKSUMS, folder_of


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of the official files."""
    folder = folder_of(Settings.from_environment())
    if not all((folder / name).is_file() for name in CHECKSUMS):
        pytest.skip("the embedding model is not on this machine: run `make install`")
    return folder


@pytest.fixture(scope="session")
def converted(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the official files and the graph in both precisions."""
    folder = tmp_path_factory.mktemp("minilm")
    for name in CHECKSUMS:
        (folder / name).symlink_to(official / name)
    write_graph(folder, "int8")
    write_graph(folder, "fp32")
    return folder


@pytest.fixture(scope="session")
def int8(converted: Path) -> MiniLM:
    return MiniLM(converted, "int8")


@pytest.fixture(scope="session")
def fp32(converted: Path) -> MiniLM:
    return MiniLM(converted, "fp32")
