"""The command line as other programs use it: JSON on standard output, one line on errors, exit codes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chroma_server import ChromaServer
from dateline.cli import main
from dateline.config import Settings
from dateline.index import lock
from newsroom import RECORDS, write_articles
from scripted_server import Reply, scripted_server

README = Path(__file__).parent.parent / "README.md"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any, str]:
    """Exit code, JSON of standard output (None when there is none), standard error."""
    code = main([*map(str, arguments), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


def test_index_reports_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_articles(tmp_path / "a.jsonl", *RECORDS)
    with source.open("a") as file:
        file.write("{broken\n")
    code, report, _ = run(capsys, "index", source, "--index", tmp_path / "I")
    assert code == 0
    assert report["added"] == report["articles"] == len(RECORDS)
    assert {"updated", "unchanged", "removed", "passages", "seconds"} <= report.keys()
    (skipped,) = report["skipped"]
    assert skipped["path"] == str(source)
    assert skipped["line"] == len(RECORDS) + 1
    code, report, _ = run(capsys, "index", source, "--index", tmp_path / "I")
    assert report["unchanged"] == len(RECORDS)
    assert len(report["skipped"]) == 1


def test_search_gives_hits_of_the_contract(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found, _ = run(capsys, "search", "Who opened the bridge?", "-k", "2", "--index", index)
    assert code == 0
    first = found["hits"][0]
    assert first["rank"] == 1
    assert first["article"].keys() == {"id", "title", "source", "published", "url"}
    assert first["article"]["id"] == "bridge-opens"
    assert first["end"] - first["start"] == len(first["text"])
    assert len(found["hits"]) == 2
    assert found["filters"]["inferred"] == {}


def test_what_is_read_from_a_question_can_be_ignored(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "What was reported about the bridge on May 20, 2019?"
    _, found, _ = run(capsys, "ask", text, "--index", index)
    assert not found["answered"]
    assert found["coverage"]["nearest"]["article"]["id"] == "bridge-opens"
    assert found["filters"]["inferred"].keys() == {"since", "until"}
    _, found, _ = run(capsys, "ask", text, "--ignore", "days", "--index", index)
    assert found["answered"]
    assert found["citations"][0]["article"]["id"] == "bridge-opens"
    assert (found["filters"]["inferred"], found["filters"]["ignored"]) == ({}, ["since", "until"])
    assert main(["ask", text, "--index", str(index)]) == 0
    assert "since 2019-05-19, read from the question: “May 20, 2019”; without it: --ignore since" in (
        capsys.readouterr().err
    )


def test_search_keeps_to_its_filters(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, found, _ = run(capsys, "search", "bridge", "--until", "2019-02-05", "--index", index)
    assert found["hits"]
    assert all(hit["article"]["published"] <= "2019-02-05" for hit in found["hits"])


def test_ask_gives_an_answer_whose_quotes_stand(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = run(capsys, "ask", "Who opened the bridge in Larkvale?", "--index", index)
    assert code == 0
    assert answer["answered"]
    assert answer["mode"] == "extractive"
    for citation in answer["citations"]:
        assert citation["article"]["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_ask_prints_the_answer_and_its_sources(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "Who opened the bridge in Larkvale?", "--index", str(index)]) == 0
    out, _ = capsys.readouterr()
    assert "Okafor" in out
    assert "[1] Larkvale opens its new bridge" in out
    assert "bridge-opens" in out


def test_ask_with_a_model_marks_what_the_sources_do_not_carry(
    index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = "Mayor Ines Okafor opened the new bridge. [1] The bridge is haunted by ghosts. [1]"
    with scripted_server([Reply.text(reply)]) as server:
        name = f"openai:scripted@{server.url}"
        assert main(["ask", "Who opened the bridge in Larkvale?", "--llm", name, "--index", str(index)]) == 0
    out, _ = capsys.readouterr()
    assert "not found in the sources: The bridge is haunted by ghosts." in out
    assert "“Mayor Ines Okafor opened the new bridge" in out


def test_a_failing_model_ends_in_quotes_and_a_notice(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with scripted_server([Reply.status(401, "secret words")]) as server:
        name = f"openai:scripted@{server.url}"
        code, answer, err = run(capsys, "ask", "Who opened the bridge?", "--llm", name, "--index", index)
    assert code == 0
    assert answer["degraded"] == "unauthorized"
    assert answer["citations"]
    assert "Quotes only" in err
    assert "secret" not in err + json.dumps(answer)


def test_show_status_and_remove(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "I"
    run(capsys, "index", write_articles(tmp_path / "a.jsonl", *RECORDS), "--index", index)
    code, shown, _ = run(capsys, "show", "ferry-strike", "--index", index)
    assert code == 0
    assert shown["article"]["title"] == "Ferry crews stop work"
    code, gone, _ = run(capsys, "remove", "ferry-strike", "--index", index)
    assert (code, gone) == (0, {"removed": 1, "remaining_traces": 0})
    code, status, _ = run(capsys, "status", "--index", index)
    assert status["articles"] == len(RECORDS) - 1
    assert {"passages", "first", "last", "sources", "embedder", "versions", "bytes"} <= status.keys()
    code, nothing, err = run(capsys, "show", "ferry-strike", "--index", index)
    assert (code, nothing) == (1, None)
    assert err.startswith("dateline: no article 'ferry-strike'")


def test_a_lost_generation_is_named_and_made_again_from_the_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "I"
    source = write_articles(tmp_path / "a.jsonl", *RECORDS)
    run(capsys, "index", source, "--index", index)
    assert run(capsys, "doctor", "--index", index)[:2] == (
        0,
        {"healthy": True, "findings": [], "repaired": False},
    )
    _, before, _ = run(capsys, "search", "bridge", "--index", index)
    source.unlink()
    shutil.rmtree(index / "generation-000001")
    code, _, err = run(capsys, "search", "bridge", "--index", index)
    assert code == 1
    assert f"dateline doctor --repair --index {index}" in err
    code, health, _ = run(capsys, "doctor", "--index", index)
    assert (code, health["healthy"], len(health["findings"])) == (1, False, 1)
    code, health, _ = run(capsys, "doctor", "--repair", "--index", index)
    assert (code, health["healthy"], health["repaired"]) == (0, True, True)
    assert run(capsys, "search", "bridge", "--index", index)[1] == before


def test_what_is_gone_from_its_source_goes_when_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, index = tmp_path / "articles", tmp_path / "I"
    folder.mkdir()
    for record in RECORDS[:3]:
        write_articles(folder / f"{record['id']}.jsonl", record)
    run(capsys, "index", folder, "--index", index)
    (folder / "ferry-strike.jsonl").unlink()
    assert run(capsys, "index", folder, "--index", index)[1]["removed"] == 0
    code, report, _ = run(capsys, "index", folder, "--prune", "--index", index)
    assert (code, report["removed"], report["articles"]) == (0, 1, 2)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    question = {
        "id": "1",
        "question": "Who opened the bridge in Larkvale?",
        "answers": ["Ines Okafor"],
        "answerable": True,
        "evidence": [{"text": "Mayor Ines Okafor opened the new bridge"}, {"text": "It was never finished."}],
    }
    file = tmp_path / "q.jsonl"
    file.write_text(json.dumps(question) + "\n")
    return file


def test_eval_prints_a_table_and_json(
    index: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, scores, _ = run(capsys, "eval", questions, "--index", index)
    assert code == 0
    assert {"retrieval", "answers", "refusal", "per_type", "intervals"} <= scores.keys()
    assert scores["worst"] == ["1"]
    assert scores["outcomes"][0]["marks"]["fact_recall@words=700"] == [0.5]
    assert main(["eval", str(questions), "--index", str(index)]) == 0
    out, _ = capsys.readouterr()
    assert "  hits@4 " in out
    assert "  missed    not in the first 100 hits\n            It was never finished." in out


def test_eval_compares_with_a_saved_run_or_its_json(
    index: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved, printed = questions.with_name("saved.json"), questions.with_name("printed.json")
    _, scores, _ = run(capsys, "eval", questions, "--save", saved, "--index", index)
    assert json.loads(saved.read_text()) == scores
    printed.write_text(json.dumps(scores))
    for file in (saved, printed):
        code, again, _ = run(capsys, "eval", questions, "--against", file, "--index", index)
        assert code == 0
        assert again["comparison"]["questions"] == 1
        assert again["comparison"]["scores"]["hits@4"]["difference"] == 0
    assert main(["eval", str(questions), "--against", str(saved), "--index", str(index)]) == 0
    assert "this run and another, saved.json\n  questions: 1 in both" in capsys.readouterr().out


def test_eval_does_nothing_before_it_can_read_and_save(
    index: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for option, file in {"--against": questions, "--save": questions / "run.json"}.items():
        assert main(["eval", str(questions), option, str(file), "--index", str(index)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("dateline: ")
        assert str(file) in err
        assert len(err.splitlines()) == 1


def test_another_writer_is_refused_with_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_articles(tmp_path / "a.jsonl", *RECORDS)
    with lock.writing(tmp_path / "I"):
        command = [sys.executable, "-m", "dateline", "index", str(source), "--index", str(tmp_path / "I")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ask", "x", "--index", "nowhere"], 1, "no index in nowhere"),
        (["index", "nowhere", "--index", "I"], 1, "nowhere"),
        (["eval", "nowhere.jsonl", "--index", "{index}"], 1, "nowhere.jsonl"),
        (["ask", "x", "--llm", "nonsense", "--index", "{index}"], 1, "name a language model"),
        (["index", "{index}", "--embedder", "nonsense", "--index", "I"], 1, "names no embedder"),
    ],
)
def test_a_failure_is_one_line_and_an_exit_code(
    arguments: list[str],
    code: int,
    says: str,
    index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([one.format(index=index) for one in arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("dateline: ")
    assert says in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["ask", "x", "--as-of", "soon"], ["search", "x", "-k", "0"], ["index"], ["unknown"]],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_setting_that_is_no_number_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATELINE_LLM_SECONDS", "soon")
    assert main(["status"]) == 2
    assert "DATELINE_LLM_SECONDS" in capsys.readouterr().err


def test_parsing_imports_no_heavy_library() -> None:
    heavy = ("chromadb", "gradio", "openai", "llama_index", "onnxruntime", "tantivy", "trafilatura")
    program = f"import sys, dateline.cli; print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_the_readme_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    section = README.read_text().split("## The command line")[1].split("##")[0]
    rows = re.findall(r"^\| `([a-z]+)( [^`]*)?` \|", section, re.MULTILINE)
    commands = {name for name, _ in rows}
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = set(re.findall(r"^    (\w+) +\w", capsys.readouterr().out, re.MULTILINE))
    assert commands == listed
    for name, usage in rows:
        with pytest.raises(SystemExit):
            main([name, "--help"])
        offered = capsys.readouterr().out
        assert all(option in offered for option in re.findall(r"--?\w[\w-]*", usage))


def test_a_store_is_filled_by_one_and_read_by_others_from_its_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ChromaServer(tmp_path / "chroma").start()
    models = Settings.from_environment().cache
    (tmp_path / "cache").mkdir()
    for model in models.iterdir() if models.is_dir() else ():
        if model.name != "stores":
            (tmp_path / "cache" / model.name).symlink_to(model)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DATELINE_STORE_TOKEN", "tk-not-to-be-shown")
    try:
        source = write_articles(tmp_path / "a.jsonl", *RECORDS)
        store = ("--store", server.url)
        code, report, _ = run(capsys, "index", source, "--index", tmp_path / "I", *store)
        assert (code, report["published"]) == (0, True)
        _, found, _ = run(capsys, "search", "Who opened the bridge?", "--index", tmp_path / "none", *store)
        assert found["hits"][0]["article"]["id"] == "bridge-opens"
        monkeypatch.setenv("DATELINE_STORE", server.url)
        _, overview, _ = run(capsys, "status")
        assert overview["articles"] == len(RECORDS)
        _, shown, _ = run(capsys, "show", "flood")
        assert shown["article"]["id"] == "flood"
        code, answer, _ = run(capsys, "ask", "Who opened the new bridge?")
        assert (code, answer["answered"]) == (0, True)
        code, _, said = run(capsys, "status", "--store", "none", "--index", tmp_path / "none")
        assert code == 1
        assert "no index in" in said
        assert run(capsys, "remove", "flood", "--index", tmp_path / "I")[1]["remaining_traces"] == 0
        assert run(capsys, "show", "flood")[0] == 1
        server.kill()
        code, answer, said = run(capsys, "ask", "Who opened the new bridge?")
        assert (code, answer["answered"]) == (0, True)
        assert f"The store is away: {server.url} can't be reached" in said
        code, report, said = run(capsys, "index", source, "--index", tmp_path / "I")
        assert (code, report["published"], report["added"]) == (1, False, 0)
        (line,) = [one for one in said.splitlines() if server.url in one]
        assert line.endswith(f"kept in {tmp_path / 'I'}, and the next run publishes it")
        assert "tk-not-to-be-shown" not in said
    finally:
        server.kill()


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "http://me:pass@host"])
def test_what_is_no_store_is_wrong_usage(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["status", "--store", address])
    assert left.value.code == 2
    assert "pass" not in capsys.readouterr().err.replace("password", "")


@pytest.mark.parametrize("output", [(), ("--json",)])
def test_ask_tells_after_the_answer_which_models_run_on_this_machine(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, output: tuple[str, ...]
) -> None:
    with scripted_server([Reply.text("x")]) as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url.removesuffix("/v1"))
        assert main(["ask", "Who opened the new bridge?", "--index", str(index), *output]) == 0
        out, err = capsys.readouterr()
        assert "Ines Okafor" in out
        assert "scripted (Ollama)" in err
        assert err.splitlines()[-1].endswith("--llm ollama:scripted")
        for said in (["--llm", "none"], ["--llm", "ollama:scripted"]):
            assert main(["ask", "Who opened the new bridge?", "--index", str(index), *said]) == 0
            assert "this machine" not in capsys.readouterr().err
        monkeypatch.setenv("DATELINE_LLM", "none")
        assert main(["ask", "Who opened the new bridge?", "--index", str(index)]) == 0
        assert "this machine" not in capsys.readouterr().err
    assert len(server.requests) == 1  # of the one that was asked for by name


def test_a_local_model_that_is_no_model_is_one_line(
    index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("xllamacpp", reason="not installed: pip install -e '.[local]'")
    file = tmp_path / "notes.gguf"
    file.write_text("notes")
    code, _, err = run(capsys, "ask", "Where?", "--index", index, "--llm", f"local:{file}")
    assert code == 1
    assert err == f"dateline: --llm local:{file} is no GGUF file; name one that llama.cpp can run\n"
