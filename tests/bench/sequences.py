"""What happens to sources and their index, drawn by hypothesis: in the end it is as a fresh one."""

from __future__ import annotations

import random
import shutil
import tempfile
from itertools import count
from pathlib import Path

from drawn import WORDS, Drawn, build, context, record, write_records
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from kills import STEPS, Killing, write

import dateline
from dateline.config import Settings
from dateline.index.ledger import Ledger

_FILES, _ARTICLES, _PASSAGES = 4, 6, 2
_STEPS = 12  # of a sequence at most
_QUESTIONS = 4


class Sources(RuleBasedStateMachine):
    """Files of articles, and an index that now and then is brought up to date, or killed at that."""

    place: Path  # where everything lies

    def __init__(self) -> None:
        super().__init__()
        self.work = Path(tempfile.mkdtemp(dir=self.place))
        self.sources, self.index = self.work / "sources", self.work / "index"
        self.sources.mkdir()
        self.numbers, self.names = count(), count()
        self.files: dict[str, list[dict[str, str]]] = {}

    @initialize()
    def begin(self) -> None:
        for _ in range(2):
            self.add_file()
        self.bring_up_to_date()

    @precondition(lambda self: len(self.files) < _FILES)
    @rule()
    def add_file(self) -> None:
        self.files[f"{next(self.names):03}.jsonl"] = [self._new() for _ in range(_ARTICLES // 2)]
        self._lay_out()

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        self._chosen(data).append(self._new())
        self._lay_out()

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        articles = self._chosen(data)
        number = data.draw(st.integers(0, len(articles) - 1))
        articles[number] = self._new() | {"id": articles[number]["id"]}
        self._lay_out()

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        articles = self._chosen(data)
        if len(articles) > 1:
            del articles[data.draw(st.integers(0, len(articles) - 1))]
            self._lay_out()

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def remove_file(self, data: st.DataObject) -> None:
        del self.files[data.draw(st.sampled_from(sorted(self.files)))]
        self._lay_out()

    @rule(data=st.data())
    def move_file(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        self.files[f"{next(self.names):03}.jsonl"] = self.files.pop(name)
        self._lay_out()

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        """An article goes from one file to another."""
        one, other = data.draw(st.permutations(sorted(self.files)))[:2]
        if len(self.files[one]) > 1:
            self.files[other].append(self.files[one].pop())
            self._lay_out()

    @rule()
    def bring_up_to_date(self) -> None:
        build(self.sources, self.index)

    @rule(step=st.sampled_from(STEPS), call=st.integers(1, 4), after=st.booleans())
    def kill(self, step: str, call: int, after: bool) -> None:  # hypothesis gives it
        """A writer that dies at a call of a step, if it comes there."""
        started = context()
        mine, theirs = started.Pipe()
        killing = Killing(None, step, call, after)
        writer = started.Process(target=write, args=(theirs, self.sources, self.index, killing))
        writer.start()
        theirs.close()
        writer.join()
        mine.close()

    def teardown(self) -> None:
        try:
            build(self.sources, self.index)
            build(self.sources, self.work / "fresh")
            assert _held(self.index) == _held(self.work / "fresh")
            assert _hits(self.index) == _hits(self.work / "fresh")
        finally:
            shutil.rmtree(self.work)

    def _new(self) -> dict[str, str]:
        return record(next(self.numbers), _PASSAGES, changed=False)

    def _chosen(self, data: st.DataObject) -> list[dict[str, str]]:
        return self.files[data.draw(st.sampled_from(sorted(self.files)))]

    def _lay_out(self) -> None:
        for file in self.sources.iterdir():
            if file.name not in self.files:
                file.unlink()
        for name, articles in self.files.items():
            write_records(self.sources / name, articles)


def sequences(times: int, work: Path) -> bool:
    """Draws so many sequences; an assertion says which of them did not end as it should."""
    held = settings(
        max_examples=times,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(type("Here", (Sources,), {"place": work}), settings=held)
    print(f"{times} sequences: all end with the ledger and the hits of a fresh index")
    return True


def _held(index: Path) -> list[str]:
    """Every published article, and every passage of one with its vector; not the numbers of their rows."""
    ledger = Ledger(index)
    try:
        now = ledger.generation
        articles = {one.id: one for one in ledger.articles(generation=now)}
        passages = ledger.located([key for key, *_ in ledger.places(generation=now)]).values()
        return sorted(map(repr, articles.values())) + sorted(
            f"{one.passage} {None if one.vector is None else one.vector.tobytes().hex()}" for one in passages
        )
    finally:
        ledger.close()


def _hits(index: Path) -> list[list[tuple[str, float]]]:
    """Ids and scores of the first ten hits."""
    draw = random.Random(2)
    archive = dateline.open(index, llm="none", embedder=Drawn(), settings=Settings())
    return [
        sorted(
            (hit.passage.id, round(hit.score, 3))
            for hit in archive.search(" ".join(draw.sample(WORDS, 3)), k=10)
        )
        for _ in range(_QUESTIONS)
    ]
