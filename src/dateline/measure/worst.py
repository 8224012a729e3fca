"""The questions that went worst, and why: what was missed, found and answered."""

from __future__ import annotations

import statistics
import textwrap
from collections.abc import Iterator, Sequence

from dateline.measure.outcome import Outcome, Trace
from dateline.types import Hit, iso

_LABEL = 12  # columns of "missed" and the like
_NARROWEST = 28


def worst(outcomes: Sequence[Outcome], n: int) -> list[Outcome]:
    """Up to n outcomes that are not perfect, worst first; of equal ones, those with more marks."""
    flawed = [
        (standing, -len(outcome.marks), place)
        for place, outcome in enumerate(outcomes)
        if (standing := outcome.standing) is not None and standing < 1
    ]
    return [outcomes[place] for _, _, place in sorted(flawed)[:n]]


def told(outcomes: Sequence[Outcome], *, width: int = 80) -> str:
    """The outcomes for a reader, in lines no longer than the width, or 40."""
    return "\n\n".join("\n".join(_told(outcome, width)) for outcome in outcomes)


def _told(outcome: Outcome, width: int) -> Iterator[str]:
    question, answer = outcome.question, outcome.answer
    yield _line(" · ".join(filter(None, (question.id, question.type, iso(question.as_of)))), width)
    yield from textwrap.wrap(question.text, width, initial_indent="  ", subsequent_indent="  ")
    wanted = " | ".join(question.answers) if question.answerable else "to be declined"
    inside = max(width - _LABEL, _NARROWEST)
    for label, lines in {
        "wanted": _lines(wanted, inside, 3),
        "missed": [
            line for trace in outcome.traces if trace.words is None for line in _missed(trace, inside)
        ],
        "found": [line for hit in outcome.hits for line in _found(hit, inside)] or ["nothing"],
        "answered" if answer.answered else "declined": _lines(answer.text, inside, 3),
        "marks": textwrap.wrap(_marks(outcome), inside),
    }.items():
        heads = [f"  {label}", *[""] * len(lines)]
        yield from (f"{head:<{_LABEL}}{line}" for head, line in zip(heads, lines, strict=False))


def _missed(trace: Trace, width: int) -> list[str]:
    origin = f": {trace.title}" if trace.title else ""
    return [_line(f"{trace.place}{origin}", width), *_lines(trace.fact.text, width, 3)]


def _found(hit: Hit, width: int) -> list[str]:
    origin = " · ".join(filter(None, (hit.article.source, iso(hit.article.day), hit.article.title)))
    return [_line(f"{hit.rank} {origin}", width), f"  {_line(hit.passage.text, width - 2)}"]


def _marks(outcome: Outcome) -> str:
    return ", ".join(
        f"{name}\N{NO-BREAK SPACE}{statistics.fmean(marks):.2g}" for name, marks in outcome.marks.items()
    )


def _line(text: str, width: int) -> str:
    return next(iter(_lines(text, width, 1)), "")


def _lines(text: str, width: int, most: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width, max_lines=most, placeholder=" …")
