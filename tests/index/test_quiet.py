from __future__ import annotations

import os
from pathlib import Path

from dateline.index.quiet import Quiet
from dateline.types import Skipped


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def aged(file: Path, text: str, seconds: float) -> Path:
    file.write_text(text)
    moment = file.stat().st_mtime - seconds
    os.utime(file, (moment, moment))
    return file


def test_a_file_that_is_old_is_quiet_at_once_and_a_new_one_after_a_while(tmp_path: Path) -> None:
    clock = Clock()
    quiet = Quiet(2.0, clock=clock)
    old, new = aged(tmp_path / "old.txt", "old", 60), aged(tmp_path / "new.txt", "new", 0)
    assert quiet.settled([new, old])[0] == [old]
    clock.now += 1
    assert quiet.settled([new, old])[0] == [old]
    clock.now += 1.5
    assert quiet.settled([new, old])[0] == [new, old]


def test_a_file_that_is_written_again_waits_and_is_not_gone_meanwhile(tmp_path: Path) -> None:
    clock = Clock()
    quiet = Quiet(2.0, clock=clock)
    file = aged(tmp_path / "one.txt", "one", 60)
    _, before = quiet.settled([file])
    for text in ("one, two", "one, two, three"):
        file.write_text(text)
        clock.now += 1.5
        assert quiet.settled([file]) == ([], before)
    clock.now += 2
    found, after = quiet.settled([file])
    assert found == [file]
    assert after != before
    assert quiet.settled([file]) == (found, after)


def test_a_clock_that_is_ahead_does_not_keep_a_file_out(tmp_path: Path) -> None:
    clock = Clock()
    quiet = Quiet(2.0, clock=clock)
    file = aged(tmp_path / "one.txt", "one", -3600)
    assert quiet.settled([file])[0] == []
    clock.now += 2.5
    assert quiet.settled([file])[0] == [file]


def test_a_file_that_is_gone_changes_what_is_there(tmp_path: Path) -> None:
    quiet = Quiet(2.0)
    file, skipped = aged(tmp_path / "one.txt", "one", 60), Skipped("two.xyz", None, "of another kind")
    found, before = quiet.settled([file, skipped])
    assert found == [file, skipped]
    file.unlink()
    found, after = quiet.settled([skipped])
    assert found == [skipped]
    assert after != before
