from __future__ import annotations

import os
from pathlib import Path

import pytest

from dateline.errors import StorageError
from dateline.index import borrowed
from dateline.index.borrowed import Borrowed


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "folder" / "below").mkdir(parents=True)
    (tmp_path / "folder" / "below" / "small").write_text("small")
    (tmp_path / "folder" / "a.lock").touch()
    return tmp_path / "folder"


def test_what_is_written_to_a_borrowed_folder_does_not_reach_the_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(borrowed, "_SMALL", 0)
    (folder / "named").write_text("named")
    place = Borrowed(folder, copied=["named"])
    assert (place.folder / "below" / "small").read_text() == "small"
    assert (place.folder / "below" / "small").is_symlink()
    (place.folder / "named").write_text("changed")
    assert (folder / "named").read_text() == "named"
    assert not (place.folder / "a.lock").exists()


def test_a_borrowed_folder_goes_when_it_is_let_go(folder: Path) -> None:
    place = Borrowed(folder)
    place.close()
    assert not place.folder.exists()


def test_what_a_killed_reader_left_is_taken_away_by_the_next(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "temporary" / "dateline-left"
    left.mkdir()
    (left / ".held").touch()
    held = Borrowed(folder)
    for one in (left, held.folder):
        os.utime(one / ".held", (0, 0))
    other = Borrowed(folder)
    assert (left.exists(), held.folder.exists(), other.folder.exists()) == (False, True, True)


def test_no_room_for_it_is_one_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").rmdir()
    with pytest.raises(StorageError, match="temporary can't be written"):
        Borrowed(folder)
