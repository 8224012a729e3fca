"""What came of one question: its marks, and what they were given for."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from dateline.measure.marks import REFUSAL, RETRIEVAL, Marks
from dateline.measure.questions import Fact, Question
from dateline.types import JSON, Answer, Hit

LOOKED = 100  # hits: how deep a missed fact is looked for


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a fact that an answer needs was found, or why it was not."""

    fact: Fact
    title: str | None = None  # of its article; None where that is not known
    words: int | None = None  # the smallest budget of words that brought it; None: missed
    rank: int | None = None  # of the first hit that holds it; beyond the tenth looked for when one is missed
    obstacle: str | None = None  # why no search could find it

    @property
    def place(self) -> str:
        """Where it stands, for a reader."""
        return self.obstacle or (f"at rank {self.rank}" if self.rank else f"not in the first {LOOKED} hits")

    def to_dict(self) -> JSON:
        return self.fact.to_dict() | {
            "title": self.title,
            "found_in_words": self.words,
            "rank": self.rank,
            "obstacle": self.obstacle,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, its marks, the first hits, what became of its facts, and the answer."""

    question: Question
    marks: Marks
    hits: tuple[Hit, ...]
    traces: tuple[Trace, ...]
    answer: Answer
    seconds: float  # of the answer

    @property
    def standing(self) -> float | None:
        """The mean of how the search, the answer, the choice and the refusal did; None without any mark.

        An answer counts by its best mark, since a quoted sentence is never word for word the wanted one.
        That quotes are exact is left out: it says nothing about the question.
        """
        answer = self._marks("answer_contains", "answer_exact", "answer_f1")
        kinds = (
            self._marks(*RETRIEVAL),
            [max(answer)] if answer else [],
            self._marks("choice_accuracy"),
            self._marks(*REFUSAL),
        )
        means = [statistics.fmean(marks) for marks in kinds if marks]
        return statistics.fmean(means) if means else None

    def _marks(self, *names: str) -> list[float]:
        return [mark for name in names for mark in self.marks.get(name, ())]

    def to_dict(self) -> JSON:
        return self.question.to_dict() | {
            "marks": {name: list(marks) for name, marks in self.marks.items()},
            "facts": [trace.to_dict() for trace in self.traces],
            "hits": [hit.to_dict() for hit in self.hits],
            "answered": self.answer.answered,
            "answer": self.answer.text,
            "degraded": self.answer.degraded,
            "seconds": round(self.seconds, 4),
        }
