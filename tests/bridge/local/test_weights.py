"""Fetching a model from a real server on loopback: whole, broken off, wrong, and not at all."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dateline.bridge.local.weights import USUAL, Weights, fetched, named
from dateline.config import Settings
from dateline.errors import ModelError, StorageError

CONTENT = b"GGUF" + bytes(range(256)) * 12_000
SMALL = Weights(
    "Small", "Maker/Small-GGUF/resolve/abc/small.gguf", len(CONTENT), hashlib.sha256(CONTENT).hexdigest()
)


@dataclass
class Hub:
    """A model hub with one file. It hangs up after so many bytes, where that is set."""

    content: bytes = CONTENT
    url: str = ""
    most: int | None = None
    goes_on: bool = True  # where it is asked for the rest of a file
    status: int | None = None
    elsewhere: bool = False  # the files lie behind another address, as they do at the real one
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            hub.asked.append((self.path, wanted))
            if hub.elsewhere and not self.path.startswith("/elsewhere"):
                self.send_response(302)
                self.send_header("Location", f"{hub.url}/elsewhere?file=1")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start = int(re.findall(r"\d+", wanted)[0]) if wanted and hub.goes_on else 0
            body = hub.content[start:]
            self.send_response(hub.status or (206 if start else 200))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # a refusal is not read to its end
                self.wfile.write(body[: hub.most])

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield hub
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(hub: Hub, cache: Path, told: list[str] | None = None) -> Path:
    def tell(stage: str, done: int, total: int | None) -> None:
        if told is not None:
            told.append(f"{stage} {done}/{total}")

    return fetched(SMALL, Settings(cache=cache, model_hub=hub.url), tell)


def test_it_is_fetched_once_its_size_said_before(hub: Hub, tmp_path: Path) -> None:
    told: list[str] = []
    file = fetch(hub, tmp_path, told)
    assert file.read_bytes() == CONTENT
    assert told[0] == "fetching the language model Small (0.0 GB, once) 0/None"
    assert told[-1] == f"fetching small.gguf {SMALL.size}/{SMALL.size}"
    assert fetch(hub, tmp_path) == file
    assert hub.asked == [(f"/{SMALL.path}", None)]
    assert [one.name for one in file.parent.iterdir() if one.suffix != ".lock" and one.name != ".lock"] == [
        "small.gguf"
    ]


def test_what_was_broken_off_goes_on_where_it_was(hub: Hub, tmp_path: Path) -> None:
    hub.most = 1_500_000
    with pytest.raises(ModelError, match="what has come is kept") as caught:
        fetch(hub, tmp_path)
    assert caught.value.reason == "not_installed"
    assert "\n" not in str(caught.value)
    assert "--llm local:" in str(caught.value)
    hub.most = None
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert hub.asked[1][1] == "bytes=1500000-"


def test_so_it_does_where_the_hub_sends_on_to_another_address(hub: Hub, tmp_path: Path) -> None:
    hub.most, hub.elsewhere = 1_500_000, True
    with pytest.raises(ModelError, match="what has come is kept"):
        fetch(hub, tmp_path)
    hub.most = None
    assert fetch(hub, tmp_path).read_bytes() == CONTENT
    assert hub.asked[-1] == ("/elsewhere?file=1", "bytes=1500000-")


def test_where_a_server_does_not_go_on_it_begins_anew(hub: Hub, tmp_path: Path) -> None:
    hub.most, hub.goes_on = 1_500_000, False
    with pytest.raises(ModelError):
        fetch(hub, tmp_path)
    hub.most = None
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


def test_a_file_that_is_not_the_official_one_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    hub.content = CONTENT[:-1] + b"!"
    with pytest.raises(ModelError, match="is not the official file, and was thrown away"):
        fetch(hub, tmp_path)
    assert not [*tmp_path.rglob("small.gguf*")]
    hub.content = CONTENT
    assert fetch(hub, tmp_path).read_bytes() == CONTENT


@pytest.mark.parametrize("status", [404, 503])
def test_a_hub_that_refuses_is_one_line(hub: Hub, tmp_path: Path, status: int) -> None:
    hub.status = status
    with pytest.raises(ModelError, match=f"HTTP status {status}"):
        fetch(hub, tmp_path)


def test_a_hub_that_is_not_there_is_one_line(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"can't be fetched from http://127\.0\.0\.1:9 .*refused"):
        fetch(replace(hub, url="http://127.0.0.1:9"), tmp_path)


def test_a_cache_that_can_not_be_written_is_one_line(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(StorageError, match="can't be written"):
        fetch(hub, tmp_path)


def test_a_file_of_ones_own_must_be_there_and_be_a_gguf_file(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(CONTENT)
    assert named(str(tmp_path / "own.gguf")) == tmp_path / "own.gguf"
    (tmp_path / "own.txt").write_text("no")
    for path in (tmp_path / "own.txt", tmp_path / "missing.gguf", tmp_path):
        with pytest.raises(ModelError, match=re.escape(str(path))):
            named(str(path))


def test_the_usual_one_is_pinned_to_a_commit_and_a_checksum() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", USUAL.sha256)
    assert re.search(r"/resolve/[0-9a-f]{40}/", USUAL.path)
    assert USUAL.file == "qwen2.5-1.5b-instruct-q4_k_m.gguf"
