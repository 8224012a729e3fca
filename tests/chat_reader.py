"""A reader of the chat without a browser: the real server in a process, and the page's own requests to it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import uuid4

from chroma_server import free_port

_SECONDS = 90.0
_CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
_API = "gradio_api"


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: how many files it has open, and bytes of memory that it has written."""

    files: int
    memory: int

    def grown(self, before: Held) -> float:
        """How many times as much as before, of whichever has grown more."""
        return max(self.files / before.files, self.memory / before.memory)


def held(process: int) -> Held:
    """What a process of this machine holds. Only Linux tells."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    own = re.findall(r"^(?:Private_\w+|Swap): +(\d+) kB", told, re.MULTILINE)
    return Held(len([*Path(f"/proc/{process}/fd").iterdir()]), 1024 * sum(map(int, own)))


@dataclass(frozen=True, slots=True)
class Chat:
    """A running `dateline chat`."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def held(self) -> Held:
        """What the server holds."""
        return held(self.process.pid)


@contextmanager
def chat(
    index: Path, log: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Iterator[Chat]:
    """`dateline chat` over an index, from when it answers."""
    port = free_port()
    command = [sys.executable, "-m", "dateline", "chat", "--index", str(index), "--port", str(port), *options]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, env=os.environ | dict(environment or {"DATELINE_LLM": "none"})
        )
    running = Chat(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_for(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(running: Chat) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end and running.process.poll() is None:
        try:
            urlopen(running.url, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no chat at {running.url}: {running.log.read_text()}")


class Reader:
    """One open tab. Closing it is what a browser does when a tab is closed."""

    def __init__(self, url: str) -> None:
        with urlopen(url, timeout=_SECONDS) as page:
            shown = _CONFIG.search(page.read().decode())
        assert shown, "the page has no configuration"
        self._config: dict[str, Any] = json.loads(shown[1])
        self._url, self._tab = f"{url}/{_API}", uuid4().hex[:11]
        self._named = {one["props"].get("elem_id"): one["id"] for one in self._config["components"]}
        self._beat = urlopen(f"{self._url}/heartbeat/{self._tab}", timeout=_SECONDS)

    def ask(self, question: str, **fields: object) -> str:
        """The HTML of the last exchange, as it stands when the answer is whole."""
        return str(self.press("send", question=question, **fields)["current"])

    def press(self, button: str, **fields: object) -> dict[str, Any]:
        """What the components show, by their names, after a button was pressed with fields filled in."""
        target = [self._named[button], "click"]
        does = next(one for one in self._config["dependencies"] if target in one["targets"])
        names = {id: str(name) for name, id in self._named.items()}
        shown = {
            one["id"]: None if one["type"] == "state" else one["props"].get("value") or ""
            for one in self._config["components"]
        }
        values = [fields.get(names.get(id, ""), shown[id]) for id in does["inputs"]]
        body = {"data": values, "fn_index": does["id"], "trigger_id": target[0], "session_hash": self._tab}
        joined = Request(
            f"{self._url}/queue/join", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(joined, timeout=_SECONDS) as reply:
            reply.read()
        told = zip(does["outputs"], self._listen(), strict=True)
        return {names.get(id, ""): value for id, value in told}

    def _listen(self) -> list[Any]:
        with urlopen(f"{self._url}/queue/data?session_hash={self._tab}", timeout=_SECONDS) as events:
            for line in events:
                if not line.startswith(b"data:"):
                    continue
                event = json.loads(line[5:])
                if event["msg"] == "process_completed":
                    assert event["success"], event
                    return list(event["output"]["data"])
        raise AssertionError("the server stopped telling before the end")

    def close(self) -> None:
        """Closes the tab."""
        self._beat.close()
