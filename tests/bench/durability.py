"""Does an index survive? `python tests/bench/durability.py [--damages N] [--kills N]`

    [--articles N] [--passages N] [--seed N] [--told]

damages: in a copy of an index, bytes of a file are flipped, a file is cut short or deleted, two are swapped.
Reading must find what it found before, or say in one line what is damaged; or else the doctor must name it.
After its repair everything is found again; what only the ledger could tell has to be indexed again.

kills: `kill -9` while changed articles are read into an index, at random moments and at named steps. What is
published answers, nothing that was committed is lost, the next run ends where an undisturbed one ends, and
the one after that has nothing to do.

Vectors are drawn, not embedded. Exits with 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import dateline
from dateline.config import Settings
from dateline.errors import DatelineError
from dateline.index import generations, probe
from dateline.index.embedder import Document, Embedded, Vectors
from dateline.index.ledger import Ledger
from dateline.index.ledger_writer import LedgerWriter
from dateline.index.schema import FILE

_DRAWN_ANEW = 0.05  # of a score: the least of the neighbours differ
Found = list[list[tuple[str, float]]]
_WORDS = [f"{a}{b}{c}" for a in ("Bre", "Ka", "Tol", "Mi") for b in "lnrst" for c in ("a", "ero", "in", "uk")]
_STEPS = (
    "LedgerWriter.add", "LedgerWriter.remove", "LedgerWriter.record_file", "LedgerWriter.sign",
    "LedgerWriter.relate", "LedgerWriter.publish", "generations.shutil.copytree", "generations.words.write",
    "generations.vectors.write", "generations.manifest.describe", "generations.shutil.rmtree",
)  # fmt: skip


class Drawn:
    """Vectors drawn for words, a text's is their sum: the same for the same text, and nothing to wait for."""

    name, dimensions = "drawn", 32

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        return [
            Embedded(
                self.embed_queries(one.passages),
                tuple(
                    self.embed_queries([text[start:end] for start, end in spans])
                    for text, spans in zip(one.passages, one.sentences, strict=True)
                ),
            )
            for one in documents
        ]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = [np.sum([_drawn(word) for word in text.split() or [""]], axis=0) for text in texts]
        sums = np.array(rows).reshape(-1, self.dimensions)
        vectors: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
        return vectors


@cache
def _drawn(word: str) -> NDArray[np.float64]:
    seed = int.from_bytes(blake2b(word.strip(".").encode(), digest_size=8).digest())
    return np.random.default_rng(seed).normal(size=Drawn.dimensions)


# -- articles


