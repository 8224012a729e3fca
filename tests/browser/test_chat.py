"""The chat window in a real browser: a reader asks, opens sources, stops, and nothing leaves the machine."""

from __future__ import annotations

import json
import queue
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import dateline
import dateline_ui
from dateline.archive import Archive

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
from playwright.sync_api import Browser, Page, expect  # noqa: E402

pytestmark = pytest.mark.browser

FILLER = "Officials on both sides said that preparations were going on and gave no further details. " * 4
HOSTILE = (
    "The Wexford treaty ![x](http://127.0.0.1:9/x.png) <img src=http://127.0.0.1:9/y.png> "
    "[a](javascript:alert(1)) **costs** $latex$ <b onclick=alert(1)>nine million crowns</b>."
)
WITHOUT_TAGS = re.sub("<[^>]*> ?", "", HOSTILE)  # as a reader of records takes them out of a text
ARTICLES = [
    {
        "id": "hanoi",
        "title": "Trump names Hanoi for second summit",
        "published": "2019-02-08",
        "source": "Harbor Wire",
        "url": "https://example.org/hanoi",
        "authors": ["Paul Imber"],
        "text": "\n".join(
            [FILLER] * 12
            + ["Trump and Kim will hold their second summit in Hanoi on Feb. 27-28, the president said."]
            + [FILLER] * 12
        ),
    },
    {
        "id": "idai",
        "title": "Cyclone Idai makes landfall near Beira",
        "published": "2019-03-15",
        "source": "Lakeside Courier",
        "text": "Cyclone Idai made landfall near the port of Beira in Mozambique on Thursday. Power was cut.",
    },
    {
        "id": "hospital",
        "title": "Maria Moura says what the Central Hospital needs",
        "published": "2019-03-20",
        "source": "Lakeside Courier",
        "text": "In Beira, Maria Moura said that much was missing. "
        "At the Central Hospital, Maria Moura said, the roof is gone.",
    },
    {
        "id": "hostile",
        "title": "Wexford <script>alert(1)</script> treaty",
        "published": "2019-04-01",
        "source": "<i>Weekly</i>",
        "url": "javascript:alert(1)",
        "text": f"{HOSTILE}\n\n# The treaty was signed in Wexford in April.",
    },
]
SUMMIT = "Where will Trump and Kim hold their second summit?"
LINE_LENGTHS = """paragraph => {
  const range = document.createRange(), lines = new Map();
  for (const node of [...paragraph.childNodes].filter(node => node.nodeType === 3))
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      lines.set(top, (lines.get(top) ?? 0) + 1);
    }
  return Math.max(...lines.values());
}"""


