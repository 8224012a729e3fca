"""The child process: serves one GGUF file on loopback for as long as its parent lives.

`python -m dateline.bridge.local.serve FILE PORT CONTEXT_TOKENS`. One line on standard output, `READY` or
`FAILED`, then nothing. The only module that knows xllamacpp.
"""

from __future__ import annotations

import os
import sys
import threading
import time

READY, FAILED = "ready", "failed"
_SECONDS = 1.0  # between two looks at the parent


def serve(file: str, port: int, context: int) -> None:
    """Serves until the parent is gone."""
    end_with_parent()
    from xllamacpp import CommonParams, Server

    parameters = CommonParams()
    parameters.model.path = file
    parameters.n_ctx, parameters.n_parallel = context, 1
    parameters.cpuparams.n_threads = os.cpu_count() or 1
    parameters.port, parameters.ui = port, False
    try:
        server = Server(parameters)  # returns when it listens
    except RuntimeError:
        print(FAILED, flush=True)
        os._exit(1)
    print(READY, flush=True)
    while server:
        time.sleep(_SECONDS)


def end_with_parent() -> None:
    """Ends this process when its parent does, however that ends: then standard input does, too.

    Where the parent has forked another that holds the pipe open, its number tells.
    """
    parent = os.getppid()

    def read() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_SECONDS)
        os._exit(0)

    for watch in (read, look):
        threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
