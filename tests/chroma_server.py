"""A Chroma server of one's own: started, killed and started again in the same place."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

_SECONDS = 90.0  # it starts in one, on a machine that does nothing else


class ChromaServer:
    """`chroma run`, the Rust server that comes with the package, on a port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> ChromaServer:
        """Starts it and waits until it answers."""
        place = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        command = [str(Path(sys.executable).parent / "chroma"), "run", *place]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            try:
                urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
            except (URLError, OSError):
                time.sleep(0.05)
            else:
                return self
        self.kill()
        raise TimeoutError(f"no Chroma server at {self.url}")

    def kill(self) -> None:
        """Ends it as a crash does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
