from __future__ import annotations

from pathlib import Path

import pytest

from dateline.index.manifest import describe, differences, strangers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ("words", "vectors"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.bin").write_bytes(part.encode() * 100)
    return tmp_path


def test_a_folder_is_as_it_was_described(folder: Path) -> None:
    told = describe(folder)
    (folder / "words" / ".tantivy-meta.lock").touch()
    (folder / "words" / "more").touch()
    assert list(differences(folder, told)) == []


def test_sizes_are_looked_at_without_reading(folder: Path) -> None:
    told = describe(folder)
    (folder / "words" / "a.bin").write_bytes(b"sdrow" * 100)
    (folder / "vectors" / "a.bin").write_bytes(b"short")
    assert [file.parent.name for file, _ in differences(folder, told, every_byte=False)] == ["vectors"]
    assert [file.parent.name for file, _ in differences(folder, told)] == ["vectors", "words"]
    assert [how for _, how in differences(folder, told, part="words")] == [
        "its content is not what was written"
    ]


def test_a_missing_file_is_named(folder: Path) -> None:
    told = describe(folder)
    (folder / "words" / "a.bin").unlink()
    assert list(differences(folder, told)) == [(folder / "words" / "a.bin", "it is missing")]


@pytest.mark.parametrize(
    ("written", "now", "strange"),
    [
        ("1.5.9", "1.9.0", False),
        ("1.5.9", "2.0.0", True),
        ("0.27.0", "0.27.4", False),
        ("0.27.0", "0.28.0", True),
    ],
)
def test_versions_that_may_write_other_files_are_strangers(
    folder: Path, monkeypatch: pytest.MonkeyPatch, written: str, now: str, strange: bool
) -> None:
    monkeypatch.setattr("dateline.index.manifest.version", lambda name: written)
    told = describe(folder)
    monkeypatch.setattr("dateline.index.manifest.version", lambda name: now)
    assert bool(strangers(told)) == strange
