"""The processes of compose.yaml on this machine: an indexer, a Chroma server, two chats, in a browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

from chroma_server import ChromaServer, free_port
from dateline.config import Settings
from dateline.index.minilm.weights import folder_of
from dateline.index.store import address
from dateline.index.store.editions import current
from dateline.index.store.wire import Server
from newsroom import RECORDS, report, write_articles
from store_desk import eventually as has_come

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser
COMPOSE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "compose.yaml").read_text())
SECONDS = 90.0  # a machine may have much else to do
BRIDGE = ("Who opened the new bridge?", "Ines Okafor")
AWAY = "The store is away"
MILL = ("What burned down at night in Larkvale?", "The mill of Larkvale burned down")


def command(service: str, replaced: Mapping[str, str]) -> list[str]:
    """What compose.yaml starts, with places of this machine in place of the container's."""
    program, *given = COMPOSE["services"][service]["command"]
    return [str(Path(sys.executable).parent / program), *(replaced.get(one, one) for one in given)]


@contextmanager
def running(given: Sequence[str], cache: Path, store: str) -> Iterator[None]:
    """A process with its settings, until SIGTERM; its cache has the model already."""
    cache.mkdir()
    (cache / "models").symlink_to(folder_of(Settings.from_environment()).parent)
    environment = os.environ | {"DATELINE_CACHE": str(cache), "DATELINE_STORE": store}
    with (cache / "log").open("w") as log:
        process = subprocess.Popen(given, stdout=log, stderr=log, env=environment)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def listens(url: str) -> bool:
    try:
        urlopen(url, timeout=5).close()
    except (URLError, OSError):
        return False
    return True


def asked(page: Page, question: str) -> Page:
    """The page with the answer, in a conversation of its own."""
    page.reload()
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#current .answer").first).to_be_visible(timeout=1000 * SECONDS)
    return page


def says(page: Page, question: str, words: str) -> bool:
    """True as soon as the answer has the words."""
    return has_come(lambda: words in asked(page, question).locator("#current").inner_text(), seconds=SECONDS)


def is_well(page: Page) -> bool:
    return AWAY not in asked(page, MILL[0]).locator("#current").inner_text()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_articles(folder / "first.jsonl", *RECORDS)
    return folder


@pytest.mark.usefixtures("embedder")
@pytest.mark.skipif(sys.platform == "win32", reason="a process is ended by SIGTERM")
def test_two_chats_follow_an_indexer_and_go_on_while_the_server_is_away(
    tmp_path: Path, sources: Path, browser: Browser
) -> None:
    with ExitStack() as all_of_them:
        server = ChromaServer(tmp_path / "chroma").start()
        all_of_them.callback(server.kill)
        indexer = command("indexer", {"/articles": str(sources), "/index": str(tmp_path / "index")})
        all_of_them.enter_context(running(indexer, tmp_path / "indexer", server.url))
        place = Server(address(server.url, Settings()))
        assert has_come(lambda: current(place) is not None, seconds=SECONDS)  # a chat waits for no indexer
        pages = []
        for name in ("chat-1", "chat-2"):
            port = str(free_port())
            chat = command(name, {"0.0.0.0": "127.0.0.1", "7860": port})
            all_of_them.enter_context(running(chat, tmp_path / name, server.url))
            url = f"http://127.0.0.1:{port}"
            assert has_come(partial(listens, url), seconds=SECONDS), (tmp_path / name / "log").read_text()
            page = browser.new_page()
            page.set_default_timeout(1000 * SECONDS)
            page.goto(url)
            pages.append(page)
        assert all(says(page, *BRIDGE) for page in pages)
        write_articles(sources / "second.jsonl", report("mill", "The mill of Larkvale burned down at night."))
        assert all(says(page, *MILL) for page in pages)
        server.kill()
        for page in pages:
            assert says(page, MILL[0], AWAY)
            assert MILL[1] in page.locator("#current").inner_text()
        server.start()
        for page in pages:
            assert has_come(partial(is_well, page), seconds=SECONDS)
            assert MILL[1] in page.locator("#current").inner_text()
            page.close()
