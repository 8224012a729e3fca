"""Does an index survive? `python tests/bench/durability.py [--part NAME] [--times N]`

    [--articles N] [--passages N] [--each N] [--seed N] [--told]

damages    In a copy of an index, bytes of a file are flipped, a file is cut or deleted, two are swapped.
           Reading must find what it found before, or say in one line what is damaged; or else the doctor must
           name it. After its repair everything is found again; articles of which the ledger has no whole row
           any more are read again from their files.
kills      `kill -9` while changed articles are read into an index, at random moments and --each times at each
           named step. What is published answers, nothing that was committed is lost, the next run ends where
           an undisturbed one ends, and the one after that has nothing to do.
writers    Two writers are started together: one of them leaves within a second and names the other. A writer
           is killed, and the next one goes on at once.
readers    Four processes ask while an index is updated, twice --each times: no error, no answer of two
           generations, every update seen within five seconds.
refusals   The n-th write below the index fails, once or from then on (failing_writes.c is loaded before the C
           library; needs gcc); files may not grow; a disk of 64 MB is full (needs the right to mount). One
           line, the old state answers, the next run completes.
sequences  Sequences of add, change, remove, move, index and kill, drawn by hypothesis, end with the same
           ledger, ids and hits as a fresh index of the same files.

Vectors are drawn, not embedded. Without --part all are run, each as often as it takes to be sure: for hours.
Exits with 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from damages import damages
from kills import kills
from readers import readers
from refusals import refusals
from sequences import sequences
from writers import writers

_PARTS = {"damages": 300, "kills": 200, "writers": 50, "readers": 10_000, "refusals": 50, "sequences": 500}


def _kept(part: str, times: int, work: Path, given: argparse.Namespace) -> bool:
    """True when every promise of the part was kept."""
    sizes = (given.articles, given.passages)
    match part:
        case "damages":
            return damages(times, work, sizes=sizes, seed=given.seed, told=given.told)
        case "kills":
            return kills(times, given.each, work, sizes=sizes, seed=given.seed)
        case "writers":
            return writers(times, work, sizes=sizes)
        case "readers":
            return readers(times, work, updates=2 * given.each)
        case "refusals":
            return refusals(times, work, seed=given.seed)
        case _:
            return sequences(times, work)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=_PARTS)
    parser.add_argument("--times", type=int, help="of the part; without it as often as the README says")
    parser.add_argument("--each", type=int, default=10, help="kills at each step; twice as many updates")
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--passages", type=int, default=4, help="of an article")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--told", action="store_true", help="print every damage and what it led to")
    given = parser.parse_args()
    kept = True
    for name in [given.part] if given.part else _PARTS:
        with tempfile.TemporaryDirectory() as work:
            kept &= _kept(name, given.times or _PARTS[name], Path(work), given)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
