"""What the command line says of files that are no articles, and how it is told what they do not show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli import main

BODY = "The council of Arnhope opened a library on Monday, and hundreds of people came to see it."


@pytest.fixture(autouse=True)
def without_a_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DATELINE_MODEL_HUB", "http://127.0.0.1:9")


def test_nothing_read_is_a_failure_that_says_what_would_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a.jpg", "b.jpg", "c.xlsx"):
        (folder / name).write_text("x")
    assert main(["index", str(folder), "--index", str(tmp_path / "I")]) == 1
    told = capsys.readouterr().err
    assert "2 .jpg: not articles; 1 .xlsx: save it as CSV" in told
    assert "nothing was read" in told
    assert ".jsonl" in told
    assert main(["index", str(folder), "--index", str(tmp_path / "I"), "--json"]) == 1
    (skipped,) = json.loads(capsys.readouterr().out)["skipped"]
    assert skipped["kinds"] == {".jpg": 2, ".xlsx": 1}


def test_fields_and_the_order_of_days_can_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"blob": BODY, "seen": "3/4/2021", "who": {"name": "Echo"}}]))
    index = ["index", str(file), "--index", str(tmp_path / "I")]
    assert main(index) == 1
    assert "--map" in capsys.readouterr().err
    mapped = ["--map", "text=blob,published=seen,source=who.name", "--day-first"]
    assert (
        main([*index, *mapped]) == 0
    )  # a file that did not change is read again, since it is told otherwise
    capsys.readouterr()
    assert main(["status", "--index", str(tmp_path / "I"), "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["first"], status["sources"]) == ("2021-04-03", {"Echo": 1})


@pytest.mark.parametrize("mapping", ["text", "words=blob", "text="])
def test_a_mapping_that_is_none_is_wrong_usage(tmp_path: Path, mapping: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["index", str(tmp_path), "--map", mapping])
    assert caught.value.code == 2
