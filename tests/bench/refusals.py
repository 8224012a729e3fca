"""Disks that refuse: the n-th write of a run fails, files may not grow, a disk of 64 MB is full."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from drawn import Found, build, differs, fresh, lay_out, read

import dateline

_BENCH = Path(__file__).parent
_SIZES = (24, 4)
_SPREAD = 50  # further writes that fail: from the 51st to the last
_RUN = """
import json, os, resource, sys
import chromadb.api.client, tantivy
import dateline
from dateline.config import Settings
from dateline.errors import DatelineError
from drawn import Drawn
sources, index, limit, filler, call = json.loads(sys.argv[1])
if limit is not None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
calls = iter(range(call))

def tell(stage, done, total):
    if filler and next(calls, None) is None and not os.path.exists(filler):
        with open(filler, "wb") as file:
            free = os.statvfs(os.path.dirname(filler))
            os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - 8192)

try:
    dateline.build(sources, index, embedder=Drawn(), settings=Settings(), progress=tell)
except DatelineError as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""
_DISK = """
import subprocess, sys
from pathlib import Path
from refusals import Trials, full_disks
work, times = Path(sys.argv[1]), int(sys.argv[2])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", work / "disk"], check=True)
sys.exit(not full_disks(times, Trials.of(work, work / "disk" / "index")))
"""


def refusals(times: int, work: Path, *, seed: int) -> bool:
    """Prints what refused writes led to; True when every promise was kept."""
    lay_out(work / "changing", *_SIZES)
    build(work / "changing", work / "base")
    lay_out(work / "changing", *_SIZES, changed=0.04)
    build(work / "changing", fresh(work / "base", work / "after"))
    trials = Trials.of(work, work / "index")
    kept = _limits(times, trials, random.Random(seed))
    return all([_writes(times, trials), _disk(times, work), kept])


@dataclass(frozen=True, slots=True)
class Trials:
    """Runs that are refused something, and what must be true after each."""

    work: Path
    index: Path
    old: Found
    new: Found

    @classmethod
    def of(cls, work: Path, index: Path) -> Trials:
        """Those of the index in `work`, in a copy of it."""
        old, new = read(work / "base"), read(work / "after")
        assert isinstance(old, list)
        assert isinstance(new, list)
        return cls(work, index, old, new)

    def run(
        self,
        environment: Iterable[tuple[str, str]] = (),
        *,
        limit: int | None = None,
        filler: Path | None = None,
        call: int = 0,
    ) -> str:
        """What a run came to. A broken promise is in capitals.

        Files may grow to `limit` bytes; at a call of the progress the filler takes all room on its disk.
        """
        fresh(self.work / "base", self.index)
        given = json.dumps(
            [str(self.work / "changing"), str(self.index), limit, filler and str(filler), call]
        )
        way = {"PYTHONPATH": os.pathsep.join([str(_BENCH), os.environ.get("PYTHONPATH", "")])}
        done = subprocess.run(
            [sys.executable, "-c", _RUN, given],
            capture_output=True, text=True, check=False, env=os.environ | way | dict(environment),
        )  # fmt: skip
        found, said = read(self.index), done.stderr.strip()
        if done.returncode and (not said.startswith("StorageError: ") or "\n" in said):
            return f"NO CLEAN MESSAGE: {said[-800:]}"
        if (wrong := differs(found, self.new)) and (not done.returncode or differs(found, self.old)):
            return f"DOES NOT ANSWER: {wrong}"
        if filler:
            filler.unlink(missing_ok=True)
        build(self.work / "changing", self.index)
        if wrong := differs(read(self.index), self.new):
            return f"THE NEXT RUN ENDS ELSEWHERE: {wrong}"
        if findings := dateline.check(self.index).findings:
            return f"NOT HEALTHY: {findings}"
        return "refused in one line" if done.returncode else "came to their end"

    def told(self, what: str, outcomes: Iterable[tuple[object, str]]) -> bool:
        """Prints them, counted; True when every promise was kept."""
        counted, kept = Counter[str](), True
        for trial, outcome in outcomes:
            good = outcome[:2].islower()
            counted[outcome if good else "broken"] += 1
            kept &= good
            if not good:
                print(f"  BROKEN {what}, {trial}: {outcome}", flush=True)
        print(f"{what}: " + ", ".join(f"{n} {outcome}" for outcome, n in counted.most_common()), flush=True)
        return kept


def _writes(times: int, trials: Trials) -> bool:
    """The n-th write fails, and in other runs every write from the n-th on."""
    library, counts = trials.work / "failing.so", trials.work / "counts"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(_BENCH / "failing_writes.c"), "-ldl"]
    if shutil.which("gcc") is None or subprocess.run(command, check=False).returncode:
        print("skipped: no gcc for a library that lets writes fail")
        return True
    loaded = {"LD_PRELOAD": str(library), "FAILING_BELOW": str(trials.index)}
    trials.run([*loaded.items(), ("FAILING_COUNT", str(counts))])
    last = max(map(int, counts.read_text().split()))
    places = [*range(1, times + 1)]
    places += [
        times + round((last - times) * n / (_SPREAD + 1)) for n in range(1, _SPREAD + 1) if times >= _SPREAD
    ]
    kept = True
    for how, more in (("fails", {}), ("and all after it fail", {"FAILING_ON": "1"})):
        kept &= trials.told(
            f"the n-th of {last} writes {how}, {len(places)} runs",
            ((n, trials.run([*loaded.items(), *more.items(), ("FAILING_AT", str(n))])) for n in places),
        )
    return kept


def _limits(times: int, trials: Trials, draw: random.Random) -> bool:
    largest = max(file.stat().st_size for file in (trials.work / "after").rglob("*") if file.is_file())
    sizes = [round(largest ** draw.uniform(0, 1)) for _ in range(max(1, times // 2))]
    outcomes = ((size, trials.run(limit=size)) for size in sizes)
    return trials.told(f"files may not grow beyond 1 to {largest:,} bytes, {len(sizes)} runs", outcomes)


def _disk(times: int, work: Path) -> bool:
    """The same with a disk that is mounted for a process of its own."""
    (work / "disk").mkdir()
    apart = ["unshare", "--mount", "--map-root-user"]
    if shutil.which(apart[0]) is None or subprocess.run([*apart, "true"], check=False).returncode:
        print("skipped: this user may not mount a disk")
        return True
    command = [*apart, sys.executable, "-c", _DISK, str(work), str(max(1, times // 2))]
    way = {"PYTHONPATH": os.pathsep.join([str(_BENCH), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run(command, check=False, env=os.environ | way).returncode == 0


def full_disks(times: int, trials: Trials) -> bool:
    """A disk that is filled to the last pages at some step of a run."""
    filler = trials.index.with_name("filler")
    outcomes = ((call, trials.run(filler=filler, call=call % 12)) for call in range(times))
    return trials.told(f"a disk of 64 MB is full, {times} runs", outcomes)
