"""Disks that refuse: nothing is lost, the old state answers, the next run completes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import dateline
from dateline.errors import StorageError
from dateline.index.minilm import MiniLM
from newsroom import RECORDS, report, write_articles

WRITE = """
import json, os, resource, sys, dateline
from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.index.minilm import load
import chromadb.api.client, tantivy
sources, index, size, user = json.loads(sys.argv[1])
model = load(Settings.from_environment(), say=print)
if size is not None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
if user is not None:
    os.setgid(user), os.setuid(user)
try:
    print(dateline.build(sources, index, embedder=model))
except DatelineError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""
READ = """
import json, os, sys, dateline
from dateline.config import Settings
from dateline.index.minilm import load
index, warm, user = json.loads(sys.argv[1])
model = load(Settings.from_environment(), say=print)
ask = lambda place: dateline.open(place, llm="none", embedder=model).search("Who opened the new bridge?")
ask(warm)
if user is not None:
    os.setgid(user), os.setuid(user)
print([hit.passage.id for hit in ask(index)][0])
"""
FILL = """
import json, os, shutil, subprocess, sys, dateline
from pathlib import Path
from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.index.minilm import load
disk, copy, sources = map(Path, json.loads(sys.argv[1]))
model = load(Settings.from_environment(), say=print)
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", disk], check=True)
for full in ("reading and embedding", "comparing articles", "indexing words", "indexing vectors"):
    shutil.copytree(copy, disk / "index")

    def tell(stage, done, total):
        if stage == full and not (disk / "filler").exists():
            with open(disk / "filler", "wb") as filler:
                free = os.statvfs(disk)
                os.posix_fallocate(filler.fileno(), 0, free.f_bavail * free.f_frsize - 8192)

    failure = "none"
    try:
        dateline.build(sources, disk / "index", embedder=model, progress=tell)
    except DatelineError as error:
        failure = f"{type(error).__name__}: {error}"
    archive = dateline.open(disk / "index", llm="none", embedder=model)
    found = [hit.passage.id for hit in archive.search("Who opened the new bridge?")]
    (disk / "filler").unlink()
    report = dateline.build(sources, disk / "index", embedder=model)
    print(json.dumps([failure, found, report.articles, dateline.check(disk / "index").healthy]))
    del archive
    shutil.rmtree(disk / "index")
"""
NOBODY = 65534


def run(code: str, *given: object, within: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*within, sys.executable, "-c", code, json.dumps(given)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """More than the index holds: what a run that fails would add."""
    late = [
        report(f"late-{n}", f"The harbour of town {n} froze over. {n} ships lay still.") for n in range(9)
    ]
    return write_articles(tmp_path / "articles.jsonl", *RECORDS, *late)


@pytest.fixture
def copy(index: Path, tmp_path: Path) -> Path:
    shutil.copytree(index, tmp_path / "index")
    return tmp_path / "index"


def found(index: Path, embedder: MiniLM) -> list[str]:
    archive = dateline.open(index, llm="none", embedder=embedder)
    return [hit.passage.id for hit in archive.search("Who opened the new bridge?")]


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no file-size limit")
@pytest.mark.parametrize("size", [0, 4, 20_000, 100_000, 150_000])
def test_a_file_that_may_not_grow_costs_nothing_but_the_run(
    copy: Path, sources: Path, embedder: MiniLM, size: int
) -> None:
    expected = found(copy, embedder)
    failed = run(WRITE, str(sources), str(copy), size, None)
    assert failed.returncode == 1
    assert failed.stderr.startswith("StorageError: "), failed.stderr
    assert len(failed.stderr.splitlines()) == 1
    assert found(copy, embedder) == expected
    done = dateline.build(sources, copy, embedder=embedder)
    assert done.articles == len(RECORDS) + 9
    assert dateline.check(copy).healthy


def test_a_run_does_not_begin_without_room(
    copy: Path, sources: Path, embedder: MiniLM, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
        with pytest.raises(StorageError, match="has 1 MB left on its disk and needs at least"):
            dateline.build(sources, copy, embedder=embedder)
    assert dateline.build(sources, copy, embedder=embedder).added == 9


def test_a_first_run_does_not_begin_without_room_for_what_its_sources_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / "long.txt"
    long.write_text("The mayor opened the bridge. " * 300_000)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 5 * 10**7))
        with pytest.raises(StorageError, match="has 50 MB left on its disk and needs at least 86 MB"):
            dateline.build(long, tmp_path / "index")
        assert dateline.build(write_articles(tmp_path / "short.jsonl", *RECORDS), tmp_path / "index").added


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted")
def test_a_full_disk_costs_nothing_but_the_run(tmp_path: Path, sources: Path, copy: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    apart = ("unshare", "--mount", "--map-root-user")
    done = run(FILL, str(disk), str(copy), str(sources), within=apart)
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip("this user may not mount a disk")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for failure, found, articles, healthy in told:
        assert failure.startswith("StorageError: ")
        assert "\n" not in failure
        assert found[0].startswith("bridge-opens")
        assert (articles, healthy) == (len(RECORDS) + 9, True)
    assert len(told) == 4


def as_nobody() -> int | None:
    """The user to become so that permissions bind; None when they already do."""
    if sys.platform == "win32":
        pytest.skip("permissions of this system are others")
    return NOBODY if os.geteuid() == 0 else None


def test_an_index_that_can_only_be_read_is_searched(copy: Path, index: Path) -> None:
    user = as_nobody()
    top = Path(tempfile.gettempdir())
    if not copy.is_relative_to(top):
        pytest.skip("the folder of the tests is closed to others")
    for folder in (copy, *copy.parents):
        if folder == top:
            break
        folder.chmod(0o755)
    for one in copy.rglob("*"):
        one.chmod(0o555 if one.is_dir() else 0o444)
    copy.chmod(0o555)
    done = run(READ, str(copy), str(index), user)
    refused = run(WRITE, str(copy.parent), str(copy), None, user)
    for one in (copy, *copy.rglob("*")):
        one.chmod(0o755)
    assert done.stdout.startswith("bridge-opens"), done.stderr
    assert refused.stderr.startswith("StorageError: "), refused.stderr
    assert len(refused.stderr.splitlines()) == 1
