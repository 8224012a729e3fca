"""Short forms of tests/bench/durability.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent / "bench" / "durability.py"


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="this system has no fork server")
@pytest.mark.parametrize(
    "trials",
    [
        "--part damages --times 5",
        "--part kills --times 2 --each 1 --passages 2",
        "--part writers --times 3",
        "--part readers --times 200 --each 2",
        "--part refusals --times 1",
        "--part sequences --times 4",
    ],
)
def test_an_index_survives(trials: str) -> None:
    command = [sys.executable, str(BENCH), *trials.split(), "--articles", "24"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=590)
    assert done.returncode == 0, done.stdout + done.stderr
