from __future__ import annotations

from pathlib import Path

import pytest

from dateline.index.minilm import MiniLM
from index.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, embedder: MiniLM) -> Desk:
    return Desk(tmp_path, embedder)
