from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dateline.errors import IndexBusy, IndexMismatch
from index.desk import BRIDGE, Desk, counts

_HOLD = """
import sys
from pathlib import Path
from dateline.index import lock

with lock.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(index: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing the index."""
    command = [sys.executable, "-c", _HOLD, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_refused_at_once_and_told_who_writes(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    with holder(desk.index) as process:
        begun = time.monotonic()
        with pytest.raises(IndexBusy, match=f"process {process.pid};") as refused:
            desk.build()
        assert time.monotonic() - begun < 1
        assert refused.value.exit_code == 3
        process.kill()
        process.wait()
        assert counts(desk.build()) == (1, 0, 0, 0)


def test_readers_are_not_held_up_by_a_writer(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    with holder(desk.index):
        assert desk.found("bridge") == {"bridge"}


def test_a_file_in_place_of_the_index_is_an_error_of_one_line(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.index.write_text("not a folder")
    with pytest.raises(IndexMismatch, match="can't be an index"):
        desk.build()
