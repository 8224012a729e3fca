"""Questions to the real chat server, one after another: it must not grow. `python tests/bench/soak.py INDEX`

    [--questions N] [--readers N]

Readers open a tab, ask a few questions as one conversation, each read to its end, and leave. What the process
holds, its open files and its memory, is looked at when it is warm, after as many tabs as the chat remembers,
and in the end. Exits with 1 where either has grown by more than a twentieth, or a question went wrong.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import dateline
from chat_reader import Chat, Held, Reader, chat
from dateline_ui.page import TABS

TOGETHER = 4  # questions of a conversation
WARM = TOGETHER * TABS  # questions
GROWTH = 1.05
LOOKS = 10


class Soak:
    """Readers of one chat, and what it holds as they come and go."""

    def __init__(self, running: Chat, questions: list[str], wanted: int) -> None:
        self._chat, self._questions, self._wanted = running, questions, wanted
        self._numbers = itertools.count()
        self._lock = Lock()
        self._began = time.monotonic()
        self.done = 0
        self.wrong: list[str] = []
        self.seen: list[Held] = []
        self.warm: Held | None = None

    def read(self) -> None:
        """One reader after another, until all questions are asked."""
        while (first := next(self._numbers) * TOGETHER) < self._wanted:
            reader = Reader(self._chat.url)
            for number in range(first, first + TOGETHER):
                question = self._questions[number % len(self._questions)]
                shown = reader.ask(question)
                self._asked(question, shown)
            reader.close()

    def _asked(self, question: str, shown: str) -> None:
        with self._lock:
            self.done += 1
            if 'class="answer"' not in shown or "went wrong" in shown:
                self.wrong.append(f"{question}: {shown[-200:]}")
            if self.done % max(1, self._wanted // LOOKS) == 0:
                self.seen.append(now := self._chat.held())
                self.warm = self.warm or (now if self.done >= WARM else None)
                passed = f"{self.done:6,} questions {time.monotonic() - self._began:6.0f} s"
                print(f"{passed}  {now.files:5} files {now.memory / 1e6:7.1f} MB", flush=True)


def main() -> int:
    """The exit code."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("index", type=Path)
    arguments.add_argument("--questions", type=int, default=2_000)
    arguments.add_argument("--readers", type=int, default=1)
    given = arguments.parse_args()
    questions = dateline.open(given.index, llm="none").examples(40)
    with tempfile.TemporaryDirectory() as work, chat(given.index, Path(work) / "log") as running:
        soak = Soak(running, questions, given.questions)
        with ThreadPoolExecutor(given.readers) as readers:
            for one in [readers.submit(soak.read) for _ in range(given.readers)]:
                one.result()
    for line in soak.wrong[:5]:
        print(f"  WRONG {line}")
    grown = soak.seen[-1].grown(soak.warm or soak.seen[0])
    print(f"{soak.done:,} questions, {len(soak.wrong)} wrong; holds {grown:.3f} times what it held when warm")
    return int(bool(soak.wrong) or grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
