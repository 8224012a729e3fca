"""Outcomes → Scores: shares from 0 to 1, each with its interval; None where nothing was to be scored."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from dateline.measure.intervals import Interval, around_mean, mean, tally
from dateline.measure.marks import GROUPS, Mark, Marks
from dateline.measure.outcome import Outcome
from dateline.measure.written import cost
from dateline.types import JSON

Shares = Mapping[str, float | None]  # by the score's name: {"hits@4": 0.8}


@dataclass(frozen=True, slots=True)
class Score:
    """The mean of all marks of one name, its 95 % interval, and how many questions gave a mark."""

    mean: float
    interval: Interval
    n: int

    def to_dict(self) -> JSON:
        return {"low": self.interval.low, "high": self.interval.high, "n": self.n}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All scores of some questions, by name."""

    questions: int
    scores: Mapping[str, Score | None]

    def to_dict(self) -> JSON:
        shares = {name: score and score.mean for name, score in self.scores.items()}
        groups = {group: {name: shares[name] for name in names} for group, names in GROUPS.items()}
        intervals = {name: score and score.to_dict() for name, score in self.scores.items()}
        return {"questions": self.questions, **groups, "intervals": intervals}


@dataclass(frozen=True, slots=True)
class Scores:
    """How an archive did on a question set."""

    whole: Sheet
    per_type: Mapping[str, Sheet]  # questions without a type are in none
    seconds: Mapping[str, float]  # of one answer: median and p95
    degraded: Mapping[str, int]  # answers that a language model failed to give, by reason: they are quotes
    cost: Mapping[str, float]  # of a language model; see `cost`

    def to_dict(self) -> JSON:
        return self.whole.to_dict() | {
            "per_type": {name: sheet.to_dict() for name, sheet in self.per_type.items()},
            "seconds": dict(self.seconds),
            "degraded": dict(self.degraded),
            "cost": dict(self.cost),
        }


def score(outcomes: Sequence[Outcome]) -> Scores:
    """The scores of at least one outcome."""
    by_type = defaultdict[str, list[Marks]](list)
    for outcome in outcomes:
        if outcome.question.type:
            by_type[outcome.question.type].append(outcome.marks)
    return Scores(
        whole=_sheet([outcome.marks for outcome in outcomes]),
        per_type={type: _sheet(marks) for type, marks in by_type.items()},
        seconds=pace([outcome.seconds for outcome in outcomes]),
        degraded=Counter(one.answer.degraded for one in outcomes if one.answer.degraded),
        cost=cost([one.answer.usage for one in outcomes if one.answer.usage]),
    )


def shares(marked: Iterable[Iterable[Mark]], names: Sequence[str]) -> Shares:
    """The mean of the marks of each name, over the marks of every question; None where there is no mark."""
    found: dict[str, list[float]] = {name: [] for name in names}
    for name, mark in chain.from_iterable(marked):
        if name in found:
            found[name].append(mark)
    return {name: statistics.fmean(each) if each else None for name, each in found.items()}


def pace(seconds: Sequence[float]) -> Mapping[str, float]:
    """Median and 95th percentile."""
    median, late = np.quantile(seconds, [0.5, 0.95])
    return {"median": round(float(median), 4), "p95": round(float(late), 4)}


def _sheet(marks: Sequence[Marks]) -> Sheet:
    return Sheet(len(marks), {name: _score(name, marks) for name in chain.from_iterable(GROUPS.values())})


def _score(name: str, marks: Sequence[Marks]) -> Score | None:
    tallies = tally([each[name] for each in marks if name in each])
    return Score(mean(tallies), around_mean(tallies), len(tallies)) if len(tallies) else None
