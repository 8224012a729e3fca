"""What a text says of days, and how far evidence carries a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.types.answers import SupportLabel
from dateline.types.days import JSON, iso

Grain = Literal[
    "time", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"
]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The days that `text[start:end]` speaks of: `since` is the first, `until` the day after the last.

    One of them is None where the words leave that side open ("before 2010"). Both are None where the
    words name no days that can be known; `reason` then says why. `grain` is what the words count in:
    "early 2019" counts in years. `at` is the time of day, where one is given, with its zone if it has one.
    """

    text: str
    start: int
    end: int
    since: date | None
    until: date | None
    grain: Grain
    at: datetime | None = None
    reason: str | None = None

    def to_dict(self) -> JSON:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "since": iso(self.since),
            "until": iso(self.until),
            "grain": self.grain,
            "at": iso(self.at),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SupportingSentence:
    """A sentence of the evidence: `evidence[number][start:end] == text`, numbers from 0."""

    text: str
    evidence: int
    start: int
    end: int

    def to_dict(self) -> JSON:
        return {"text": self.text, "evidence": self.evidence, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Support:
    """How far evidence carries a claim.

    `score` is between 0 and 1; the label follows from it alone. `sentences` has the one
    that carries most first. `reasons` says in plain words what is not carried, gravest first.
    """

    label: SupportLabel
    score: float
    sentences: tuple[SupportingSentence, ...] = ()
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "label": self.label,
            "score": self.score,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "reasons": list(self.reasons),
        }
