"""An index that keeps up with its sources: `build`, again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from dateline import backends
from dateline.config import Settings
from dateline.corpus import Sources, for_articles, published
from dateline.errors import DatelineError, IndexBusy, SourceError, StorageError
from dateline.index import Embedder
from dateline.types import Postponed, Report, Tell

_A_MOMENT = 0.1  # seconds
_AWAY = 30.0  # seconds: before a store that was away is tried again
_SHARE = 4  # times as long as a look at the sources took, they are left alone


def watch(
    sources: Sources,
    index: str | Path = "index",
    *,
    until: Callable[[], bool],
    every: float = 2.0,
    quiet: float = 2.0,
    embedder: str | Embedder | None = None,
    prune: bool = False,
    store: str | None = None,
    fields: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> Iterator[Report | Postponed]:
    """What each run did that brought an index to the state of its changing sources, as `build` does it.

    The sources are looked at every so many seconds. A file is read when it has not changed for `quiet`
    seconds, and the index is held only while it is written. A run that another writer, a disk or a missing
    folder does not allow is postponed, and said to be so once.

    Ends when `until` says so, which is asked several times a second and within a run between its steps: what
    that run has not committed by then is taken back, what it has waits for the next one. Raises what `build`
    raises, when it first looks also SourceError.
    """
    from dateline.index import lock, sync
    from dateline.index.quiet import Quiet
    from dateline.reading import find as find_files
    from dateline.reading import hints_of

    settings = settings or Settings.from_environment()
    hints = hints_of(fields, day_first=day_first)
    tell = _ended_by(until, progress or backends.silent)
    named = [sources] if isinstance(sources, str | Path) else sources
    list(find_files(named))
    place = backends.address(store, settings)
    watched, done, said, model = Quiet(quiet), None, "", embedder or settings.embedder
    while not until():
        began, pause = time.monotonic(), every
        try:
            found, state = watched.settled(find_files(named))
            pause = max(every, _SHARE * (time.monotonic() - began))
            if state != done and (state or done):  # at first nothing may be quiet yet
                with lock.writing(Path(index), tell) as ledger:
                    held, notices = for_articles(model, settings, tell)
                    report = sync.synchronise(
                        found, ledger, held, tell, prune=named if prune else (), hints=hints
                    )
                    report = replace(report, notices=(*report.notices, *notices))
                    report = published(report, ledger, place, tell, republish=False)
                said, model = "", held or model
                if report.published is False:  # the store is away
                    pause = _AWAY
                else:
                    done = state
                yield report
        except _Ended:
            return
        except (IndexBusy, StorageError, SourceError) as error:
            if str(error) != said:
                said = str(error)
                yield Postponed(said)
        _wait(pause, until)


class _Ended(DatelineError):
    """A run is to end before it is done."""


def _ended_by(until: Callable[[], bool], tell: Tell) -> Tell:
    def told(stage: str, done: int, total: int | None) -> None:
        if until():
            raise _Ended
        tell(stage, done, total)

    return told


def _wait(seconds: float, until: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not until() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, _A_MOMENT))
