"""Two writers of one index: one is refused at once; and a writer after one that was killed."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from drawn import build, context, differs, fresh, held, lay_out, read
from kills import Killing, killed

from dateline.errors import IndexBusy

_REFUSED = 1.0  # seconds at most
_TAKEOVERS = 0.4  # of the times that two are started


def writers(times: int, work: Path, *, sizes: tuple[int, int]) -> bool:
    """Prints how often one of two writers left, and a writer took over; True when promises were kept."""
    sources, base = work / "changing", work / "base"
    lay_out(sources, *sizes)
    build(sources, base)
    lay_out(sources, *sizes, changed=0.2)
    after = killed(base, sources, work, None).index.rename(work / "after")
    expected, articles = read(after), held(after)
    assert isinstance(expected, list)
    refused, slowest = 0, 0.0
    for _ in range(times):
        index = fresh(base, work / "index")
        seconds, wrong = _together(sources, index)
        if wrong or (wrong := differs(read(index), expected)) or held(index) != articles:
            print(f"  BROKEN, two writers: {wrong or 'other articles'}", flush=True)
        else:
            refused, slowest = refused + 1, max(slowest, seconds)
    taken, trials = 0, round(times * _TAKEOVERS)
    for number in range(trials):
        step = ("LedgerWriter.add", "generations.words.write", "LedgerWriter.publish")[number % 3]
        index = killed(base, sources, work, Killing(None, step, 1)).index
        report = build(sources, index)
        taken += held(index) == articles and report.articles == len(articles)
    print(f"two writers {times} times: {refused} clean refusals, the slowest after {slowest:.2f} s")
    print(f"the writer killed {trials} times: {taken} takeovers")
    return refused == times and taken == trials


def _together(sources: Path, index: Path) -> tuple[float, str | None]:
    """After how many seconds one of two writers left; or what went wrong."""
    started = context()
    together = started.Barrier(2)
    pipes, processes = [], []
    for _ in range(2):
        mine, theirs = started.Pipe()
        process = started.Process(target=_write, args=(theirs, together, sources, index))
        process.start()
        theirs.close()
        pipes.append(mine)
        processes.append(process)
    ended = [pipe.recv() for pipe in pipes]
    for process in processes:
        process.join()
    refusals = [(pid, one, seconds) for pid, one, seconds in ended if one is not None]
    if len(refusals) != 1:
        return 0, f"{len(refusals)} were refused"
    (_, message, seconds), (holder,) = refusals[0], [pid for pid, one, _ in ended if one is None]
    if f"by process {holder};" not in message or "\n" in message:
        return seconds, f"{message!r}, where it was {holder}"
    return seconds, None if seconds < _REFUSED else f"refused after {seconds:.2f} s"


def _write(pipe: Connection, together: Barrier, sources: Path, index: Path) -> None:
    """Sends the process, in which line it was refused, if it was, and after how many seconds it ended."""
    together.wait()
    began = time.perf_counter()
    try:
        build(sources, index)
        refused = None
    except IndexBusy as error:
        refused = str(error)
    pipe.send((os.getpid(), refused, time.perf_counter() - began))