class SlowModel(BaseHTTPRequestHandler):
    """A language model that writes a cited line every 50 ms, until nobody listens."""

    hung_up = threading.Event()

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for number in range(400):
                delta = {"role": "assistant", "content": f"Trump and Kim spoke {number} times. [1]\n"}
                chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "slow"}
                line = json.dumps(chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
                self.wfile.write(f"data: {line}\n\n".encode())
                self.hung_up.wait(0.05)
        except OSError:
            self.hung_up.set()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    lines = (json.dumps(article) + "\n" for article in ARTICLES)
    (folder / "articles.jsonl").write_text("".join(lines), "utf-8")
    dateline.build([folder], folder / "index")
    return folder / "index"


@pytest.fixture(scope="module")
def archive(index: Path) -> Archive:
    return dateline.open(index, llm="none")


def serving(archive: Archive) -> str:
    """The address of a chat over the archive, served until the tests end."""
    ready: queue.Queue[str] = queue.Queue()
    window = threading.Thread(
        target=dateline_ui.serve, args=(archive,), kwargs={"port": 0, "ready": ready.put}, daemon=True
    )
    window.start()
    return ready.get(timeout=60)


@pytest.fixture(scope="module")
def address(archive: Archive) -> str:
    return serving(archive)


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The chat, just opened. Whatever happens on it: no request goes elsewhere, no script fails."""
    context = browser.new_context(**getattr(request, "param", {"viewport": {"width": 1280, "height": 800}}))
    page = context.new_page()
    page.set_default_timeout(15_000)
    asked, complaints = [], []
    page.on("request", lambda one: asked.append(one.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    expect(page.locator("#question textarea")).to_be_visible()
    yield page
    context.close()
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {
        "127.0.0.1"
    }
    assert complaints == []


def ask(page: Page, question: str, turn: int = 1) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange")).to_have_count(turn)
    expect(page.locator("#current .colophon, #current .remark").first).to_be_visible()


def shown_mark(page: Page, turn: int = 1, number: int = 1) -> str:
    """The words of a quote, which must be in view."""
    mark = page.locator(f"#c{turn}-{number}")
    expect(mark).to_be_in_viewport()
    return mark.inner_text()


PHONE = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}


def test_the_first_screen_says_what_is_there_and_offers_questions_that_are_answered(page: Page) -> None:
    assert page.title() == "dateline"
    expect(page.locator("#masthead")).to_contain_text("4 articles from 3 sources, 8 Feb – 1 Apr 2019")
    expect(page.locator("#masthead")).to_contain_text("Quotes only")
    page.locator("#examples button").first.click()
    expect(page.locator("#current .colophon")).to_contain_text("source")
    expect(page.locator("#examples")).to_be_hidden()


def test_a_number_opens_the_article_with_the_quote_marked_and_in_view(page: Page, archive: Archive) -> None:
    ask(page, SUMMIT)
    cited = archive.ask(SUMMIT).citations[0]
    page.locator("a.cite").first.click()
    assert shown_mark(page) == cited.quote
    leaf = page.locator(".leaf:visible")
    expect(leaf.locator(".headline")).to_have_text("Trump names Hanoi for second summit")
    expect(leaf.locator(".kicker")).to_have_text("Harbor Wire · 8 Feb 2019")
    original = leaf.locator(".original a")
    expect(original).to_have_text("example.org")
    expect(original).to_have_attribute("rel", "noopener noreferrer")


def test_lines_are_at_most_seventy_characters_long(page: Page) -> None:
    ask(page, SUMMIT)
    for paragraph in (
        page.locator("#current .answer p").first,
        page.locator(".leaf:visible .article-text p").first,
    ):
        assert paragraph.evaluate(LINE_LENGTHS) <= 70


@pytest.mark.parametrize("page", [{"viewport": {"width": 390, "height": 420}}], indirect=True)
def test_an_answer_longer_than_the_screen_begins_with_its_question(page: Page) -> None:
    ask(page, SUMMIT)
    ask(page, SUMMIT, turn=2)
    scroller = page.locator("#scroller")
    assert scroller.evaluate("it => it.scrollHeight > 2 * it.clientHeight"), "or nothing is to be scrolled"
    expect(page.locator("#current .question")).to_be_in_viewport(ratio=1)
    page.wait_for_function("document.querySelector('#current .exchange').getBoundingClientRect().top < 100")


def test_an_earlier_answer_keeps_its_sources(page: Page) -> None:
    ask(page, SUMMIT)
    ask(page, "Where did Cyclone Idai make landfall?", turn=2)
    expect(page.locator(".leaf:visible .headline")).to_have_text("Cyclone Idai makes landfall near Beira")
    page.locator("#earlier a.cite").first.click()
    assert "Hanoi" in shown_mark(page, turn=1)
    page.locator("#current a.cite").first.click()
    assert "Beira" in shown_mark(page, turn=2)
    page.locator("#new").click()
    expect(page.locator(".exchange")).to_have_count(0)
    expect(page.locator("#examples")).to_be_visible()


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_the_article_is_a_sheet_over_the_chat(page: Page) -> None:
    ask(page, SUMMIT)
    expect(page.locator("#pane")).to_be_hidden()
    page.locator("a.cite").first.click()
    assert "Hanoi" in shown_mark(page)
    assert page.locator("#pane").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.locator(".leaf:visible .close").click()
    expect(page.locator("#pane")).to_be_hidden()
    page.locator(".sources a").first.click()
    expect(page.locator("#pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_everything_works_by_keyboard(page: Page) -> None:
    focused = page.locator(":focus")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(SUMMIT)
    page.keyboard.press("Enter")
    expect(page.locator("#current .colophon")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if focused.evaluate('element => element.matches(`.cite[href="#c1-1"]`)'):
            break
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert "Hanoi" in shown_mark(page)
    page.keyboard.press("Escape")
    expect(page.locator("#transcript a:focus")).to_have_count(1)


@pytest.mark.parametrize("page", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
def test_ink_stands_out_from_paper(page: Page) -> None:
    names = ["--paper", "--ink", "--quiet", "--accent", "--mark"]
    read = "names => names.map(name => getComputedStyle(document.documentElement).getPropertyValue(name))"
    colours = dict(zip(names, page.evaluate(read, names), strict=True))
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (luminance(colours["--paper"]) < 0.05) == dark
    for ink, paper in [
        ("--ink", "--paper"),
        ("--quiet", "--paper"),
        ("--accent", "--paper"),
        ("--ink", "--mark"),
    ]:
        assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb", as WCAG 2.2 defines it."""
    parts = [int(pair, 16) / 255 for pair in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_hostile_text_is_only_text(page: Page) -> None:
    ask(page, "What does the Wexford treaty cost?")
    ask(page, HOSTILE, turn=2)
    page.locator("a.cite").first.click()
    expect(page.locator(".leaf:visible .article-text")).to_contain_text(WITHOUT_TAGS)
    expect(page.locator(".leaf:visible .headline")).to_have_text("Wexford treaty")
    expect(page.locator("#current .question")).to_have_text(HOSTILE)
    assert page.locator("#room img, #room script, #room b[onclick], #room .katex").count() == 0
    assert page.locator("#room a:not([href^='#']):not([href^='https://example.org/'])").count() == 0


def test_a_copied_answer_brings_its_sources(page: Page, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    ask(page, SUMMIT)
    page.locator("#current .copy").click()
    expect(page.locator("#current .copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Hanoi" in copied.split("\n\nSources\n[1] Harbor Wire, 8 Feb 2019. ")[0]


def test_a_question_that_is_too_long_is_kept_with_a_message(page: Page) -> None:
    field = page.locator("#question textarea")
    field.fill("x" * 2001)
    page.locator("#send").click()
    expect(page.locator("#notice")).to_contain_text("at most 2,000 characters; this one has 2,001")
    expect(field).to_have_value("x" * 2001)
    expect(page.locator(".exchange")).to_have_count(0)


def test_as_of_a_day_nothing_later_is_known(page: Page) -> None:
    page.locator("#day").locator("input, textarea").fill("2019-03-01")
    page.locator("#question textarea").fill("Where did Cyclone Idai make landfall?")
    page.keyboard.press("Enter")
    expect(page.locator("#current .answer")).to_contain_text("The archive does not answer this.")
    expect(page.locator("#current .answer")).to_contain_text("8 Feb 2019")
    page.locator("#day").locator("input, textarea").fill("")
    ask(page, "Where did Cyclone Idai make landfall?", turn=2)
    expect(page.locator("#current .answer")).to_contain_text("Beira")


def test_what_was_understood_is_taken_away_and_put_back_from_the_keyboard(page: Page) -> None:
    page.locator("#day").locator("input, textarea").fill("2019-04-02")
    page.locator("#question textarea").fill("What was reported about Cyclone Idai on March 2, 2019?")
    page.keyboard.press("Enter")
    expect(page.locator("#current .answer")).to_contain_text("does not answer this")
    page.locator("#current .press-days").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#current .chip.away")).to_contain_text("Any day")
    expect(page.locator("#current .answer")).to_contain_text("Idai")
    expect(page.locator(".exchange")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first chip after the answer that has changed: the day of asking
    expect(page.locator("#day").locator("input, textarea")).to_have_value("")
    expect(page.locator("#current .chip")).to_have_count(1)
    page.locator("#current .chip.away").click()
    expect(page.locator("#current .press-days")).to_contain_text("you wrote “March 2, 2019”")


def test_two_readers_do_not_see_each_other(page: Page, browser: Browser, address: str) -> None:
    ask(page, SUMMIT)
    other = browser.new_page()
    other.goto(address)
    expect(other.locator("#first")).to_be_visible()
    expect(other.locator(".exchange")).to_have_count(0)
    other.close()


@contextmanager
def being_answered(index: Path, browser: Browser) -> Iterator[Page]:
    """A page on which a slow model is writing an answer."""
    with ThreadingHTTPServer(("127.0.0.1", 0), SlowModel) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        model = f"openai:slow@http://127.0.0.1:{server.server_port}/v1"
        page.goto(serving(dateline.open(index, llm=model)))
        page.locator("#question textarea").fill(SUMMIT)
        page.keyboard.press("Enter")
        expect(page.locator("#current .answer")).to_contain_text(
            "Trump and Kim spoke 3 times.", timeout=20_000
        )
        yield page
        page.close()
        server.shutdown()


def test_stop_hangs_up_on_the_model_and_keeps_what_was_written(index: Path, browser: Browser) -> None:
    with being_answered(index, browser) as page:
        page.locator("#stop").click()
        expect(page.locator("#current .remark")).to_have_text("Stopped.")
        assert SlowModel.hung_up.wait(10)
        expect(page.locator("#current .answer")).to_contain_text("Trump and Kim spoke 3 times.")
        expect(page.locator("#send")).to_be_visible()


def test_a_new_conversation_begins_while_an_answer_is_being_written(index: Path, browser: Browser) -> None:
    with being_answered(index, browser) as page:
        page.locator("#new").click()
        expect(page.locator("#examples")).to_be_visible()
        page.wait_for_timeout(500)  # time for a late word to come, if one does
        expect(page.locator(".exchange")).to_have_count(0)
