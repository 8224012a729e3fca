"""`dateline index --watch`, and the call behind it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.errors import SourceError
from dateline.index import lock
from dateline.index.minilm import MiniLM
from dateline.types import Postponed, Report
from newsroom import RECORDS, Watched, write_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    write_articles(tmp_path / "articles/first.jsonl", *RECORDS[:2])
    return tmp_path / "articles"


class Until:
    """False until it is said, or a minute has passed: a test that waits for nothing should fail."""

    def __init__(self) -> None:
        self.said, self._end = False, time.monotonic() + 60

    def __call__(self) -> bool:
        return self.said or time.monotonic() > self._end


def watched(folder: Path, until: Until, embedder: MiniLM | Watched) -> Iterator[Report | Postponed]:
    return dateline.watch(
        folder, folder.parent / "index", until=until, every=0.05, quiet=0.1, embedder=embedder, prune=True
    )


def done(one: Report | Postponed) -> tuple[int, int, int]:
    assert isinstance(one, Report)
    return one.added, one.updated, one.removed


def test_a_file_whose_name_is_no_text_ends_nothing(folder: Path, embedder: MiniLM) -> None:
    until = Until()
    runs = watched(folder, until, embedder)
    assert done(next(runs)) == (2, 0, 0)
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_text("Officials opened the bridge.")
    except OSError:
        pytest.skip("this file system holds names of text alone")
    assert done(next(runs)) == (0, 0, 0)
    write_articles(folder / "second.jsonl", *RECORDS[2:4])
    report = next(runs)
    assert done(report) == (2, 0, 0)
    assert isinstance(report, Report)
    assert [Path(one.path).name for one in report.skipped] == ["caf\\xe9.txt"]
    json.dumps(report.to_dict()).encode()
    until.said = True
    assert list(runs) == []


def test_a_folder_that_grows_changes_and_shrinks_is_followed(folder: Path, embedder: MiniLM) -> None:
    until = Until()
    runs = watched(folder, until, embedder)
    assert done(next(runs)) == (2, 0, 0)
    write_articles(folder / "second.jsonl", *RECORDS[2:4])
    assert done(next(runs)) == (2, 0, 0)
    write_articles(folder / "first.jsonl", RECORDS[0] | {"text": "The bridge is closed again."}, RECORDS[1])
    assert done(next(runs)) == (0, 1, 0)
    (folder / "second.jsonl").unlink()
    assert done(next(runs)) == (0, 0, 2)
    until.said = True
    assert list(runs) == []


def test_a_bad_file_costs_nothing_that_is_good(folder: Path, embedder: MiniLM) -> None:
    runs = watched(folder, Until(), embedder)
    assert done(next(runs)) == (2, 0, 0)
    (folder / "bad.json").write_text("{")
    write_articles(folder / "good.jsonl", RECORDS[2])
    added, skipped = 0, list[str]()
    while not (added and skipped):
        one = next(runs)
        assert isinstance(one, Report)
        added += one.added
        skipped = [bad.path for bad in one.skipped]
    assert (added, skipped) == (1, [str(folder / "bad.json")])
    assert isinstance(one, Report)
    assert one.articles == 3


def test_other_writers_get_their_turn_and_are_waited_for(folder: Path, embedder: MiniLM) -> None:
    runs = watched(folder, Until(), embedder)
    assert done(next(runs)) == (2, 0, 0)
    assert dateline.remove(["bridge-opens"], folder.parent / "index") == 0
    with lock.writing(folder.parent / "index"):
        write_articles(folder / "second.jsonl", *RECORDS[2:4])
        one = next(runs)
        assert isinstance(one, Postponed)
        assert f"by process {os.getpid()};" in one.reason
    assert done(next(runs)) == (2, 0, 0)


def test_a_run_ends_between_its_steps_and_the_next_one_goes_on(folder: Path, embedder: MiniLM) -> None:
    until = Until()
    runs = watched(folder, until, embedder)
    next(runs)
    until.said = True
    file = write_articles(folder / "second.jsonl", *RECORDS[2:4])
    os.utime(file, (0, 0))  # long quiet
    assert list(runs) == []

    class Late(Until):
        def __call__(self) -> bool:  # when everything was embedded and committed
            return bool(counted.embedded)

    counted = Watched(embedder)
    assert list(watched(folder, Late(), counted)) == []
    assert len(counted.embedded) == 2
    assert dateline.check(folder.parent / "index").healthy
    again = Watched(embedder)
    assert dateline.build(folder, folder.parent / "index", embedder=again).articles == 4
    assert again.embedded == []


def test_sources_that_are_not_there_are_refused_at_once_and_missed_later(
    folder: Path, embedder: MiniLM
) -> None:
    with pytest.raises(SourceError):
        next(watched(folder / "nowhere", Until(), embedder))
    runs = watched(folder, Until(), embedder)
    next(runs)
    shutil.move(folder, folder.with_name("elsewhere"))
    assert isinstance(next(runs), Postponed)
    shutil.move(folder.with_name("elsewhere"), folder)
    write_articles(folder / "second.jsonl", RECORDS[2])
    assert done(next(runs)) == (1, 0, 0)


@pytest.mark.usefixtures("embedder")
@pytest.mark.skipif(sys.platform == "win32", reason="this system has no SIGTERM")
@pytest.mark.parametrize("said", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_a_line_for_each_run_and_ends_when_it_is_told_to(
    folder: Path, said: signal.Signals
) -> None:
    index = folder.parent / "index"
    command = [
        sys.executable,
        "-m",
        "dateline",
        "index",
        "--watch",
        str(folder),
        "--index",
        str(index),
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert f"watching {folder}" in process.stderr.readline()
        assert "2 added, 0 updated, 0 removed; 2 articles" in process.stderr.readline()
        write_articles(folder / "second.jsonl", *RECORDS[2:4])
        assert "2 added, 0 updated, 0 removed; 4 articles" in process.stderr.readline()
        began = time.monotonic()
        process.send_signal(said)
        told, rest = process.communicate()
        assert time.monotonic() - began < 10
    assert (process.returncode, rest) == (0, "")
    whole = json.loads(told)
    assert (whole["runs"], whole["added"], whole["articles"]) == (2, 4, 4)
