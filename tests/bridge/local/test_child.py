"""The process of a local model: how it begins, crashes, begins again and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.answer.model import Message
from dateline.bridge.breaker import FAILURES
from dateline.bridge.local.child import Child
from dateline.bridge.local.model import LocalModel, load_local
from dateline.config import Settings
from dateline.errors import ModelError
from listening import heard

TESTS = Path(__file__).parents[2]
STAND_IN = (sys.executable, str(TESTS / "local_child.py"))
ASKED = [Message("user", "Answer with one word: yes.")]
PARENT = """
import sys, time
from pathlib import Path
from dateline.bridge.local.child import Child
child = Child(Path(sys.argv[1]), 512, program=sys.argv[2:])
child.start()
print(child._process.pid, flush=True)
time.sleep(60)
"""

posix = pytest.mark.skipif(sys.platform == "win32", reason="processes are told of under /proc or by signals")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "model.gguf").write_text("well")
    return tmp_path / "model.gguf"


@pytest.fixture(autouse=True)
def _child_finds_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(TESTS), *sys.path]))


def local(file: Path) -> tuple[LocalModel, Child]:
    child = Child(file, 4_096, program=STAND_IN)
    return LocalModel(child, Settings(llm_seconds=60.0)), child


def pid(child: Child) -> int:
    assert child._process is not None
    return child._process.pid


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{process}/stat").exists() and " Z " in Path(f"/proc/{process}/stat").read_text()


def comes_true(is_so: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def test_it_answers_and_is_started_once(file: Path) -> None:
    model, child = local(file)
    child.start()
    first = pid(child)
    child.start()
    assert heard(model) == ("It is well.", None)
    assert heard(model) == ("It is well.", None)
    assert pid(child) == first
    assert model.name == "local:model"


def test_it_ends_with_what_holds_it(file: Path) -> None:
    _, child = local(file)
    child.start()
    process = pid(child)
    del _, child
    assert comes_true(lambda: is_gone(process))


@posix
def test_it_ends_with_its_parent_also_when_that_is_killed(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(file), *STAND_IN], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        assert not is_gone(process)
        parent.send_signal(signal.SIGKILL)
    assert comes_true(lambda: is_gone(process))


@posix
def test_a_crash_between_questions_is_not_noticed(file: Path) -> None:
    model, child = local(file)
    child.start()
    os.kill(pid(child), signal.SIGKILL)
    assert comes_true(child.has_ended)
    assert heard(model) == ("It is well.", None)


def test_a_crash_in_a_reply_is_a_failed_model_and_the_next_question_starts_it_again(file: Path) -> None:
    model, child = local(file)
    file.write_text("crash")
    said, error = heard(model)
    assert said == ""
    assert error is not None
    assert str(error) == "local:model ended unexpectedly; the next question starts it again"
    assert error.requests == 1  # it is not sent again what it crashed on
    assert child.has_ended()
    file.write_text("well")
    assert heard(model) == ("It is well.", None)


def test_one_that_goes_on_crashing_is_left_alone(file: Path) -> None:
    model, child = local(file)
    file.write_text("crash")
    for _ in range(FAILURES):
        heard(model)
    assert child.has_ended()
    _, error = heard(model)
    assert error is not None
    assert "is not asked for another" in str(error)


@pytest.mark.parametrize("kind", ["damaged", "mute"])
def test_a_file_that_can_not_be_run_is_one_line(file: Path, kind: str) -> None:
    file.write_text(kind)
    _, child = local(file)
    with pytest.raises(ModelError, match="can't be run: it is damaged") as caught:
        child.start()
    assert "\n" not in str(caught.value)
    assert str(file) in str(caught.value)
    assert child.has_ended()


def test_without_its_package_it_says_how_to_install_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)  # as if it were not there
    with pytest.raises(ModelError, match=r'pip install "dateline\[local\]"') as caught:
        load_local(str(file), Settings(), lambda *_: None)
    assert caught.value.reason == "not_installed"


# -- with xllamacpp


@pytest.fixture
def xllamacpp() -> None:
    pytest.importorskip("xllamacpp", reason="not installed: pip install -e '.[local]'")


@pytest.mark.usefixtures("xllamacpp")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "can't be read"),
        (b"no model", "is no GGUF file"),
        (b"GGUF and nothing that belongs to it", "can't be run"),
    ],
)
def test_a_broken_file_is_one_line_with_the_real_program(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "broken.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=said) as caught:
        load_local(str(file), Settings(), lambda *_: None)
    assert "\n" not in str(caught.value)
    assert "broken.gguf" in str(caught.value)


@posix
@pytest.mark.usefixtures("xllamacpp")
def test_a_real_model_answers_is_killed_and_answers_again() -> None:
    if not (path := os.environ.get("DATELINE_BENCH_MODEL")):
        pytest.skip("DATELINE_BENCH_MODEL names no GGUF file")
    told: list[str] = []
    model = load_local(path, Settings(llm_context_tokens=1_024), lambda stage, *_: told.append(stage))
    assert told[0].startswith("starting the language model")
    assert "yes" in "".join(chunk.text for chunk in model.stream(ASKED)).lower()
    assert model.style == "small"
    assert model.context_tokens == 1_024
    child = model._child
    os.kill(pid(child), signal.SIGKILL)
    assert comes_true(child.has_ended)
    assert "yes" in "".join(chunk.text for chunk in model.stream(ASKED)).lower()
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, path, sys.executable, "-m", "dateline.bridge.local.serve"],
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        process = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert comes_true(lambda: is_gone(process))
