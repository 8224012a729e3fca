"""What tests share: the real model, one small index that is only read, and no way off this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index import Snapshot
from dateline.index.minilm import MiniLM
from dateline.index.minilm.graph import graph_name
from dateline.index.minilm.weights import folder_of
from dateline.text import Parser
from newsroom import RECORDS, parser_here, write_articles

settings.register_profile("any machine", settings(), deadline=None)  # how fast it is proves nothing
settings.load_profile("any machine")

_SETTINGS = ("LLM", "EMBEDDER", "INDEX", "STORE", "STORE_TOKEN", "STORE_TENANT", "STORE_DATABASE")
_LARGEST_FILE = 2 << 30  # Chroma, when it is broken, can fill a disk


@pytest.fixture(scope="session", autouse=True)
def _small_files() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, hard))


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """A connection to anywhere else is a failure of the test that made it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str | bytes) -> None:
        host = address[0] if isinstance(address, tuple) else "local"
        if host not in ("local", "localhost", "127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", *(f"DATELINE_{one}" for one in _SETTINGS)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def embedder() -> MiniLM:
    folder = folder_of(Settings.from_environment())
    if not all((folder / name).is_file() for name in (graph_name("int8"), "tokenizer.json")):
        pytest.skip("the embedding model is not on this machine: run `make install`")
    return MiniLM(folder, "int8")


@pytest.fixture(scope="session")
def index(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the newsroom's articles. It is shared: tests only read it."""
    folder = tmp_path_factory.mktemp("newsroom")
    source = write_articles(folder / "articles.jsonl", *RECORDS)
    dateline.build(source, folder / "index", embedder=embedder)
    return folder / "index"


@pytest.fixture(scope="session")
def archive(index: Path, embedder: MiniLM) -> Archive:
    """The shared index, to be asked without a language model."""
    return dateline.open(index, embedder=embedder, settings=Settings())


@pytest.fixture(scope="session")
def snapshot(index: Path) -> Snapshot:
    return Snapshot(index)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The two seed articles beside the repository, where they are."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "shared" / "data" / "seeds").is_dir():
            return found
    pytest.skip("the seed articles are not beside this repository")


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The parser on this machine."""
    return parser_here()
