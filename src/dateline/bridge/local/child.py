"""A child process that runs a model: started when it is needed, and again after it has ended."""

from __future__ import annotations

import socket
import subprocess
import sys
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from dateline.bridge.local.serve import READY
from dateline.errors import ModelError

_SECONDS = 300.0  # until a large file is read from a slow disk
_ENDING = 5.0  # seconds
_SERVE = (sys.executable, "-P", "-m", "dateline.bridge.local.serve")  # whatever the working folder holds


class Child:
    """The server of one GGUF file. Thread-safe; it ends with this, or with the process that has it."""

    def __init__(self, file: Path, context: int, *, program: Sequence[str] = _SERVE) -> None:
        self.file = file
        self.address = f"http://127.0.0.1:{(port := _free_port())}/v1"
        self._command = [*program, str(file), str(port), str(context)]
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._held: list[subprocess.Popen[str]] = []
        self.close = weakref.finalize(self, _end, self._held)

    def has_ended(self, *, within: float = 0.0) -> bool:
        """True before it was started, and when it has crashed, or does so in so many seconds."""
        if self._process is None:
            return True
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(within)
        return self._process.returncode is not None

    def start(self) -> None:
        """Starts it where it does not run, and waits until it answers. Raises ModelError."""
        with self._lock:
            if not self.has_ended():
                return
            _end(self._held)
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            self._held.append(self._process)
            if _said(self._process) != READY:
                _end(self._held)
                raise ModelError(
                    "unknown_model",
                    f"{self.file} can't be run: it is damaged, too large for this machine's memory, or of a "
                    "kind that llama.cpp does not know; name another with --llm local:FILE",
                )


def _said(process: subprocess.Popen[str]) -> str:
    """The first line that it says; empty where it ends, or says nothing for too long."""
    heard: SimpleQueue[str] = SimpleQueue()
    assert process.stdout is not None
    output = process.stdout
    Thread(target=lambda: heard.put(output.readline().strip()), daemon=True).start()
    try:
        return heard.get(timeout=_SECONDS)
    except Empty:
        return ""


def _end(held: list[subprocess.Popen[str]]) -> None:
    """Ends the processes and waits until they are gone."""
    while held:
        process = held.pop()
        process.kill()
        process.wait(_ENDING)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