def lay_out(folder: Path, articles: int, passages: int, *, changed: bool = False) -> None:
    """Files of articles; changed, some of them are gone, others are new or say something else."""
    folder.mkdir(exist_ok=True)
    numbers = range(articles // 10, articles + articles // 5) if changed else range(articles)
    for first in range(0, articles * 2, 10):
        records = [
            record(number, passages, changed and number % 7 == 0)
            for number in numbers
            if first <= number < first + 10
        ]
        if records:
            text = "".join(f"{json.dumps(one)}\n" for one in records)
            (folder / f"{first:05}.jsonl").write_text(text, encoding="utf-8")


def record(number: int, passages: int, changed: bool) -> dict[str, str]:
    """An article of so many passages."""
    draw = random.Random(f"{number} {changed}")
    sentences = [" ".join(draw.choices(_WORDS, k=50)) for _ in range(passages)]
    return {
        "id": f"article-{number}",
        "title": " ".join(draw.sample(_WORDS, 4)),
        "source": draw.choice(("Harbor Wire", "Weekly Kiln")),
        "date": str(date(2019, 1, 1) + timedelta(number % 300)),
        "text": ". ".join(sentences) + ".",
    }


def build(sources: Path, index: Path) -> dateline.Report:
    """One run of the indexer."""
    return dateline.build(sources, index, embedder=Drawn(), settings=Settings())


# -- what a reader gets


def read(index: Path) -> Found | str:
    """Ids and scores of the hits of some questions; or the line in which reading was refused."""
    draw = random.Random(1)
    try:
        archive = dateline.open(index, llm="none", embedder=Drawn(), settings=Settings())
        found: Found = [[(month, float(articles)) for month, articles in archive.overview().months]]
        for number in range(8):
            filters = dateline.Filters(since=date(2019, 3, 1)) if number % 3 == 2 else None
            hits = archive.search(" ".join(draw.sample(_WORDS, 3)), k=5, filters=filters)
            found.append(
                [(f"{hit.passage.id} {_seal(hit.passage.text)}", round(hit.score, 4)) for hit in hits]
            )
    except DatelineError as error:
        return f"{type(error).__name__}: {error}"
    return found


def _seal(text: str) -> str:
    return blake2b(text.encode(), digest_size=4).hexdigest()


def differs(found: Found | str | None, expected: Found) -> str | None:
    """Where other hits were found, but for what a graph of neighbours that is drawn anew may change."""
    if not isinstance(found, list):
        return str(found)
    for one, other in zip(found, expected, strict=True):
        near = [hit for hit, score in one if abs(score - dict(other).get(hit, -1.0)) < _DRAWN_ANEW]
        if len(near) < len(other) - 1:
            return f"{one} where it was {other}"
    return None


def read_apart(index: Path) -> Found | str | None:
    """The same, asked in a process of its own; None when that did not live to answer."""
    context = _context()
    mine, theirs = context.Pipe()
    reader = context.Process(target=_send, args=(theirs, index))
    reader.start()
    theirs.close()
    try:
        found: Found | str | None = mine.recv()
    except EOFError:
        found = None
    reader.join()
    return found


def _send(pipe: Connection, index: Path) -> None:
    pipe.send(read(index))


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dateline.index.sync", "chromadb.api.client", "tantivy", "durability"])
    return context


# -- damages


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
    how = "refused" if isinstance(found, str) else "same hits" if found == expected else "doctor alone"
    if health.healthy:
        return (
            ("same hits, healthy", done)
            if how == "same hits"
            else ("REFUSED A SOUND INDEX", f"{done}: {found}")
        )
    if found is None:
        how = "reader died"
    mended = dateline.check(index, repair=True)
    if not mended.healthy:
        told = " ".join(one.mend for one in mended.findings)
        if "index the sources into a new folder" in told:
            return f"{how}, to be indexed again", done
        if "read it again" not in told:
            return "NOT MENDED", f"{done}: {[str(one) for one in mended.findings]}"
        build(sources, index)
    after = read_apart(index)
    if difference := differs(after, expected):
        return "MENDED TO OTHER HITS", f"{done}: {difference}"
    return f"{how}, mended", done


def damages(times: int, base: Path, sources: Path, work: Path, given: argparse.Namespace) -> bool:
    """Prints what damages led to; True when every promise was kept."""
    expected = read_apart(base)
    assert isinstance(expected, list), expected
    told = Counter[str]()
    for number in range(times):
        verdict, done = survives(base, expected, sources, work, random.Random(f"{given.seed} {number}"))
        told[verdict] += 1
        if verdict.isupper() or given.told:
            print(f"  {verdict} [{number}]: {done}", flush=True)
    print(f"{times} damages: " + ", ".join(f"{count} {verdict}" for verdict, count in told.most_common()))
    return not any(verdict.isupper() for verdict in told)


# -- kills


@dataclass(frozen=True, slots=True)
class Killing:
    """When the writer dies: so many seconds after it began, or at the n-th call of a step."""

    seconds: float | None
    step: str = ""
    call: int = 0
    after: bool = False


def write(pipe: Connection, sources: Path, index: Path, killing: Killing) -> None:
    """Builds, tells what was committed, dies at the step where it is to die."""
    if killing.step:
        _arm(killing)

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "reading and embedding":
            pipe.send(done)

    pipe.send(0)
    dateline.build(sources, index, embedder=Drawn(), settings=Settings(), progress=tell)


def _arm(killing: Killing) -> None:
    """Puts the death of the process around a step."""
    *way, name = killing.step.split(".")
    place: object = {"LedgerWriter": LedgerWriter, "generations": generations}[way[0]]
    for part in way[1:]:
        place = getattr(place, part)
    step: Callable[..., object] = getattr(place, name)
    calls = iter(range(killing.call))

    def dying(*args: object, **named: object) -> object:
        last = next(calls, None) is None
        if last and not killing.after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = step(*args, **named)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, dying)


