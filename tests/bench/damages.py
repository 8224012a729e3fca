"""Files of an index, flipped, cut short, deleted or swapped: what readers and the doctor make of it."""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

from drawn import Drawn, Found, build, differs, fresh, lay_out, read_apart

import dateline
from dateline.index.ledger.schema import FILE


def damage(index: Path, draw: random.Random) -> str:
    """Does one thing to the files of an index; what was done."""
    files = sorted(file for file in index.rglob("*") if file.is_file() and not file.name.endswith(".lock"))
    part = draw.choice((FILE, "vectors", "words", "articles"))  # the ledger is one file of thirty
    file = draw.choice([file for file in files if part in file.parts] or files)
    size, name = file.stat().st_size, file.relative_to(index)
    kind = draw.choice(("flip", "flip", "cut", "delete", "swap"))
    if kind == "flip" and size:
        content = bytearray(file.read_bytes())
        place = draw.randrange(size)
        content[place] ^= 1 << draw.randrange(8)
        file.write_bytes(content)
        return f"flip byte {place} of {name}"
    if kind == "cut" and size:
        left = draw.randrange(size)
        os.truncate(file, left)
        return f"cut {name} from {size} to {left}"
    if kind == "swap":
        other = draw.choice([one for one in files if one != file])
        held = file.read_bytes()
        file.write_bytes(other.read_bytes())
        other.write_bytes(held)
        return f"swap {name} with {other.relative_to(index)}"
    file.unlink()
    return f"delete {name}"


def survives(base: Path, expected: Found, sources: Path, work: Path, draw: random.Random) -> tuple[str, str]:
    """What one damage led to, in a word or two, and what it was. A broken promise is in capitals."""
    index = fresh(base, work / "index")
    done = damage(index, draw)
    found = read_apart(index)
    health = dateline.check(index)
    if found is None and health.healthy:
        return "CRASHED", done
    if isinstance(found, list) and found != expected and health.healthy:
        return "LIED", done
    if health.healthy:
        return (
            ("without effect", done) if found == expected else ("REFUSED A SOUND INDEX", f"{done}: {found}")
        )
    noticed = "noticed" if isinstance(found, str) or found is None else "noticed by the doctor"
    mended = dateline.check(index, repair=True, embedder=Drawn())
    if mended.healthy:
        how = "mended"
    elif any("read it again" in one.mend for one in mended.findings):
        build(sources, index)
        how = "mended, some articles read again"
    elif any("into a new folder" in one.mend for one in mended.findings):
        return f"{noticed}, lost with its ledger", done
    else:
        return "NOT MENDED", f"{done}: {[str(one) for one in mended.findings]}"
    if difference := differs(read_apart(index), expected):
        return "MENDED TO OTHER HITS", f"{done}: {difference}"
    if (left := dateline.check(index)).findings:
        return "NOT HEALTHY AFTER ALL", f"{done}: {left.findings}"
    return f"{noticed}, {how}", done


def damages(times: int, work: Path, *, sizes: tuple[int, int], seed: int, told: bool) -> bool:
    """Prints what damages led to; True when every promise was kept."""
    sources, base = work / "sources", work / "whole"
    lay_out(sources, *sizes)
    build(sources, base)
    expected = read_apart(base)
    assert isinstance(expected, list), expected
    verdicts = Counter[str]()
    for number in range(times):
        verdict, done = survives(base, expected, sources, work, random.Random(f"{seed} {number}"))
        verdicts[verdict] += 1
        if verdict.isupper() or told:
            print(f"  {verdict} [{number}]: {done}", flush=True)
    print(f"{times} damages: " + ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common()))
    return not any(verdict.isupper() for verdict in verdicts)
