"""A real server of llama.cpp on loopback, in a process of its own: `with running(file) as url: ...`"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

STARTING = 120.0  # seconds, at most
CONTEXT = 4_096  # tokens


@contextmanager
def running(file: Path) -> Iterator[str]:
    """The base URL of a server of this GGUF file that is up inside the `with`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    process = subprocess.Popen(
        [sys.executable, __file__, str(file), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(url, process)
        yield url
    finally:
        process.kill()
        process.wait()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url.removesuffix('/v1')}/health", timeout=2).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start; is xllamacpp installed, and the file a GGUF model?")


def serve(file: str, port: int) -> None:
    """Serves until it is killed, or its parent is gone."""
    from xllamacpp import CommonParams, Server

    parameters = CommonParams()
    parameters.model.path, parameters.n_ctx, parameters.port, parameters.n_parallel = file, CONTEXT, port, 1
    parameters.cpuparams.n_threads = os.cpu_count() or 1
    server, parent = Server(parameters), os.getppid()
    while os.getppid() == parent:
        time.sleep(1.0)
    del server


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
