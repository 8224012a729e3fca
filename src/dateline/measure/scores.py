"""Scores of a question set: shares from 0 to 1, None where nothing was there to be scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.types import JSON

Shares = Mapping[str, float | None]  # by the score's name: {"hits@4": 0.8}

_WIDTH = 26


@dataclass(frozen=True, slots=True)
class TypeScores:
    """What was found for the questions of one type."""

    questions: int
    retrieval: Shares

    def to_dict(self) -> JSON:
        return {"questions": self.questions, "retrieval": dict(self.retrieval)}


@dataclass(frozen=True, slots=True)
class Scores:
    """How an archive did on a question set."""

    questions: int
    retrieval: Shares
    answers: Shares
    refusal: Shares
    per_type: Mapping[str, TypeScores]  # questions without a type are in none
    seconds: Mapping[str, float]  # of one answer: median and p95

    def to_dict(self) -> JSON:
        return {
            "questions": self.questions,
            "retrieval": dict(self.retrieval),
            "answers": dict(self.answers),
            "refusal": dict(self.refusal),
            "per_type": {name: scores.to_dict() for name, scores in self.per_type.items()},
            "seconds": dict(self.seconds),
        }


def table(scores: Scores) -> str:
    """The scores for a terminal: a block for each kind, then the types, one column each."""
    seconds = scores.seconds
    lines = [
        f"{scores.questions} questions, {seconds['median']:.2f} s each (median; p95 {seconds['p95']:.2f} s)"
    ]
    for name, shares in (
        ("retrieval", scores.retrieval),
        ("answers", scores.answers),
        ("refusal", scores.refusal),
    ):
        lines += ["", name, *(f"  {label:<{_WIDTH}}{_share(share):>6}" for label, share in shares.items())]
    if scores.per_type:
        lines += ["", *_types(scores.per_type)]
    return "\n".join(lines)


def _types(per_type: Mapping[str, TypeScores]) -> list[str]:
    """One row per score and one column per type."""
    columns = [(max(len(name), 5) + 2, scores) for name, scores in per_type.items()]
    labels = next(iter(per_type.values())).retrieval
    heads = "".join(f"{name:>{width}}" for name, (width, _) in zip(per_type, columns, strict=True))
    counts = "".join(f"{scores.questions:>{width}}" for width, scores in columns)
    return [
        f"{'per type':<{_WIDTH}}{heads}",
        f"  {'questions':<{_WIDTH - 2}}{counts}",
        *(
            f"  {label:<{_WIDTH - 2}}"
            + "".join(f"{_share(scores.retrieval[label]):>{width}}" for width, scores in columns)
            for label in labels
        ),
    ]


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
