"""A child process in the place of a local model: `python local_child.py FILE PORT CONTEXT_TOKENS`.

What it does is written in the file: "well" says that it is, "crash" ends in the midst of a reply,
"damaged" says that it can't be run, "mute" says nothing and ends.
"""

from __future__ import annotations

import os
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path

from dateline.bridge.local.serve import FAILED, READY, end_with_parent
from scripted_server import Body, Reply, ScriptedServer, _Handler


def does(file: str) -> Reply:
    if Path(file).read_text() == "crash":
        os._exit(9)
    return Reply.text("It is well.")


def main(file: str, port: str, context: str) -> None:
    end_with_parent()
    if (kind := Path(file).read_text()) in ("damaged", "mute"):
        print(FAILED if kind == "damaged" else "", flush=True)
        sys.exit(1)

    def reply(_: Body) -> Reply:
        return does(file)

    class Handler(_Handler):
        server_script = ScriptedServer([reply])

    server = ThreadingHTTPServer(("127.0.0.1", int(port)), Handler)
    print(READY, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
