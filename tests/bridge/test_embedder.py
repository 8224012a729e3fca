from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dateline
from dateline.bridge.embedder import LlamaEmbedder, load_embedder
from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index import Document
from newsroom import report, write_articles

SECRET = "sk-very-secret"


@dataclass
class Embeddings:
    """A server of embeddings. A text's vector is (its length, number of a's, 1)."""

    status: int = 200
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def embeddings(status: int = 200) -> Iterator[Embeddings]:
    served = Embeddings(status)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.bodies.append(body)
            texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
            data = [
                {
                    "object": "embedding",
                    "index": n,
                    "embedding": [float(len(text)), float(text.count("a")), 1.0],
                }
                for n, text in enumerate(texts)
            ]
            reply: dict[str, Any] = {"object": "list", "model": body["model"], "data": data, "usage": {}}
            if served.status != 200:
                reply = {"error": {"message": f"{SECRET} is wrong"}}
            payload = json.dumps(reply).encode()
            self.send_response(served.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def embedder_at(server: Embeddings, model: str = "text-embedding-3-small") -> LlamaEmbedder:
    return load_embedder(f"openai:{model}", Settings(llm_key=SECRET, llm_url=server.url))


def unit(*numbers: float) -> list[float]:
    length = float(np.linalg.norm(numbers))
    return [number / length for number in numbers]


def test_queries_are_embedded_in_order_as_unit_vectors() -> None:
    with embeddings() as server:
        embedder = embedder_at(server)
        rows = embedder.embed_queries(["aa", "bbbb"])
    assert rows.dtype == np.float32
    assert np.allclose(rows, [unit(2, 2, 1), unit(4, 0, 1)])
    assert embedder.name == "openai:text-embedding-3-small"


def test_any_model_name_is_passed_on() -> None:
    with embeddings() as server:
        embedder_at(server, "nomic-embed-text").embed_queries(["a"])
    assert {body["model"] for body in server.bodies} == {"nomic-embed-text"}


def test_a_passage_is_embedded_with_its_headline_and_each_document_gets_its_own() -> None:
    documents = [
        Document("a", ("b", "aa"), (((0, 1),), ((0, 2),))),
        Document("none", (), ()),
        Document("c", ("a",), (((0, 1),),)),
    ]
    with embeddings() as server:
        first, none, last = embedder_at(server).embed_documents(documents)
    assert np.allclose(first.passages, [unit(3, 1, 1), unit(4, 3, 1)])
    assert len(none.passages) == 0
    assert np.allclose(last.passages, [unit(3, 1, 1)])
    assert (first.sentences, none.sentences, last.sentences) == (None, None, None)
    assert [text for body in server.bodies for text in body["input"]] == [
        "a b",
        "a aa",
        "c a",
    ]  # newlines folded


def test_nothing_to_embed_asks_nothing() -> None:
    with embeddings() as server:
        embedder = embedder_at(server)
        assert embedder.embed_documents([]) == []
        assert [len(one.passages) for one in embedder.embed_documents([Document("a", (), ())])] == [0]
    assert server.bodies == []


def test_its_dimensions_are_asked_once() -> None:
    with embeddings() as server:
        embedder = embedder_at(server)
        assert embedder.dimensions == embedder.dimensions == 3
    assert len(server.bodies) == 1


@pytest.mark.parametrize("status", [401, 500])
def test_a_failure_is_told_soon_and_tells_no_secret(status: int, caplog: pytest.LogCaptureFixture) -> None:
    begun = time.monotonic()
    with embeddings(status) as server, pytest.raises(EmbedderMissing) as failed:
        embedder_at(server).embed_queries(["a"])
    assert SECRET not in str(failed.value)
    assert "openai:text-embedding-3-small failed" in str(failed.value)
    assert "\n" not in str(failed.value)
    assert failed.value.__suppress_context__
    assert SECRET not in caplog.text
    assert len(server.bodies) == (1 if status == 401 else 2)
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text-embedding-3-small", "names no embedder"),
        ("nothing_of_the_kind:small", "pip install llama-index-embeddings-nothing-of-the-kind"),
        ("openai:text-embedding-3-small", "set OPENAI_API_KEY"),
        ("", "names no embedder"),
    ],
)
def test_an_embedder_that_can_not_be_had_is_told_with_what_to_do(name: str, said: str) -> None:
    with pytest.raises(EmbedderMissing, match=said):
        load_embedder(name, Settings())


def test_an_index_is_built_and_asked_by_name(tmp_path: Path) -> None:
    source = write_articles(
        tmp_path / "a.jsonl", report("bridge", "A bridge is open."), report("flood", "The river rose.")
    )
    with embeddings() as server:
        settings = Settings(llm="none", llm_key=SECRET, llm_url=server.url)
        name = "openai:text-embedding-3-small"
        dateline.build(source, tmp_path / "index", embedder=name, settings=settings)
        archive = dateline.open(tmp_path / "index", settings=settings)
        assert archive.overview().embedder == name
        assert archive.notices == ()
        assert archive.search("Which river rose?")[0].article.id == "flood"
