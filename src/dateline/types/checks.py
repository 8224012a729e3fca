"""How far evidence carries a claim."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.types.answers import SupportLabel
from dateline.types.days import JSON


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

    `score` is between 0 and 1. `sentences` are as few as carry together what is carried, the one that
    carries most first: of a supported claim, one where one says it all. `also` has others that carry a
    supported claim by themselves, best first. `reasons` says in plain words what is not carried, gravest
    first.
    """

    label: SupportLabel
    score: float
    sentences: tuple[SupportingSentence, ...] = ()
    reasons: tuple[str, ...] = ()
    also: tuple[SupportingSentence, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "label": self.label,
            "score": self.score,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "reasons": list(self.reasons),
            "also": [sentence.to_dict() for sentence in self.also],
        }
