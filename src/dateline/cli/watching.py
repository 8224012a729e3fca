"""`dateline index --watch`: goes on until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

import dateline
from dateline.cli.printing import as_json, aside
from dateline.config import Settings
from dateline.types import Postponed, Report, Skipped

_SECONDS = 9  # between a signal and the end of the process, however long one step of a run takes
_DONE = ("added", "updated", "removed")


class Stop:
    """True when the process was asked to end."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked


def watch(sources: Sequence[str], given: argparse.Namespace, settings: Settings) -> int:
    """Keeps up with the sources, a line for each run on standard error; 0 when it is told to stop."""
    runs, total, stop = 0, None, Stop()
    with _ending(stop):
        aside(f"watching {', '.join(sources)}; stop it with Ctrl-C")
        for one in dateline.watch(
            sources,
            given.index,
            until=stop,
            embedder=given.embedder,
            prune=given.prune,
            store=given.store,
            fields=given.map,
            day_first=given.day_first,
            settings=settings,
        ):
            aside(f"{time.strftime('%H:%M:%S')}  {_line(one, total)}")
            if isinstance(one, Report):
                runs, total = runs + 1, _after(total, one)
    if given.json:
        as_json({"runs": runs} | (total.to_dict() if total else {}))
    return 0


def _after(total: Report | None, one: Report) -> Report:
    """What all runs did: a run's own totals, with what the runs before it had done."""
    if total is None:
        return one
    return replace(
        one,
        added=total.added + one.added,
        updated=total.updated + one.updated,
        removed=total.removed + one.removed,
        seconds=round(total.seconds + one.seconds, 3),
    )


@contextmanager
def _ending(stop: Stop) -> Iterator[None]:
    """SIGINT and SIGTERM ask to stop; a second one ends at once, and so does the system after some seconds.

    An end in the midst of a run costs nothing but that run.
    """

    def ask(number: int, frame: FrameType | None) -> None:
        stop.asked = True
        for name, handler in former.items():
            signal.signal(name, handler)
        if hasattr(signal, "alarm"):
            signal.alarm(_SECONDS)

    former = {name: signal.signal(name, ask) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        for name, handler in former.items():
            signal.signal(name, handler)


def _line(one: Report | Postponed, before: Report | None) -> str:
    if isinstance(one, Postponed):
        return f"tried again: {one.reason}"
    parts = [f"{getattr(one, name):,} {name}" for name in _DONE]
    new = [skipped for skipped in one.skipped if before is None or skipped not in before.skipped]
    if new:
        parts.append(f"{len(new):,} skipped ({_where(new[0])}{' and others' if new[1:] else ''})")
    return "; ".join([", ".join(parts), f"{one.articles:,} articles", f"{one.seconds:.1f} s", *one.notices])


def _where(one: Skipped) -> str:
    return f"{one.path if one.line is None else f'{one.path}:{one.line}'}: {one.reason}"
