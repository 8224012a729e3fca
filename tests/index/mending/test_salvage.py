"""A ledger that SQLite can't follow any more gives back every row that is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import dateline
from dateline.index.ledger import Ledger
from dateline.index.ledger.schema import FILE
from dateline.index.mending.pages import PAGE
from dateline.index.minilm import MiniLM
from dateline.types import Health
from newsroom import RECORDS, Watched, write_articles

LONG = [one | {"text": f"{one['text']}\n\n" + f"So the {one['id']} report goes on. " * 60} for one in RECORDS]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Articles that fill more than a page each."""
    return write_articles(tmp_path / "articles.jsonl", *LONG)


@pytest.fixture
def copy(sources: Path, embedder: MiniLM, tmp_path: Path) -> Path:
    dateline.build(sources, tmp_path / "index", embedder=embedder)
    return tmp_path / "index"


def found(index: Path, embedder: MiniLM) -> dict[str, float]:
    archive = dateline.open(index, llm="none", embedder=embedder)
    return {hit.passage.id: hit.score for hit in archive.search("Who opened the new bridge?")}


def overwrite(file: Path, page: int) -> None:
    with file.open("r+b") as content:
        content.seek(page * PAGE)
        content.write(os.urandom(PAGE))


def page_of(file: Path, text: str) -> int:
    place = file.read_bytes().index(text.encode())
    return place // PAGE


def swap_with_chroma(ledger: Path) -> None:
    other = ledger.parent / "generation-000001/vectors/chroma.sqlite3"
    ledger.rename(ledger.with_name("held"))
    other.rename(ledger)
    ledger.with_name("held").rename(other)


@pytest.mark.parametrize(
    "damage",
    [
        lambda ledger: overwrite(ledger, 0),
        lambda ledger: overwrite(ledger, page_of(ledger, "CREATE TABLE passages")),
        swap_with_chroma,
    ],
    ids=["its first page", "its tables", "swapped with another"],
)
def test_a_ledger_of_which_all_rows_are_whole_loses_nothing(
    copy: Path, embedder: MiniLM, damage: Callable[[Path], None]
) -> None:
    expected = found(copy, embedder)
    damage(copy / FILE)
    damaged = (copy / FILE).read_bytes()
    assert [one.mend for one in dateline.check(copy).findings] == [f"dateline doctor --repair --index {copy}"]
    watched = Watched(embedder)
    assert dateline.check(copy, repair=True, embedder=watched) == Health(True, (), repaired=True)
    assert watched.embedded == []
    assert found(copy, embedder) == pytest.approx(expected)
    assert (copy / "damaged-1" / FILE).read_bytes() == damaged


def test_articles_that_are_lost_are_named_and_come_back_from_their_file(
    copy: Path, sources: Path, embedder: MiniLM
) -> None:
    expected = found(copy, embedder)
    overwrite(copy / FILE, 0)
    overwrite(copy / FILE, page_of(copy / FILE, "Mayor Ines Okafor opened"))
    health = dateline.check(copy, repair=True, embedder=embedder)
    lost = {one.what.split()[1] for one in health.findings}
    assert {one.where for one in health.findings} == {str(sources)}
    assert all("read it again: dateline index" in one.mend for one in health.findings)
    assert "bridge-opens" in lost
    assert lost | {one.id for one in Ledger(copy).articles()} == {str(one["id"]) for one in RECORDS}
    assert dateline.check(copy) == Health(True, ())
    assert dateline.build(sources, copy, embedder=embedder).added == len(lost)
    assert found(copy, embedder) == pytest.approx(expected)


def test_passages_that_are_lost_are_cut_and_embedded_again(copy: Path, embedder: MiniLM) -> None:
    expected = found(copy, embedder)
    overwrite(copy / FILE, 0)
    ledger = (copy / FILE).read_bytes()
    places = [page for page in range(1, len(ledger) // PAGE) if ledger[page * PAGE] == 13]
    for page in places:
        trial = copy.with_name(f"trial-{page}")
        shutil.copytree(copy, trial)
        overwrite(trial / FILE, page)
        watched = Watched(embedder)
        health = dateline.check(trial, repair=True, embedder=watched)
        if health.healthy and watched.embedded:
            assert found(trial, embedder) == pytest.approx(expected)
            return
    pytest.fail("no page held passages alone")


def test_a_repair_that_was_killed_before_its_end_is_taken_up(copy: Path, embedder: MiniLM) -> None:
    expected = found(copy, embedder)
    overwrite(copy / FILE, 0)
    spared = copy.with_name("spared")
    shutil.copytree(copy, spared)
    assert dateline.check(spared, repair=True, embedder=embedder).healthy
    (copy / "ledger-saved").mkdir()
    shutil.copyfile(spared / FILE, copy / "ledger-saved" / FILE)
    (copy / "ledger-in-the-making").mkdir()
    assert dateline.check(copy, repair=True, embedder=embedder) == Health(True, (), repaired=True)
    assert found(copy, embedder) == pytest.approx(expected)
    assert not list(copy.glob("ledger-*"))


def test_what_was_removed_is_not_kept_in_a_damaged_ledger(copy: Path, embedder: MiniLM) -> None:
    overwrite(copy / FILE, 0)
    assert dateline.check(copy, repair=True, embedder=embedder).healthy
    assert dateline.remove(["bridge-opens"], copy) == 0
    assert not list(copy.glob("damaged-*"))
