"""Many readers, at once and one after another: all are answered, and nothing of them stays behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import pytest

import dateline
from chat_reader import Chat, Reader, chat, held
from dateline.config import Settings
from dateline.index.minilm import MiniLM

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells what a process holds"
)

QUESTIONS = ("Who opened the new bridge?", "When will the ferry talks be?", "What does the library lend?")
GROWTH = 1.05


@pytest.fixture(scope="module")
def window(index: Path, embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    with chat(index, tmp_path_factory.mktemp("chat") / "log") as running:
        yield running


def converse(url: str, questions: int) -> list[str]:
    """What a reader is shown who asks so many questions and leaves."""
    reader = Reader(url)
    try:
        return [reader.ask(QUESTIONS[n % len(QUESTIONS)]) for n in range(questions)]
    finally:
        reader.close()


def test_two_hundred_threads_that_ask_once_leave_nothing_behind(index: Path, embedder: MiniLM) -> None:
    archive = dateline.open(index, embedder=embedder, settings=Settings())
    texts: list[str] = []

    def ask(readers: int) -> None:
        for _ in range(0, readers, 10):
            threads = [Thread(target=lambda: texts.append(archive.ask(QUESTIONS[0]).text)) for _ in range(10)]
            for one in threads:
                one.start()
            for one in threads:
                one.join()

    ask(30)
    before = held(os.getpid())
    ask(200)
    assert held(os.getpid()).grown(before) < GROWTH
    assert len(texts) == 230
    assert len(set(texts)) == 1


def test_the_chat_does_not_grow_with_the_questions_asked(window: Chat) -> None:
    converse(window.url, 20)
    before = window.held()
    shown = [one for _ in range(15) for one in converse(window.url, 10)]
    assert all('class="answer"' in one for one in shown)
    assert window.held().grown(before) < GROWTH


def test_many_who_ask_at_once_are_all_answered(window: Chat) -> None:
    with ThreadPoolExecutor(12) as readers:
        shown = [one for told in readers.map(lambda _: converse(window.url, 8), range(12)) for one in told]
    assert [one for one in shown if 'class="answer"' not in one] == []
    assert "Traceback" not in window.log.read_text()
