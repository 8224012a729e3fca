"""A saved run: the marks of each question and the settings they were made with, to be compared with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.archive import Archive
from dateline.errors import DatelineError, SourceError
from dateline.measure.marks import Marks
from dateline.measure.questions import Question, question_of
from dateline.types import JSON

RunSettings = Mapping[str, str]  # by what they set: {"embedder": "minilm-int8"}


@dataclass(frozen=True, slots=True)
class Run:
    """The marks of each question, made with the same settings."""

    settings: RunSettings
    marks: Mapping[Question, Marks]


def settings_of(archive: Archive) -> RunSettings:
    """What a run's figures depend on: the index, who embeds, searches and answers, and the versions."""
    overview = archive.overview()
    return {
        "index": str(archive.folder),
        "articles": f"{overview.articles:,}",
        "passages": f"{overview.passages:,}",
        "embedder": overview.embedder or "none",
        "answers": archive.mode,
        "reranker": archive.reranker or "none",
        **overview.versions,
        **({"notices": " ".join(archive.notices)} if archive.notices else {}),
    }


def reserve(path: str | Path) -> None:
    """Makes sure that a run can be saved there, before it costs anything. Raises DatelineError."""
    _write(path, "", mode="a")


def save(path: str | Path, evaluated: JSON) -> None:
    """Saves the JSON of an evaluation, to be compared with. Raises DatelineError."""
    _write(path, json.dumps(evaluated, ensure_ascii=False) + "\n", mode="w")


def _write(path: str | Path, text: str, *, mode: Literal["a", "w"]) -> None:
    try:
        with Path(path).open(mode, encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise DatelineError(
            f"can't save the run in {path}: {error.strerror}; name a file that can be written"
        ) from None


def read_run(path: str | Path, questions: Sequence[Question]) -> Run:
    """The run saved in a file, to compare these questions with.

    Raises SourceError for a file that is no run or has none of the questions.
    """
    try:
        saved = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(
            f"can't read the run {path}: {error.strerror}; make one: dateline eval QUESTIONS --save FILE"
        ) from None
    try:
        run = _run(json.loads(saved))
    except (ValueError, RecursionError, SourceError):
        raise SourceError(
            f"{path} is not a saved run; make one: dateline eval QUESTIONS --save FILE"
        ) from None
    if run.marks.keys().isdisjoint(questions):
        raise SourceError(
            f"{path} has none of these questions with the same answers and evidence; "
            "make it again with this question file"
        )
    return run


def _run(saved: object) -> Run:
    """Raises ValueError or SourceError for what is no run."""
    match saved:
        case {"settings": dict(settings), "outcomes": list(outcomes)}:
            names = {str(name): str(value) for name, value in settings.items()}
            return Run(names, {question_of(each, place="outcome"): _marks(each) for each in outcomes})
    raise ValueError("neither settings nor outcomes")


def _marks(outcome: Mapping[str, object]) -> Marks:
    match outcome:
        case {"marks": dict(marks)}:
            return {str(name): _shares(each) for name, each in marks.items()}
    raise ValueError("no marks")


def _shares(marks: object) -> tuple[float, ...]:
    given = marks if isinstance(marks, list) else []
    if not given or not all(isinstance(mark, int | float) and 0 <= mark <= 1 for mark in given):
        raise ValueError("marks that are no shares")
    return tuple(float(mark) for mark in given)
