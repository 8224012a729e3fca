"""What the README shows is run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dateline import sample
from dateline.measure import read_questions

TEXT = (Path(__file__).parent.parent / "README.md").read_text()


def block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.usefixtures("embedder")
def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sample.articles(), tmp_path / "articles")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(block("python"), "README.md", "exec"), names)
    assert getattr(names["answer"], "answered", None) is True


def test_the_questions_of_the_example_file_are_read(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text(block("jsonl"))
    assert [one.answerable for one in read_questions(tmp_path / "questions.jsonl")] == [True, True, False]


def test_every_file_that_the_readme_names_is_there() -> None:
    root = Path(__file__).parent.parent
    links = re.findall(r"\]\(([\w/.]+)\)", TEXT)
    places = re.findall(r"`((?:src|ui|tests)/[\w/.]+)`", TEXT)
    scripts = re.findall(r"python (tests/bench/\w+\.py)", TEXT)
    assert links
    assert scripts
    assert [one for one in (*links, *places, *scripts) if not (root / one).exists()] == []
