from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.archive import Archive
from dateline.errors import DatelineError, SourceError
from dateline.measure import Evaluation, Question, evaluate, read_run, save
from dateline.measure.questions import Fact
from dateline.measure.run import reserve

QUESTION = Question(
    "1",
    "Who opened the bridge in Larkvale?",
    ("Ines Okafor",),
    answerable=True,
    evidence=(Fact("Mayor Ines Okafor opened the new bridge", "bridge-opens"),),
)


@pytest.fixture(scope="module")
def evaluation(archive: Archive) -> Evaluation:
    return evaluate(archive, [QUESTION])


def test_a_saved_run_is_read_as_it_was(evaluation: Evaluation, tmp_path: Path) -> None:
    save(tmp_path / "run.json", evaluation.to_dict())
    assert read_run(tmp_path / "run.json", [QUESTION]) == evaluation.run


def without(saved: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in saved.items() if name != key}


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "[" * 100_000,
        "[]",
        "{}",
        "not json",
        "\ud800",
        {"outcomes": None},
        {"outcomes": [3]},
        {"outcomes": [{}]},
        {"settings": None},
        {"marks": None},
        {"marks": {"hits@4": 1}},
        {"marks": {"hits@4": []}},
        {"marks": {"hits@4": ["1"]}},
        {"marks": {"hits@4": [float("nan")]}},
        {"marks": {"hits@4": [7]}},
    ],
)
def test_a_file_that_is_no_run_says_so_in_one_line(
    broken: str | dict[str, Any], evaluation: Evaluation, tmp_path: Path
) -> None:
    saved = evaluation.to_dict()
    if isinstance(broken, str):
        text = broken
    elif "marks" in broken:
        (outcome,) = evaluation.outcomes
        text = json.dumps({**saved, "outcomes": [outcome.to_dict() | broken]})
    else:
        text = json.dumps(saved | broken)
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(SourceError) as raised:
        read_run(path, [QUESTION])
    assert str(raised.value) == f"{path} is not a saved run; make one: dateline eval QUESTIONS --save FILE"


def test_a_run_of_other_questions_is_refused(evaluation: Evaluation, tmp_path: Path) -> None:
    """Also one of the same question with other evidence: its marks were given for something else."""
    save(tmp_path / "run.json", evaluation.to_dict())
    other = Question("1", QUESTION.text, QUESTION.answers, answerable=True)
    with pytest.raises(SourceError, match="none of these questions"):
        read_run(tmp_path / "run.json", [other])


def test_a_missing_run_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="can't read the run"):
        read_run(tmp_path / "run.json", [QUESTION])


def test_where_nothing_can_be_saved_is_known_beforehand(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="can't save the run"):
        reserve(tmp_path / "nowhere" / "run.json")


def test_reserving_a_file_keeps_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("earlier")
    reserve(tmp_path / "run.json")
    assert (tmp_path / "run.json").read_text() == "earlier"
