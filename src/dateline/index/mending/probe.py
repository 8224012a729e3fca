"""Do vectors find themselves? Asked in a process of its own: what Chroma does with damaged files may kill it.

`python -m dateline.index.mending.probe INDEX` prints what is wrong, as a JSON list of sentences.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from dateline.errors import DatelineError
from dateline.index.generations import folder_of
from dateline.index.ledger.audit import Audit
from dateline.index.vectors import VectorIndex

_SAMPLED = 200
_NEIGHBOURS = 10
_SAME = 0.999  # cosine of a vector and itself; a copy of its text will do
_MISSED = 0.02  # of the sample: a graph has places that few ways lead to
_SECONDS = 1800


def ask(index: Path) -> list[str]:
    """What is wrong with the vectors of the published generation."""
    command = [sys.executable, "-m", "dateline.index.mending.probe", str(index)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return [f"Chroma gave no answer in {_SECONDS} s"]
    if done.returncode:
        return [f"Chroma ends the process that reads it (exit code {done.returncode})"]
    return [str(line) for line in json.loads(done.stdout.splitlines()[-1])]


def wrong(index: Path) -> list[str]:
    """The same, asked in this process."""
    ledger = Audit(index)
    _, _, expected = ledger.keys()
    try:
        vectors = VectorIndex(folder_of(index, ledger.generation) / "vectors")
        found = vectors.keys()
        if found != expected:
            missing, more = len(expected - found), len(found - expected)
            return [f"of {len(expected):,} vectors {missing:,} are missing, and {more:,} should not be there"]
        sample = random.Random(0).sample(sorted(expected), min(_SAMPLED, len(expected)))
        missed = 0
        for key, vector in ledger.vectors(sample).items():
            near = vectors.nearest(vector, _NEIGHBOURS)
            missed += key not in near and max(near.values(), default=0.0) < _SAME
    except DatelineError as error:
        return [str(error.__cause__ or error).splitlines()[0]]
    finally:
        ledger.close()
    return (
        [f"{missed} of {len(sample)} vectors do not find themselves"]
        if missed > _MISSED * len(sample)
        else []
    )


if __name__ == "__main__":
    print(json.dumps(wrong(Path(sys.argv[1]))))
