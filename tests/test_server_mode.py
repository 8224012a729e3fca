"""A short form of tests/bench/server.py: the same processes, killed and started once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench" / "server.py"


@pytest.mark.usefixtures("embedder")
def test_readers_of_a_server_that_is_killed_lose_nothing() -> None:
    command = [sys.executable, str(BENCH), "--rounds", "1", "--articles", "12"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stdout + done.stderr
