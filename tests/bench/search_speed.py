"""How long a search of the whole of realtimeqa-2024 takes, with and without filters, and in how much memory.

The filters are the day of the question (with the freshness that goes with it), and one of the outlets with
the most articles, in turn. The memory is the most that the searching process, which does nothing else, has
ever held, files that it reads included.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import contenders
from tqdm import tqdm

from dateline.measure import Question
from dateline.measure.scores import pace
from dateline.types import Filters

OUTLETS = 3
TO_MEGABYTES = 2**20 if sys.platform == "darwin" else 2**10  # of what the system counts in

KINDS = {  # filters by day, by outlet
    "no filter": (False, False),
    "until the day of asking": (True, False),
    "one outlet": (False, True),
    "both": (True, True),
}


def lines(articles: Path, folder: Path, most: int | None, questions: Sequence[Question]) -> list[str]:
    """The table. What indexes and what searches are processes of their own; this one stays small.

    For a process begins with the most that its parent has held.
    """
    with alone() as pool:
        pool.submit(prepare, articles, folder, most).result()
    with alone() as pool:
        return pool.submit(measured, folder, questions).result()


def alone() -> ProcessPoolExecutor:
    """A fresh process."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def prepare(articles: Path, folder: Path, most: int | None) -> None:
    """Makes the index, where there is none."""
    contenders.indexed(articles, folder, contenders.embedder(), most)


def measured(folder: Path, questions: Sequence[Question]) -> list[str]:
    """The lines of the table."""
    from resource import RUSAGE_SELF, getrusage  # Windows has none

    index = contenders.opened(folder, contenders.embedder())
    overview = index.archive.overview()
    outlets = [source for source, _ in overview.sources[:OUTLETS]]
    told = [
        f"searches among {overview.articles:,} articles, {overview.passages:,} passages",
        f"{'':<28}{'median ms':>11}{'p95 ms':>11}",
    ]
    index.archive.search(questions[0].text)  # what is loaded on first use is not search
    for kind, (by_day, by_outlet) in KINDS.items():
        seconds = []
        for number, question in enumerate(tqdm(questions, desc=kind, file=sys.stderr)):
            filters = Filters(sources=(outlets[number % len(outlets)],)) if by_outlet and outlets else None
            started = time.perf_counter()
            index.archive.search(question.text, as_of=question.as_of if by_day else None, filters=filters)
            seconds.append(time.perf_counter() - started)
        told.append(f"{kind:<28}{''.join(f'{1000 * taken:>11.0f}' for taken in pace(seconds).values())}")
    held = getrusage(RUSAGE_SELF).ru_maxrss / TO_MEGABYTES
    return [*told, f"memory of the searching process: {held:,.0f} MB at most"]