def killed(base: Path, sources: Path, work: Path, killing: Killing) -> tuple[int, float, Path]:
    """How many articles a writer had committed when it was killed, how long it lived, and its index."""
    index = fresh(base, work / "index")
    context = _context()
    mine, theirs = context.Pipe()
    writer = context.Process(target=write, args=(theirs, sources, index, killing))
    writer.start()
    theirs.close()
    mine.recv()
    began, committed = time.monotonic(), 0
    try:
        while killing.seconds is None or mine.poll(max(0.0, began + killing.seconds - time.monotonic())):
            committed = mine.recv()
    except EOFError:
        pass
    writer.kill()
    writer.join()
    return committed, time.monotonic() - began, index


def held(index: Path) -> list[str]:
    """Every article of the published generation, as often as it is held."""
    ledger = Ledger(index)
    try:
        articles = ledger.articles(generation=ledger.generation)
        return sorted(f"{one.id} {_seal(one.title + one.text)}" for one in articles)
    finally:
        ledger.close()


def broken(index: Path, sources: Path, committed: int, before: Path, after: Path) -> str | None:
    """The promise that does not hold for an index whose writer was killed."""
    old, new = read(before), read(after)
    assert isinstance(old, list)
    assert isinstance(new, list)
    found = read(index)
    if (wrong := differs(found, old)) and differs(found, new):
        return f"what is published does not answer: {wrong}"
    ledger = Ledger(index)
    waiting = sum(1 for _ in ledger.articles()) if committed else 0
    ledger.close()
    if waiting < committed:
        return f"{committed} articles were committed, {waiting} are there"
    build(sources, index)
    if held(index) != held(after):
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


def kills(times: int, sizes: tuple[int, int], work: Path, seed: int) -> bool:
    """Prints what kills led to; True when every promise was kept."""
    sources, base = work / "changing", work / "base"
    lay_out(sources, *sizes)
    build(sources, base)
    lay_out(sources, *sizes, changed=True)
    _, longest, index = killed(base, sources, work, Killing(None))
    after = index.rename(work / "after")
    assert held(base) != held(after)
    draw, failures, died = random.Random(seed), 0, Counter[str]()
    for number in range(times):
        step = _STEPS[number // 2 % len(_STEPS)] if number % 2 else ""
        call, late = draw.choice((0, 0, 1, 3)), draw.random() < 0.5
        killing = Killing(None, step, call, late) if step else Killing(draw.uniform(0, longest))
        committed, _, index = killed(base, sources, work, killing)
        died[step or "at a random moment"] += 1
        if wrong := broken(index, sources, committed, base, after):
            failures += 1
            print(f"  BROKEN {killing}: {wrong}", flush=True)
    print(f"{times} kills, {failures} broken promises: " + ", ".join(f"{n} {s}" for s, n in died.items()))
    return not failures


def fresh(base: Path, index: Path) -> Path:
    """A copy of an index, in place of what is there."""
    shutil.rmtree(index, ignore_errors=True)
    shutil.copytree(base, index)
    return index


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--damages", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--passages", type=int, default=4, help="of an article")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--told", action="store_true", help="print every damage and what it led to")
    given = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        if given.damages:
            lay_out(work / "sources", given.articles, given.passages)
            build(work / "sources", work / "whole")
            kept &= damages(given.damages, work / "whole", work / "sources", work, given)
        if given.kills:
            kept &= kills(given.kills, (given.articles, given.passages), work, given.seed)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
