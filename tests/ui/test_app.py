"""The address of the chat."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from dateline.errors import DatelineError
from dateline_ui import app


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            DatelineError, match=f"can't show the chat at 127.0.0.1:{port}: .*--port"
        ) as caught:
            app.listen("127.0.0.1", port)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("no such host", 7860)])
def test_an_address_that_cannot_be_had_is_one_clear_line(host: str, port: int) -> None:
    with pytest.raises(DatelineError, match="can't show the chat at") as caught:
        app.listen(host, port)
    assert "\n" not in str(caught.value)


def test_importing_the_window_does_not_import_gradio() -> None:
    code = "import sys, dateline_ui; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]")],
)
def test_the_address_is_one_that_a_browser_can_open(host: str, shown: str) -> None:
    assert app.reachable(host) == shown


@pytest.mark.parametrize(
    ("host", "local"),
    [
        *(("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True)),
        *(("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("archive.example", False)),
    ],
)
def test_only_a_loopback_address_is_of_this_machine_alone(host: str, local: bool) -> None:
    assert app.is_local(host) is local
