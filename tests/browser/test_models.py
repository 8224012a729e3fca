"""Who writes the answers is chosen on the page, where a model was found on this machine."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

import pytest

import dateline_ui
from dateline.archive import Archive
from dateline.bridge.found import Found
from scripted_server import Reply, scripted_server

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser
QUESTION = "Who opened the new bridge?"
REPLY = "Mayor Ines Okafor opened the new bridge over the Tarn in Larkvale. [1]"
LONG = "a-model-with-a-name-as-long-as-they-are-1.5b-instruct-q4_k_m.gguf"


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    with scripted_server([Reply.text(REPLY)]) as server:
        option = f"openai:scripted@{server.url}"
        found = [Found("llama3.2:3b", "Ollama", option), Found(LONG, "LM Studio", "openai:long")]
        ready: queue.Queue[str] = queue.Queue()
        threading.Thread(
            target=dateline_ui.serve,
            args=(archive,),
            kwargs={"port": 0, "found": found, "ready": ready.put},
            daemon=True,
        ).start()
        yield ready.get(timeout=60)


def opened(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_default_timeout(15_000)
    page.goto(address)
    expect(page.locator("#model input")).to_have_value("Quotes only")
    return page


def ask(page: Page) -> None:
    page.locator("#question textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#current .colophon")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_model_is_chosen_by_keyboard_and_for_this_tab_alone(
    browser: Browser, address: str, width: int
) -> None:
    page = opened(browser, address, width)
    page.locator("#model input").focus()
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#model input")).to_have_value("Written by llama3.2:3b")
    ask(page)
    expect(page.locator("#current .colophon")).to_contain_text("written by openai:scripted")
    other = opened(browser, address, width)
    ask(other)
    expect(other.locator("#current .colophon")).to_contain_text("quotes only")
    other.close()
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_name_moves_nothing_aside(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    page.locator("#model input").click()
    page.get_by_role("option").nth(2).click()
    expect(page.locator("#model input")).to_have_value(f"Written by {LONG}")
    for name in ("#model", "#day", "#send"):
        box = page.locator(name).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    page.close()
