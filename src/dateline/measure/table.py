"""Scores and comparisons as tables for a terminal, 80 columns wide or what it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.measure.compare import Comparison, Difference
from dateline.measure.evaluate import Evaluation
from dateline.measure.intervals import Interval
from dateline.measure.marks import GROUPS
from dateline.measure.scores import Score, Scores, Sheet

_LABEL = 24  # columns of a score's name
_TYPE = 16  # columns of one type: "0.77 0.59–0.94" and a gap


def table(evaluation: Evaluation, *, width: int = 80) -> str:
    """A block for each kind of score: mean, 95 % interval, how many questions gave a mark; then the types."""
    scores = evaluation.scores
    blocks = [_heading(evaluation), *_groups(scores.whole), *_types(scores, width)]
    return "\n\n".join("\n".join(block) for block in blocks)


def comparison_table(comparison: Comparison, name: str) -> str:
    """What the two runs were made with, where that differs, and the scores that both have."""
    heads = f"{'other':>7}{'this':>6}{'change':>8} {'95 % interval':>16}{'better':>7}{'worse':>6}{'same':>5}"
    return "\n".join(
        [
            f"this run and another, {name}",
            f"  questions: {comparison.questions:,} in both, {comparison.left_out:,} in only one",
            *(_setting(label, *values) for label, values in comparison.settings.items()),
            "",
            f"{'':<{_LABEL}}{heads}",
            *(_difference(label, one) for label, one in comparison.differences.items() if one),
            "* 0 is not in the interval",
        ]
    )


def _heading(evaluation: Evaluation) -> list[str]:
    scores, settings = evaluation.scores, evaluation.settings
    asked = scores.whole.questions
    shown = (
        f"{asked:,} question{'s' * (asked != 1)}",
        f"{settings['articles']} articles",
        settings["embedder"],
    )
    seconds = scores.seconds
    lines = [
        " · ".join((*shown, settings["answers"])),
        f"{seconds['median']:.2f} s an answer (median; 95 % within {seconds['p95']:.2f} s)",
    ]
    if scores.cost:
        told = (f"{name.replace('_', ' ')} {value:,.6g}" for name, value in scores.cost.items())
        lines.append(", ".join(told))
    if scores.degraded:
        reasons = ", ".join(f"{reason} {count}" for reason, count in scores.degraded.items())
        lines.append(f"{sum(scores.degraded.values())} answers are quotes, since the model failed: {reasons}")
    return lines


def _groups(sheet: Sheet) -> Iterator[list[str]]:
    """The scores that there are marks for, by kind."""
    for group, names in GROUPS.items():
        rows = [f"  {name:<{_LABEL - 2}}{_score(one)}" for name in names if (one := sheet.scores[name])]
        if rows:
            yield [f"{group:<{_LABEL}}{'score':>8}{'95 % interval':>18}{'n':>7}", *rows]


def _score(score: Score) -> str:
    return f"{score.mean:>8.3f}{_span(score.interval):>18}{score.n:>7,}"


def _types(scores: Scores, width: int) -> Iterator[list[str]]:
    """Blocks of as many types as fit beside each other; none where all questions are of the same type."""
    names = [name for name, sheet in scores.per_type.items() if sheet.questions < scores.whole.questions]
    fitting = max(1, (width - _LABEL) // _TYPE)
    for start in range(0, len(names), fitting):
        shown = names[start : start + fitting]
        yield [
            f"{'per type':<{_LABEL}}{_row(_cut(name, _TYPE - 1) for name in shown)}",
            *_rows([scores.per_type[one] for one in shown]),
        ]


def _rows(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield f"  {'questions':<{_LABEL - 2}}{_row(f'{sheet.questions:,}' for sheet in sheets)}"
    for name in sheets[0].scores:
        scores = [sheet.scores[name] for sheet in sheets]
        if any(scores):
            yield f"  {name:<{_LABEL - 2}}{_row(map(_brief, scores))}"


def _row(cells: Iterable[str]) -> str:
    return "".join(f"{cell:>{_TYPE}}" for cell in cells)


def _brief(score: Score | None) -> str:
    return "-" if score is None else f"{score.mean:.2f} {score.interval.low:.2f}–{score.interval.high:.2f}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _setting(name: str, this: str, other: str) -> str:
    return f"  {name}: this {_cut(this, 26)}, other {_cut(other, 26)}"


def _difference(name: str, one: Difference) -> str:
    figures = f"{one.other:>7.3f}{one.this:>6.3f}{one.value:>+8.3f}{'*' if one.clear else ' '}"
    counts = f"{one.better:>7,}{one.worse:>6,}{one.same:>5,}"
    return f"  {name:<{_LABEL - 2}}{figures}{_span(one.interval, sign='+'):>16}{counts}"


def _span(interval: Interval, *, sign: str = "") -> str:
    return f"{interval.low:{sign}.3f} – {interval.high:{sign}.3f}"
