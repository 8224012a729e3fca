"""`kill -9` while changed articles are read into an index, at random moments and at named steps."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from drawn import Drawn, Found, build, context, differs, fresh, held, lay_out, read

import dateline
from dateline.config import Settings
from dateline.index import generations
from dateline.index.ledger import Ledger
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.mending import probe

STEPS = (
    "LedgerWriter.add", "LedgerWriter.remove", "LedgerWriter.record_file", "LedgerWriter.sign",
    "LedgerWriter.relate", "LedgerWriter.publish", "generations.shutil.copytree", "generations.words.write",
    "generations.vectors.write", "generations.manifest.describe", "generations.shutil.rmtree",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Killing:
    """When the writer dies: so many seconds after it began, or at the n-th call of a step."""

    seconds: float | None
    step: str = ""
    call: int = 0  # from 1
    after: bool = False


@dataclass(frozen=True, slots=True)
class Death:
    """How a writer ended: its index, how many articles it had committed, how long it lived.

    Where it came to its end, how often each step was called.
    """

    index: Path
    committed: int
    seconds: float
    calls: Mapping[str, int] | None


def write(pipe: Connection, sources: Path, index: Path, killing: Killing | None) -> None:
    """Builds and tells what was committed; dies at the step where it is to die.

    Without a death it tells at its end how often each step was called.
    """
    calls = Counter[str]()

    def on_call(step: str, after: bool) -> None:
        calls[step] += not after
        if killing and killing.step == step and (calls[step], after) == (killing.call, killing.after):
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "reading and embedding":
            pipe.send(done)

    for step in STEPS:
        _watch(step, on_call)
    pipe.send(0)
    dateline.build(sources, index, embedder=Drawn(), prune=True, settings=Settings(), progress=tell)
    pipe.send(calls)


def _watch(step: str, on_call: Callable[[str, bool], None]) -> None:
    """Says when the step begins and when it has ended."""
    *way, name = step.split(".")
    place: object = {"LedgerWriter": LedgerWriter, "generations": generations}[way[0]]
    for part in way[1:]:
        place = getattr(place, part)
    taken: Callable[..., object] = getattr(place, name)

    def watched(*args: object, **named: object) -> object:
        on_call(step, False)
        result = taken(*args, **named)
        on_call(step, True)
        return result

    setattr(place, name, watched)


def killed(base: Path, sources: Path, work: Path, killing: Killing | None) -> Death:
    """What is left of a run of the writer."""
    index = fresh(base, work / "index")
    started = context()
    mine, theirs = started.Pipe()
    writer = started.Process(target=write, args=(theirs, sources, index, killing))
    writer.start()
    theirs.close()
    mine.recv()
    began, committed = time.monotonic(), 0
    calls: Counter[str] | None = None
    seconds = killing.seconds if killing else None
    try:
        while seconds is None or mine.poll(max(0.0, began + seconds - time.monotonic())):
            match mine.recv():
                case int(done):
                    committed = done
                case Counter() as told:
                    calls = told
    except EOFError:
        pass
    writer.kill()
    writer.join()
    return Death(index, committed, time.monotonic() - began, calls)


def broken(death: Death, sources: Path, old: Found, new: Found, after: list[str]) -> str | None:
    """The promise that does not hold for an index whose writer was killed.

    `old` and `new` are what readers found before and what they are to find, `after` what is to be held.
    """
    index, committed = death.index, death.committed
    found = read(index)
    if (wrong := differs(found, old)) and differs(found, new):
        return f"what is published does not answer: {wrong}"
    ledger = Ledger(index)
    waiting = sum(1 for _ in ledger.articles()) if committed else 0
    ledger.close()
    if waiting < committed:
        return f"{committed} articles were committed, {waiting} are there"
    build(sources, index)
    if held(index) != after:
        return "the next run ends with other articles"
    if wrong := differs(read(index), new):
        return f"the next run ends elsewhere: {wrong}"
    if lost := probe.wrong(index):
        return "; ".join(lost)
    generation = Ledger(index).generation
    report = build(sources, index)
    if (report.added, report.updated, report.removed) != (0, 0, 0) or Ledger(index).generation != generation:
        return f"the run after that was not without work: {report}"
    return None


def kills(times: int, each: int, work: Path, *, sizes: tuple[int, int], seed: int) -> bool:
    """Prints what came of kills at random moments and at each named step; True when promises were kept.

    A large change makes the writer derive everything anew, a small one copies and changes.
    """
    kept = _kills(times // 2, 0, work / "large", sizes, 0.2, seed)
    return _kills(times - times // 2, each, work / "small", sizes, 0.04, seed) and kept


def _kills(times: int, each: int, work: Path, sizes: tuple[int, int], changed: float, seed: int) -> bool:
    sources, base = work / "changing", work / "base"
    work.mkdir()
    lay_out(sources, sizes[0] - 1, sizes[1])
    build(sources, base)
    lay_out(sources, *sizes)
    build(sources, base)  # the second generation: the next run takes the first one away
    lay_out(sources, *sizes, changed=changed)
    whole = killed(base, sources, work, None)
    after = whole.index.rename(work / "after")
    assert whole.calls
    assert held(base) != held(after)
    old, new = read(base), read(after)
    assert isinstance(old, list)
    assert isinstance(new, list)
    draw, failures, ended = random.Random(seed), 0, 0
    trials = [Killing(draw.uniform(0, whole.seconds)) for _ in range(times)]
    trials += [
        Killing(None, step, draw.randint(1, whole.calls[step]), bool(n % 2))
        for step in STEPS
        if each
        for n in range(each)
    ]
    for killing in trials:
        death = killed(base, sources, work, killing)
        ended += death.calls is not None
        if wrong := broken(death, sources, old, new, held(after)):
            failures += 1
            print(f"  BROKEN {killing}: {wrong}", flush=True)
    where = f"{times} kills at random moments"
    if each:
        where += f" and {len(trials) - times} at {len(STEPS)} named steps"
    print(
        f"{where} of a run that changes {changed:.0%} of {sizes[0]} articles "
        f"({ended} came too late): {failures} broken promises",
        flush=True,
    )
    return not failures
