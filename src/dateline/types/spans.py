"""What a text says of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

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
