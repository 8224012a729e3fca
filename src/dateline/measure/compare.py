"""Two runs → how they differ on the questions that both have."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dateline.measure.intervals import Interval, around_difference, mean, tally
from dateline.measure.marks import GROUPS, Marks
from dateline.measure.run import Run, RunSettings
from dateline.types import JSON

Pair = tuple[Marks, Marks]  # of one question: in this run, in the other


@dataclass(frozen=True, slots=True)
class Difference:
    """One score of two runs. Better, worse and same count the questions that have marks in both."""

    this: float
    other: float
    interval: Interval  # of this less other
    better: int
    worse: int
    same: int

    @property
    def value(self) -> float:
        return self.this - self.other

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0."""
        return self.interval.low > 0 or self.interval.high < 0

    def to_dict(self) -> JSON:
        return {
            "this": self.this,
            "other": self.other,
            "difference": self.value,
            "low": self.interval.low,
            "high": self.interval.high,
            "excludes_0": self.clear,
            "better": self.better,
            "worse": self.worse,
            "same": self.same,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """This run less another, score by score; None where one of them has no mark."""

    questions: int  # in both
    left_out: int  # in only one
    settings: Mapping[str, tuple[str, str]]  # those that differ: in this run, in the other
    differences: Mapping[str, Difference | None]

    def to_dict(self) -> JSON:
        return {
            "questions": self.questions,
            "left_out": self.left_out,
            "settings": {
                name: {"this": this, "other": other} for name, (this, other) in self.settings.items()
            },
            "scores": {name: one and one.to_dict() for name, one in self.differences.items()},
        }


def compare(this: Run, other: Run) -> Comparison:
    """The difference of two runs that have questions in common."""
    both = [question for question in this.marks if question in other.marks]
    pairs = [(this.marks[question], other.marks[question]) for question in both]
    return Comparison(
        questions=len(both),
        left_out=len(this.marks) + len(other.marks) - 2 * len(both),
        settings=_differing(this.settings, other.settings),
        differences={name: _difference(name, pairs) for name in chain.from_iterable(GROUPS.values())},
    )


def _difference(name: str, pairs: Sequence[Pair]) -> Difference | None:
    """Over the questions with a mark in either run: how often one declines is a part of what is compared."""
    marks = [(this.get(name, ()), other.get(name, ())) for this, other in pairs]
    marked = [(here, there) for here, there in marks if here or there]
    these, those = (tally([pair[side] for pair in marked]) for side in (0, 1))
    if not these[:, 1].any() or not those[:, 1].any():
        return None
    signs = Counter(_sign(here, there) for here, there in marked if here and there)
    interval = around_difference(these, those)
    return Difference(mean(these), mean(those), interval, signs[1], signs[-1], signs[0])


def _sign(here: Sequence[float], there: Sequence[float]) -> int:
    one, another = statistics.fmean(here), statistics.fmean(there)
    return (one > another) - (one < another)


def _differing(this: RunSettings, other: RunSettings) -> Mapping[str, tuple[str, str]]:
    names = dict.fromkeys([*this, *other])
    pairs = {name: (this.get(name, "none"), other.get(name, "none")) for name in names}
    return {name: (one, another) for name, (one, another) in pairs.items() if one != another}
