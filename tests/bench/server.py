"""One indexer, one Chroma server, many readers. `python tests/bench/server.py [--rounds N] [--readers N]`

    [--articles N] [--seed N] [--scale PASSAGES]

Every one is a process of this machine; readers have the server's address and a cache of their own, but for
the last two, which share one. In each round articles change, the indexer runs, and the server is killed at a
random moment (`kill -9`) and started again. While it is away, readers must answer with what they have and say
so; after the next run all of them must find and answer what the index itself does, with the same scores.

scale: so many passages, with drawn vectors, are published, copied by a reader and asked for: seconds, bytes.

Exits with 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

import dateline
from chroma_server import ChromaServer
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index import Document
from dateline.index.embedder import Embedded, Vectors
from dateline.index.minilm import load
from newsroom import with_parser

_PLACES = ("Larkvale", "Osterby", "Port Ansel", "Mount Perrin", "Dunmore", "Kiln")
_THINGS = ("bridge", "ferry", "library", "telescope", "bakery", "market", "mill", "school")
_DEEDS = ("opened", "closed", "was sold", "was repaired", "burned down", "moved to the quay")
_SECONDS = 120.0  # until a reader must have seen what was published
Found = tuple[list[tuple[str, float]], str]


def record(number: int, version: int) -> dict[str, str]:
    """An article about something of its own; its text changes with the version."""
    draw = random.Random(f"{number} {version}")
    place, thing = _PLACES[number % len(_PLACES)], _THINGS[number // len(_PLACES) % len(_THINGS)]
    lines = [f"The {thing} number {number} of {place} {draw.choice(_DEEDS)} on Monday."]
    lines += [
        f"It cost {draw.randrange(2, 90)} million, said {draw.choice(_PLACES)}'s mayor about the {thing}."
        for _ in range(8)
    ]
    title = f"{thing.capitalize()} {number} of {place}"
    return {"id": f"a{number}", "title": title, "date": "2019-02-04", "text": " ".join(lines)}


def questions(articles: int) -> list[str]:
    """Some that the articles can answer."""
    numbers = range(0, articles, max(1, articles // 4))
    return [f"What happened to the {record(n, 0)['title'].lower()}?" for n in numbers]


def answers(archive: Archive, asked: Sequence[str]) -> tuple[list[Found], list[str]]:
    """Hits and answers, and what there was to notice."""
    found: list[Found] = []
    notices: list[str] = []
    for question in asked:
        hits = [(hit.passage.id, round(hit.score, 4)) for hit in archive.search(question, k=10)]
        answer = archive.ask(question)
        found.append((hits, answer.text))
        notices += answer.notices
    return found, notices


# -- processes


def read(url: str, cache: str) -> None:
    """Answers what comes on standard input, a line of JSON each time."""
    settings = replace(Settings(), cache=with_parser(Path(cache)))
    archive = dateline.open(store=url, llm="none", embedder=_model(), settings=settings)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(answers(archive, json.loads(line))), flush=True)


def index(url: str, sources: str, folder: str) -> None:
    """One run of the indexer."""
    report = dateline.build(sources, folder, embedder=_model(), prune=True, store=url, settings=Settings())
    print(report.published, *report.notices)


def _model() -> Any:  # noqa: ANN401  # the built-in embedder
    return load(Settings.from_environment(), say=lambda line: None)


class Reader:
    """A reading process."""

    def __init__(self, url: str, cache: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--role", "read", url, str(cache)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._line() == "ready"

    def ask(self, asked: Sequence[str]) -> tuple[list[Found], list[str]]:
        """What it finds and answers, and notices."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        found, notices = json.loads(self._line())
        return [([(id, score) for id, score in hits], text) for hits, text in found], notices

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait()


