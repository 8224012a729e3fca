from __future__ import annotations

import gc
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dateline.index.embedder import Vectors
from dateline.index.ledger import Row
from dateline.index.vectors import VectorIndex, write

FEB_4, FEB_9 = date(2019, 2, 4), date(2019, 2, 9)


def unit(degrees: float) -> Vectors:
    angle = np.deg2rad(degrees)
    return np.array([np.cos(angle), np.sin(angle), 0.0], np.float32)


def row(key: int, degrees: float | None, *, day: date | None = None, source: str | None = None) -> Row:
    vector = None if degrees is None else unit(degrees)
    return Row(key, "", "", day.toordinal() if day else None, source, vector)


ROWS = [
    row(1, 40, day=FEB_4, source="Harbor Wire"),
    row(2, 10, day=FEB_9, source="Österpost"),
    row(3, 20, day=FEB_9, source="Harbor Wire"),
    row(4, 30),
    row(5, None, day=FEB_9),
]


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    folder = tmp_path_factory.mktemp("vectors")
    assert write(folder, ROWS) == 4
    return VectorIndex(folder)


def test_the_nearest_come_first_with_their_cosine(vectors: VectorIndex) -> None:
    found = vectors.nearest(unit(0), 10)
    assert list(found) == [2, 3, 4, 1]
    assert list(found.values()) == pytest.approx(np.cos(np.deg2rad([10, 20, 30, 40])), abs=1e-5)


def test_no_more_than_k_come(vectors: VectorIndex) -> None:
    assert list(vectors.nearest(unit(0), 2)) == [2, 3]


def test_dead_keys_are_gone_and_a_key_written_again_has_its_new_vector(tmp_path: Path) -> None:
    write(tmp_path, ROWS)
    write(tmp_path, [row(4, 5), row(6, 15)], dead=[2, 3])
    vectors = VectorIndex(tmp_path)
    assert vectors.count() == 3
    assert list(vectors.nearest(unit(0), 10)) == [4, 6, 1]


def test_nothing_is_found_where_there_are_no_vectors(tmp_path: Path) -> None:
    assert write(tmp_path, [row(5, None)]) == 0
    assert VectorIndex(tmp_path).nearest(unit(0), 10) == {}


def test_more_than_one_batch_is_written_and_deleted(tmp_path: Path) -> None:
    write(tmp_path, [row(key, key / 100) for key in range(4500)])
    assert VectorIndex(tmp_path).count() == 4500
    write(tmp_path, [], dead=range(1, 4500))
    assert list(VectorIndex(tmp_path).nearest(unit(0), 10)) == [0]


def test_a_folder_made_again_in_the_same_place_is_a_new_one(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    write(folder, [row(1, 10)])
    held = VectorIndex(folder)
    shutil.rmtree(folder)
    write(folder, [row(2, 10)])
    assert list(VectorIndex(folder).nearest(unit(0), 10)) == [2]
    del held


def test_a_generation_that_is_read_no_more_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    write(tmp_path / "vectors", ROWS)
    vectors = VectorIndex(tmp_path / "vectors")
    assert open_files(tmp_path)
    del vectors
    gc.collect()
    assert not open_files(tmp_path)
    assert not [*(tmp_path / "temporary").iterdir()]


def test_a_writer_that_fails_lets_its_folder_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write(tmp_path, (row(key, 1 // key) for key in (1, 0)))
    gc.collect()  # the traceback held it
    assert not open_files(tmp_path)


def open_files(folder: Path) -> list[str]:
    """What this process holds open below the folder."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("this system does not tell which files are open")
    targets = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [target for target in targets if target.startswith(f"{folder}/")]
