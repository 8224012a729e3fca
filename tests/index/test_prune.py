from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

import dateline
from dateline.index.minilm import MiniLM
from dateline.index.prune import gone
from dateline.types import Report, Skipped
from newsroom import Record, report, write_articles

BRIDGE = report("bridge", "The new bridge over the Tarn was opened to cars and to walkers on Monday morning.")
FLOOD = report("flood", "Sixty families left their homes when the river came over its banks last week.")
FERRY = report("ferry", "Ferry crews stopped work at dawn and left passengers standing on the quays.")


@dataclass
class Desk:
    """A folder of articles and an index of it."""

    root: Path
    embedder: MiniLM

    def lay_out(self, name: str, *records: Record) -> Path:
        file = self.root / "articles" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        return write_articles(file, *records)

    def prune(self, *sources: Path | str) -> Report:
        named = sources or (self.root / "articles",)
        return dateline.build(named, self.root / "index", embedder=self.embedder, prune=True)

    def ids(self) -> list[str]:
        archive = dateline.open(self.root / "index", llm="none", embedder=self.embedder)
        return sorted({hit.article.id for hit in archive.search("bridge river ferry", k=10)})


@pytest.fixture
def desk(tmp_path: Path, embedder: MiniLM) -> Desk:
    return Desk(tmp_path, embedder)


def test_an_article_whose_file_is_gone_is_taken_out(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("below/b.jsonl", FLOOD).parent.joinpath("c.jsonl").write_text("")
    desk.prune()
    (desk.root / "articles" / "below" / "b.jsonl").unlink()
    report = desk.prune()
    assert (report.removed, report.unchanged, report.articles, report.notices) == (1, 1, 1, ())
    assert desk.ids() == ["bridge"]
    assert desk.prune().removed == 0
    assert dateline.check(desk.root / "index").healthy


def test_a_moved_file_is_not_gone(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.prune()
    file.rename(file.with_name("b.jsonl"))
    report = desk.prune()
    assert (report.removed, report.unchanged, report.articles) == (0, 1, 1)


def test_articles_of_other_sources_stay(desk: Desk) -> None:
    one, other = desk.lay_out("one/a.jsonl", BRIDGE), desk.lay_out("other/b.jsonl", FLOOD)
    desk.lay_out("one/c.jsonl", FERRY)
    desk.prune(one.parent, other.parent)
    one.unlink()
    other.unlink()
    assert desk.prune(one.parent).removed == 1
    assert desk.ids() == ["ferry", "flood"]


def test_what_a_glob_would_not_name_stays(desk: Desk) -> None:
    files = [
        desk.lay_out("a.jsonl", BRIDGE),
        desk.lay_out("b.jsonl", FLOOD),
        desk.lay_out("c.txt.jsonl", FERRY),
    ]
    desk.prune()
    for file in files[:2]:
        file.unlink()
    assert desk.prune(f"{desk.root}/articles/[bc]*.jsonl").removed == 1
    assert desk.ids() == ["bridge", "ferry"]


def test_nothing_is_pruned_below_a_source_that_is_empty(desk: Desk) -> None:
    file = desk.lay_out("disk/a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", FLOOD)
    desk.prune()
    file.unlink()
    report = desk.prune(desk.root / "articles" / "disk", desk.root / "articles" / "b.jsonl")
    assert report.removed == 0
    assert report.notices == (f"Nothing was pruned below {file.parent}: it holds no article file",)


def test_nothing_is_gone_below_a_folder_that_can_not_be_read(tmp_path: Path) -> None:
    closed = Skipped(str(tmp_path / "closed"), None, "the folder can't be read: Permission denied")
    known = [str(tmp_path / "closed" / "a.jsonl"), str(tmp_path / "b.jsonl")]
    (tmp_path / "c.jsonl").touch()
    lost, said = gone(known, [tmp_path], [closed, tmp_path / "c.jsonl"])
    assert lost == [known[1]]
    assert said == [f"Nothing was pruned below {closed.path}: {closed.reason}"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of this system are others")
def test_a_file_that_can_not_be_looked_at_is_not_gone(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").touch()
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    lost, said = gone([str(loop / "a.jsonl")], [tmp_path], [tmp_path / "c.jsonl"])
    assert lost == []
    assert "can't be looked at" in said[0]


def test_a_copy_comes_in_when_the_other_copy_goes(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE, FERRY)
    desk.lay_out("b.jsonl", BRIDGE | {"id": "copy"}, FLOOD)
    assert len(desk.prune().skipped) == 1
    file.unlink()
    report = desk.prune()
    assert (report.added, report.removed, report.unchanged, report.skipped) == (1, 2, 1, ())
    assert desk.ids() == ["copy", "flood"]
    report = desk.prune()
    assert (report.added, report.removed, report.unchanged, report.skipped) == (0, 0, 2, ())


def test_a_copy_comes_in_when_the_other_is_taken_out_of_its_file_or_changes(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.lay_out("b.jsonl", BRIDGE | {"id": "copy"}, FLOOD | {"id": "reprint"})
    assert len(desk.prune().skipped) == 2
    desk.lay_out("a.jsonl", FLOOD | {"text": "The river went back into its bed, and all came home again."})
    report = desk.prune()
    assert (report.added, report.updated, report.removed, report.skipped) == (2, 1, 1, ())
    assert desk.ids() == ["copy", "flood", "reprint"]


def test_an_emptied_file_loses_its_articles_when_it_is_pruned(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", FLOOD)
    desk.prune()
    file.write_text("")
    assert desk.prune().removed == 1
    assert desk.ids() == ["flood"]


def test_the_second_article_of_an_id_comes_in_when_the_first_goes(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", BRIDGE | {"date": "2001-01-01", "text": f"{BRIDGE['text']} So it was."}, FERRY)
    assert len(desk.prune().skipped) == 1
    file.unlink()
    report = desk.prune()
    assert (report.articles, report.skipped) == (2, ())
    assert desk.ids() == ["bridge", "ferry"]
