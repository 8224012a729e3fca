"""What tests of a store share: a Chroma server for all of them, and a database of it for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from chroma_server import ChromaServer
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from newsroom import with_parser
from store_desk import Desk


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A server that runs for as long as the tests do; none of them may end it."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma")).start()
    yield server
    server.kill()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A database and a cache that nobody else uses."""
    return replace(
        Settings(), store_database=f"test-{uuid4().hex[:12]}", cache=with_parser(tmp_path / "cache")
    )


@pytest.fixture
def desk(tmp_path: Path, chroma: ChromaServer, settings: Settings, embedder: MiniLM) -> Desk:
    return Desk(tmp_path, chroma.url, settings, embedder)


@pytest.fixture
def own(tmp_path: Path, settings: Settings, embedder: MiniLM) -> Iterator[tuple[Desk, ChromaServer]]:
    """A desk with a server that may be ended."""
    server = ChromaServer(tmp_path / "chroma").start()
    yield Desk(tmp_path, server.url, settings, embedder), server
    server.kill()
