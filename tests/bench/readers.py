"""Questions while an index is updated: every answer is of one generation, and the newest is soon seen."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from multiprocessing.synchronize import Event
from pathlib import Path

from drawn import WORDS, Drawn, build, context, record, write_records

import dateline
from dateline.config import Settings

_READERS = 4
_ARTICLES, _CHANGING = 30, 6  # so few that a generation is the one before, copied and changed
_SEEN = 5.0  # seconds after an update
_EDITION = re.compile(r"Bulletin (\d+)")


@dataclass(slots=True)
class Seen:
    """What one reader got: when it first saw each edition, and what must not be."""

    asked: int = 0
    errors: list[str] = field(default_factory=list)
    mixed: int = 0
    first: dict[int, float] = field(default_factory=dict)


def readers(questions: int, work: Path, *, updates: int) -> bool:
    """Prints what four readers got of so many questions in all; True when every promise was kept."""
    sources, index = work / "sources", work / "index"
    sources.mkdir()
    _lay_out(sources, 0)
    build(sources, index)
    started = context()
    asked, over, pipes = started.Value("q", 0), started.Event(), list[Connection]()
    for seed in range(_READERS):
        mine, theirs = started.Pipe()
        given = (theirs, index, questions // _READERS, asked, over, seed)
        started.Process(target=_ask, args=given, daemon=True).start()
        theirs.close()
        pipes.append(mine)
    for pipe in pipes:
        pipe.recv()  # it has opened the index
    published = {}
    for edition in range(1, updates + 1):
        while asked.value < questions * edition / (updates + 1):
            time.sleep(0.01)
        _lay_out(sources, edition)
        build(sources, index)
        published[edition] = time.time()
    time.sleep(_SEEN)
    over.set()
    ended: list[Seen] = [pipe.recv() for pipe in pipes]
    return _told(ended, published)


def _told(ended: list[Seen], published: dict[int, float]) -> bool:
    errors = [line for one in ended for line in one.errors]
    mixed, missed, slowest = sum(one.mixed for one in ended), 0, 0.0
    for one in ended:
        for edition, moment in published.items():
            later = [seen for other, seen in one.first.items() if other >= edition]
            missed += not later
            slowest = max(slowest, min(later, default=moment) - moment)
    print(
        f"{sum(one.asked for one in ended):,} questions from {len(ended)} readers during {len(published)} "
        f"updates: {len(errors)} errors, {mixed} answers of two generations, "
        f"{missed} updates unseen, the slowest seen after {slowest:.1f} s"
    )
    for line in errors[:5]:
        print(f"  BROKEN {line}")
    return not (errors or mixed or missed) and slowest < _SEEN


def _lay_out(folder: Path, edition: int) -> None:
    """Articles of which some say in every sentence of which edition they are."""
    records = [record(number, 4, changed=False) for number in range(_ARTICLES)]
    for one in records[:_CHANGING]:
        one["text"] = ". ".join(f"Bulletin {edition} {line}" for line in one["text"].split(". "))
    write_records(folder / "articles.jsonl", records)


def _ask(
    pipe: Connection, index: Path, questions: int, asked: Synchronized[int], over: Event, seed: int
) -> None:
    """Asks so many questions, and on until it is over; sends what was seen."""
    archive = dateline.open(index, llm="none", embedder=Drawn(), settings=Settings())
    pipe.send(None)
    draw, seen = random.Random(seed), Seen()
    while seen.asked < questions or not over.is_set():
        try:
            hits = archive.search(f"Bulletin {' '.join(draw.sample(WORDS, 2))}", k=10)
        except Exception as error:  # whatever it is: no question may fail
            seen.errors.append(f"{type(error).__name__}: {error}")
            hits = []
        editions = {int(one) for hit in hits for one in _EDITION.findall(hit.article.text)}
        seen.mixed += len(editions) > 1 or bool(seen.first and editions and min(editions) < max(seen.first))
        for edition in editions:
            seen.first.setdefault(edition, time.time())
        seen.asked += 1
        with asked.get_lock():
            asked.value += 1
    pipe.send(seen)