class Scene:
    """The folder of all that, and what became of it."""

    def __init__(self, work: Path, articles: int, readers: int) -> None:
        self.server = ChromaServer(work / "chroma").start()
        self.sources, self.folder = work / "sources", work / "index"
        self.sources.mkdir()
        self.versions = dict.fromkeys(range(articles // 2), 0)
        self.write(self.versions)
        self.asked = questions(articles)
        self.model = _model()
        assert self.run().published
        caches = [work / f"cache-{min(n, max(0, readers - 2))}" for n in range(readers)]
        self.readers = [Reader(self.server.url, cache) for cache in caches]
        self.broken: list[str] = []
        self.told = self.silent = 0
        self.seconds: list[float] = []

    def write(self, numbers: Sequence[int] | dict[int, int]) -> None:
        for number in numbers:
            file = self.sources / f"{number}.jsonl"
            file.write_text(json.dumps(record(number, self.versions[number])) + "\n")

    def indexer(self) -> subprocess.Popen[str]:
        command = [sys.executable, __file__, "--role", "index", self.server.url, str(self.sources)]
        return subprocess.Popen([*command, str(self.folder)], stdout=subprocess.PIPE, text=True)

    def run(self) -> dateline.Report:
        """One run of the indexer that nothing disturbs."""
        return dateline.build(
            self.sources, self.folder, embedder=self.model, prune=True, store=self.server.url,
            settings=Settings(),
        )  # fmt: skip

    def here(self) -> list[Found]:
        """What the index itself finds."""
        return answers(dateline.open(self.folder, llm="none", embedder=self.model), self.asked)[0]

    def round(self, draw: random.Random, articles: int) -> None:
        """Articles change; the server is killed while they are published, and started again."""
        before = self.here()
        changed = draw.sample(range(articles), articles // 3)
        for number in changed:
            self.versions[number] = self.versions.get(number, 0) + 1
        self.write(changed)
        gone = draw.choice([one for one in self.versions if one not in changed])
        del self.versions[gone]
        (self.sources / f"{gone}.jsonl").unlink()
        begun = self.indexer()
        time.sleep(draw.uniform(0.5, 6))
        self.server.kill()
        away = [reader.ask(self.asked) for reader in self.readers]
        self.server.start()
        begun.communicate()
        said = self.run()
        if not said.published:
            self.broken.append(f"not published: {said.notices}")
        after = self.here()
        for found, notices in away:
            self.broken += [
                f"while the server was away: {one}" for one in self._strange(found, before, after)
            ]
            self.told += any("The store is away" in notice for notice in notices)
            self.silent += not any("The store is away" in notice for notice in notices)
        self._seen_by_all(after)

    def _strange(self, found: list[Found], *editions: list[Found]) -> list[str]:
        """The questions whose hits or answer are those of no edition.

        A reader may follow from one call to the next: each call has an edition of its own.
        """
        return [
            question
            for question, one, *known in zip(self.asked, found, *editions, strict=True)
            if any(part not in parts for part, *parts in zip(one, *known, strict=True))
        ]

    def _seen_by_all(self, after: list[Found]) -> None:
        begun = time.monotonic()
        for number, reader in enumerate(self.readers):
            while True:
                found, notices = reader.ask(self.asked)
                late = time.monotonic() - begun
                if found == after and not notices:
                    break
                if late > _SECONDS:
                    self.broken.append(f"reader {number} does not see it: {notices}")
                    break
            self.seconds.append(late)

    def end(self) -> None:
        for reader in self.readers:
            reader.end()
        self.server.kill()


def rounds(times: int, readers: int, articles: int, seed: int, work: Path) -> bool:
    """Prints what became of the rounds; True when every promise was kept."""
    scene, draw = Scene(work, articles, readers), random.Random(seed)
    try:
        for _ in range(times):
            scene.round(draw, articles)
    finally:
        scene.end()
    for broken in scene.broken:
        print(f"  BROKEN {broken}")
    print(
        f"{times} times killed and started again, {readers} readers: {len(scene.broken)} broken promises; "
        f"told that the server is away: {scene.told} of {scene.told + scene.silent}; "
        f"seen by readers after {statistics.median(scene.seconds):.1f} s, at most {max(scene.seconds):.1f} s"
    )
    return not (scene.broken or scene.silent)


# -- scale


class Drawn:
    """Vectors that are drawn, of the size of the built-in model's."""

    name, dimensions = "drawn", 384

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        return [
            Embedded(
                self.embed_queries(one.passages),
                tuple(self.embed_queries([""] * len(spans)) for spans in one.sentences),
            )
            for one in documents
        ]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.random.default_rng(len("".join(texts))).normal(size=(len(texts), self.dimensions))
        vectors: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return vectors


def scale(passages: int, work: Path) -> None:
    """Prints what so many passages cost."""
    words = [f"{a}{b}" for a in ("bre", "ka", "tol", "mi", "su") for b in ("lan", "dor", "vek", "nis", "rum")]
    draw = random.Random(0)
    sources = work / "large.jsonl"
    with sources.open("w") as file:
        for number in range(passages // 10):
            sentences = [" ".join(draw.choices(words, k=20)).capitalize() + "." for _ in range(30)]
            told = {"id": str(number), "title": f"About {number}", "date": "2019-02-04"}
            file.write(json.dumps(told | {"text": " ".join(sentences)}) + "\n")
    folder, server = work / "large", ChromaServer(work / "chroma-large").start()
    settings = replace(Settings(), cache=work / "cache-large")
    try:
        built = _timed(lambda: dateline.build(sources, folder, embedder=Drawn()))

        def build() -> dateline.Report:
            return dateline.build(sources, folder, embedder=Drawn(), store=server.url, settings=settings)

        published = _timed(build)
        read_at = time.monotonic()
        archive = dateline.open(store=server.url, llm="none", embedder=Drawn(), settings=settings)
        copied = time.monotonic() - read_at
        with sources.open("a") as file:
            for number in range(100):
                text = " ".join(draw.choices(words, k=200))
                file.write(json.dumps({"id": f"new-{number}", "title": "New", "text": text}) + "\n")
        count = archive.overview().passages
        queries = [" ".join(draw.choices(words, k=6)) for _ in range(50)]
        near = [_timed(partial(archive.search, query, k=10)) for query in queries]
        updated = _timed(build)
        begun = time.monotonic()
        while archive.overview().articles < passages // 10 + 100:
            time.sleep(0.1)
        print(
            f"{count:,} passages: indexed {built:.1f} s, published {published:.1f} s, copied {copied:.1f} s; "
            f"search {statistics.median(near) * 1000:.0f} ms; 100 articles more: published {updated:.1f} s, "
            f"seen {time.monotonic() - begun:.1f} s later; bytes: index {_bytes(folder) / 1e6:,.0f} MB, "
            f"server {_bytes(server.folder) / 1e6:,.0f} MB, reader {_bytes(settings.cache) / 1e6:,.0f} MB"
        )
    finally:
        server.kill()


def _timed(does: Callable[[], object]) -> float:
    begun = time.monotonic()
    does()
    return time.monotonic() - begun


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scale", type=int, default=0, metavar="PASSAGES")
    parser.add_argument("--role", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role:
        role, *rest = given.role
        if role == "read":
            read(*rest)
        else:
            index(*rest)
        return 0
    work = Path(tempfile.mkdtemp())
    try:
        kept = not given.rounds or rounds(given.rounds, given.readers, given.articles, given.seed, work)
        if given.scale:
            scale(given.scale, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
