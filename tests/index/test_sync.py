from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ArticleMissing, IndexBusy, IndexMismatch
from dateline.index import Embedder, Snapshot, lock, removal, sync
from dateline.index.ledger import Ledger
from dateline.index.minilm import MiniLM
from dateline.index.words import terms
from dateline.reading import find
from dateline.types import Article, Filters, Report
from newsroom import RECORDS, Record, Watched, report, write_articles

BRIDGE = report("bridge", "The new bridge over the Tarn was opened to cars and to walkers on Monday morning.")
FLOOD = report("flood", "Sixty families left their homes when the river came over its banks last week.")
FERRY = report("ferry", "Ferry crews stopped work at dawn and left passengers standing on the quays.")


class Killed(BaseException):
    """Ends a run where it stands."""


@dataclass
class Desk:
    """One index, and a folder of articles that it is built from."""

    root: Path
    model: MiniLM
    embedded: list[str] = field(default_factory=list)

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def articles(self) -> Path:
        return self.root / "articles"

    def lay_out(self, name: str, *records: Record) -> Path:
        self.articles.mkdir(exist_ok=True)
        file = write_articles(self.articles / name, *records)
        os.utime(file, ns=(time.time_ns(), time.time_ns()))
        return file

    def build(
        self,
        *,
        name: str | None = None,
        words_only: bool = False,
        tell: Callable[[str, int, int | None], None] = lambda *_: None,
    ) -> Report:
        watched = Watched(self.model, name=name)
        embedder: Embedder | None = None if words_only else watched
        with lock.writing(self.index) as ledger:
            try:
                return sync.synchronise(list(find([self.articles])), ledger, embedder, tell)
            finally:
                self.embedded = watched.embedded

    def rebuild(
        self, *, name: str | None = None, tell: Callable[[str, int, int | None], None] = lambda *_: None
    ) -> Report:
        with lock.writing(self.index) as ledger:
            return sync.rebuild(ledger, Watched(self.model, name=name), tell)

    def remove(self, *ids: str) -> int:
        with lock.writing(self.index) as ledger:
            return removal.remove(ids, ledger, lambda *_: None)

    def held(self) -> list[Article]:
        with closing(Ledger(self.index)) as ledger:
            return list(ledger.articles(generation=ledger.generation))

    def ids(self) -> list[str]:
        return [article.id for article in self.held()]

    def found(self, text: str) -> set[str]:
        """Articles found by words, after a look that ledger, Chroma and both of tantivy's hold the same."""
        snapshot = Snapshot(self.index)
        nearest = snapshot.vectors.nearest(self.model.embed_queries([text])[0], 100)
        stored = snapshot.located(list(nearest))
        assert snapshot.words.count() == len(stored) == len(nearest)
        assert snapshot.articles.count() == len({one.owner for one in stored.values()})
        wanted = dict.fromkeys(terms(text), 1.0)
        keys = snapshot.words.best(wanted, 100, Filters())
        assert nearest.keys() >= keys.keys()
        assert snapshot.articles.best(wanted, 100, Filters()).keys() == {stored[key].owner for key in keys}
        return {stored[key].article.id for key in keys}

    def generation(self) -> int:
        return Snapshot(self.index).generation


@pytest.fixture
def desk(tmp_path: Path, embedder: MiniLM) -> Desk:
    return Desk(tmp_path, embedder)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.removed


def reasons(report: Report) -> list[str]:
    return [one.reason for one in report.skipped]


# -- what changed is done again, and nothing else


def test_new_articles_are_added_and_found(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    report = desk.build()
    assert counts(report) == (2, 0, 0, 0)
    assert (report.articles, report.passages) == (2, 2)
    assert desk.found("bridges") == {"bridge"}


def test_every_sentence_of_every_passage_gets_its_own_vector(desk: Desk) -> None:
    text = " ".join(str(one["text"]) for one in (BRIDGE, FLOOD, FERRY, *RECORDS[3:6]))
    desk.lay_out("a.jsonl", report("all", text))
    desk.build()
    snapshot = Snapshot(desk.index)
    stored = [one for one in snapshot.located(range(100)).values() if one.sentences is not None]
    assert len(stored) == snapshot.words.count() > 1
    vectors = np.concatenate([one.sentences for one in stored if one.sentences is not None])
    sentences = [text[start:end] for one in stored for start, end in one.passage.sentences]
    assert (vectors @ desk.model.embed_queries(sentences).T).argmax(axis=0).tolist() == list(
        range(len(vectors))
    )


def test_a_run_with_nothing_to_do_embeds_and_publishes_nothing(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    files = {file: file.stat().st_mtime_ns for file in desk.index.glob("generation-*/**/*")}
    assert counts(desk.build()) == (0, 0, 2, 0)
    assert desk.embedded == []
    assert desk.generation() == 1
    assert files == {file: file.stat().st_mtime_ns for file in desk.index.glob("generation-*/**/*")}


def test_a_changed_article_replaces_its_passages_everywhere(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE | {"text": "The new theatre opened on Monday."}, FLOOD)
    assert counts(desk.build()) == (0, 1, 1, 0)
    assert desk.embedded == ["About bridge"]
    assert desk.found("bridge walkers") == {"bridge"}  # by its headline alone
    assert desk.found("walkers") == set()
    assert desk.found("theatre") == {"bridge"}


def test_a_changed_headline_or_date_is_a_changed_article(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE | {"title": "Theatre", "date": "2019-03-01"})
    assert counts(desk.build()) == (0, 1, 0, 0)
    assert [(article.title, article.day) for article in desk.held()] == [("Theatre", date(2019, 3, 1))]
    assert desk.found("theatre") == {"bridge"}


def test_a_record_taken_out_of_its_file_is_removed(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", FLOOD)
    assert counts(desk.build()) == (0, 0, 1, 1)
    assert desk.found("bridge families") == {"flood"}


def test_a_file_that_was_not_named_again_keeps_its_articles(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    file.unlink()
    desk.lay_out("b.jsonl", FLOOD)
    assert counts(desk.build()) == (1, 0, 0, 0)
    assert desk.ids() == ["bridge", "flood"]


def test_a_file_that_was_touched_changes_nothing(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE)
    assert counts(desk.build()) == (0, 0, 1, 0)
    assert desk.generation() == 1


@pytest.mark.parametrize("with_id", [True, False])
def test_a_moved_file_is_not_embedded_again(desk: Desk, with_id: bool) -> None:
    record = {name: value for name, value in BRIDGE.items() if with_id or name != "id"}
    file = desk.lay_out("a.jsonl", record)
    desk.build()
    file.rename(desk.articles / "b.jsonl")
    assert counts(desk.build()) == (0, 0, 1, 0)
    assert desk.embedded == []
    assert [article.path for article in desk.held()] == [str(desk.articles / "b.jsonl")]
    desk.lay_out("b.jsonl", record)
    report = desk.build()
    assert (report.articles, report.removed, reasons(report)) == (1, 0, [])


def test_a_record_moved_to_a_later_file_stays(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.lay_out("b.jsonl", FERRY)
    desk.build()
    desk.lay_out("a.jsonl", FLOOD)
    desk.lay_out("b.jsonl", FERRY, BRIDGE)
    desk.build()
    assert sorted(desk.ids()) == ["bridge", "ferry", "flood"]


def test_a_headline_that_changes_the_id_replaces_the_article(desk: Desk) -> None:
    bridge = {name: value for name, value in BRIDGE.items() if name != "id"}
    desk.lay_out("a.jsonl", bridge, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", bridge | {"title": "Theatre"}, FLOOD)
    report = desk.build()
    assert (counts(report), reasons(report)) == ((0, 1, 1, 0), [])
    assert sorted(article.title for article in desk.held()) == ["About flood", "Theatre"]


# -- what is not taken in


def test_a_copy_is_skipped_and_named_on_every_run(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", BRIDGE | {"id": "copy", "title": "A copy"}, FLOOD)
    for _ in range(2):
        assert reasons(desk.build()) == ["copy: the same text and source as article bridge"]
    assert desk.ids() == ["bridge", "flood"]


def test_a_report_that_another_outlet_printed_too_is_no_copy(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, BRIDGE | {"id": "again", "source": "Weekly Kiln"})
    assert counts(desk.build()) == (2, 0, 0, 0)


def test_the_second_article_of_an_id_is_skipped(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", FLOOD | {"id": "bridge"})
    for _ in range(2):
        report = desk.build()
        assert reasons(report) == [f"the id 'bridge' was already read from {file}"]
    assert desk.found("bridge") == {"bridge"}


def test_a_broken_line_costs_nothing_but_itself(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    file.write_text('{"id": "bridge", "text": "The br\n' + write_articles(file, FERRY).read_text())
    report = desk.build()
    assert (report.added, report.removed) == (1, 0)
    assert [(one.path, one.line) for one in report.skipped] == [(str(file), 1)]
    assert desk.ids() == ["bridge", "flood", "ferry"]
    assert desk.build().skipped == report.skipped  # of an unchanged file too


def test_a_copy_in_a_file_does_not_keep_what_was_taken_out_of_it(desk: Desk) -> None:
    copy = BRIDGE | {"id": "copy"}
    desk.lay_out("a.jsonl", BRIDGE, copy, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE, copy)
    assert counts(desk.build()) == (0, 0, 1, 1)
    assert desk.ids() == ["bridge"]


def test_an_article_of_nothing_but_its_newswire_line_has_no_passages(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD | {"text": "SEOUL, Feb. 15 (Yonhap) --"})
    report = desk.build()
    assert (report.articles, report.passages) == (2, 1)
    assert counts(desk.build()) == (0, 0, 2, 0)


def test_an_empty_folder_makes_an_index_that_can_be_opened(desk: Desk) -> None:
    desk.articles.mkdir()
    report = desk.build()
    assert (counts(report), report.articles) == ((0, 0, 0, 0), 0)
    assert Snapshot(desk.index).overview().articles == 0


# -- years that are inferred

YEARLESS: Record = {
    "id": "talks",
    "title": "Envoys meet in Warsaw",
    "text": "WARSAW, Feb. 15 (Xinhua) -- Stephen Biegun and Kang Kyung-wha met in Warsaw. Mike Pompeo and "
    "Kim Hyok Chol spoke of the Singapore summit last June, and of the Korean Peninsula.",
}
NEIGHBOUR: Record = {
    "id": "preparations",
    "title": "Envoys prepare",
    "source": "Harbor Wire",
    "date": "2019-02-14",
    "text": "Stephen Biegun and Kang Kyung-wha will meet in Warsaw, Mike Pompeo said. Kim Hyok Chol was at "
    "the Singapore summit on June 12, 2018, when the Korean Peninsula was spoken of.",
}


def dates(desk: Desk) -> dict[str, tuple[date | None, str | None]]:
    return {article.id: (article.day, article.published_from) for article in desk.held()}


INFERRED = {"talks": (date(2019, 2, 15), "inferred"), "preparations": (date(2019, 2, 14), "metadata")}


def test_a_missing_year_is_inferred_from_a_neighbour(desk: Desk) -> None:
    desk.lay_out("a.jsonl", YEARLESS)
    desk.lay_out("b.jsonl", NEIGHBOUR)
    assert counts(desk.build()) == (2, 0, 0, 0)
    assert dates(desk) == INFERRED


@pytest.mark.parametrize("words_only", [True, False])
def test_a_missing_year_is_inferred_when_a_later_run_brings_the_neighbour(
    desk: Desk, words_only: bool
) -> None:
    desk.lay_out("a.jsonl", YEARLESS)
    desk.build(words_only=words_only)
    assert dates(desk) == {"talks": (None, None)}
    desk.lay_out("b.jsonl", NEIGHBOUR)
    assert counts(desk.build()) == (1, 1, 1, 0)
    assert dates(desk) == INFERRED
    assert desk.found("Biegun") == {"talks", "preparations"}
    assert counts(desk.build()) == (0, 0, 2, 0)


def test_a_touched_file_keeps_its_inferred_dates(desk: Desk) -> None:
    desk.lay_out("a.jsonl", YEARLESS)
    desk.lay_out("b.jsonl", NEIGHBOUR)
    desk.build()
    desk.lay_out("a.jsonl", YEARLESS)
    assert counts(desk.build()) == (0, 0, 2, 0)
    assert dates(desk) == INFERRED


def test_a_yearless_copy_is_named_on_every_run(desk: Desk) -> None:
    desk.lay_out("a.jsonl", YEARLESS, YEARLESS | {"id": "copy"})
    for _ in range(2):
        assert reasons(desk.build()) == ["copy: the same text and source as article talks"]


# -- runs that are killed


def kill_at(stage: str) -> Callable[[str, int, int | None], None]:
    def tell(now: str, done: int, total: int | None) -> None:
        if now == stage and done:
            raise Killed

    return tell


@pytest.mark.parametrize("stage", ["reading and embedding", "indexing words", "indexing vectors"])
def test_a_killed_run_is_finished_by_the_next_without_embedding_again(desk: Desk, stage: str) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    desk.lay_out("b.jsonl", FLOOD)
    with pytest.raises(Killed):
        desk.build(tell=kill_at(stage))
    assert desk.embedded == ["About flood"]
    assert desk.ids() == ["bridge"]  # nobody sees what was not published
    assert counts(desk.build()) == (0, 0, 2, 0)
    assert desk.embedded == []
    assert desk.found("families bridge") == {"bridge", "flood"}


_BUILD = """
import os, signal, sys
from pathlib import Path
from dateline.config import Settings
from dateline.index import lock, removal, sync
from dateline.index.minilm import load
from dateline.reading import find

def tell(stage, done, total):
    if stage == "indexing vectors":
        os.kill(os.getpid(), signal.SIGKILL)

model = load(Settings.from_environment(), say=print)
with lock.writing(Path(sys.argv[2])) as ledger:
    sync.synchronise(find([sys.argv[1]]), ledger, model, tell)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_process_killed_before_publishing_loses_no_work(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    command = [sys.executable, "-c", _BUILD, str(desk.articles), str(desk.index)]
    assert subprocess.run(command, check=False, timeout=120).returncode == -signal.SIGKILL
    assert list(desk.index.glob("generation-*"))
    assert counts(desk.build()) == (0, 0, 2, 0)
    assert desk.embedded == []
    assert desk.found("families bridge") == {"bridge", "flood"}


def test_a_deleted_generation_is_derived_again_from_the_ledger(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    shutil.rmtree(desk.index / "generation-000001")
    file.unlink()
    desk.build()
    assert desk.embedded == []
    assert desk.found("bridge") == {"bridge"}


# -- one writer

_HOLD = """
import sys
from pathlib import Path
from dateline.index import lock, removal, sync

with lock.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(index: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is writing the index."""
    command = [sys.executable, "-c", _HOLD, str(index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_writer_is_refused_at_once_and_told_who_writes(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    with holder(desk.index) as process:
        begun = time.monotonic()
        with pytest.raises(IndexBusy, match=f"process {process.pid};") as refused:
            desk.build()
        assert time.monotonic() - begun < 1
        assert refused.value.exit_code == 3
        process.kill()
        process.wait()
        assert counts(desk.build()) == (1, 0, 0, 0)


def test_readers_are_not_held_up_by_a_writer(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    with holder(desk.index):
        assert desk.found("bridge") == {"bridge"}


def test_a_file_in_place_of_the_index_is_an_error_of_one_line(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.index.write_text("not a folder")
    with pytest.raises(IndexMismatch, match="can't be an index"):
        desk.build()


# -- embedders


def test_another_embedder_is_refused_with_the_command_that_mends_it(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    desk.lay_out("a.jsonl", FLOOD)
    with pytest.raises(IndexMismatch, match="dateline index --rebuild --embedder other --index") as refused:
        desk.build(name="other")
    assert refused.value.exit_code == 4
    assert desk.ids() == ["bridge"]


def test_without_an_embedder_words_are_indexed_and_the_next_run_adds_the_vectors(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    assert counts(desk.build(words_only=True)) == (2, 0, 0, 0)
    snapshot = Snapshot(desk.index)
    assert (snapshot.embedder, snapshot.words.count(), snapshot.vectors.count()) == (None, 2, 0)
    assert counts(desk.build()) == (0, 0, 2, 0)
    assert desk.embedded == ["About bridge", "About flood"]
    assert desk.found("bridge") == {"bridge"}
    assert Snapshot(desk.index).embedder == "minilm-int8"


def test_articles_added_while_the_embedder_was_missing_get_their_vectors_later(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    desk.lay_out("b.jsonl", FLOOD)
    desk.build(words_only=True)
    assert Snapshot(desk.index).vectors.count() == 1
    desk.build()
    assert desk.embedded == ["About flood"]
    assert desk.found("families") == {"flood"}


def test_a_rebuild_embeds_everything_by_the_new_embedder_without_the_sources(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    file.unlink()
    report = desk.rebuild(name="other")
    assert (report.updated, report.articles, report.passages) == (2, 2, 2)
    assert Snapshot(desk.index).embedder == "other"
    assert desk.found("bridge") == {"bridge"}


def test_a_killed_rebuild_never_mixes_two_embedders(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    with pytest.raises(Killed):
        desk.rebuild(name="other", tell=kill_at("indexing words"))
    assert Snapshot(desk.index).embedder == "minilm-int8"  # what is published is still the old one
    assert desk.found("bridge") == {"bridge"}
    with pytest.raises(IndexMismatch):
        desk.build()
    desk.build(name="other")
    assert Snapshot(desk.index).embedder == "other"


def test_a_rebuild_killed_while_embedding_is_finished_by_the_next_run(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    with pytest.raises(Killed):
        desk.rebuild(name="other", tell=lambda *_: (_ for _ in ()).throw(Killed))
    assert Snapshot(desk.index).embedder == "minilm-int8"
    desk.build(name="other")
    assert Snapshot(desk.index).vectors.count() == 2


# -- taking out


def bytes_of(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_removed_article_leaves_no_trace(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD, FERRY)
    desk.build()
    assert b"walkers" in bytes_of(desk.index)
    assert desk.remove("bridge") == 0
    left = bytes_of(desk.index)
    assert b"walkers" not in left
    assert b"About bridge" not in left
    assert b"Sixty families" in left
    assert desk.ids() == ["flood", "ferry"]
    assert desk.found("bridge families") == {"flood"}


def test_a_removed_article_stays_away_while_its_file_is_as_it_was(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.remove("bridge")
    assert counts(desk.build()) == (0, 0, 1, 0)
    assert desk.ids() == ["flood"]


def test_every_article_can_be_removed(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    assert desk.remove("bridge", "flood", "bridge") == 0
    assert desk.ids() == []
    assert desk.found("bridge") == set()


def test_an_older_version_of_a_removed_article_leaves_no_trace_either(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE | {"text": "The bridge was closed again on the following Tuesday."}, FLOOD)
    desk.build()
    assert desk.remove("bridge") == 0
    left = bytes_of(desk.index)
    assert b"walkers" not in left
    assert b"following Tuesday" not in left


def test_what_another_article_says_too_is_no_trace(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE, BRIDGE | {"id": "reprint", "source": "Weekly Kiln"})
    desk.build()
    assert desk.remove("bridge") == 0
    assert desk.ids() == ["reprint"]


@pytest.mark.parametrize("ids", [["nothing"], ["bridge", "nothing"]])
def test_nothing_is_removed_when_one_of_the_ids_is_unknown(desk: Desk, ids: Sequence[str]) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.build()
    with pytest.raises(ArticleMissing, match="'nothing'"):
        desk.remove(*ids)
    assert desk.ids() == ["bridge"]


def test_a_date_that_cannot_be_is_told_and_the_article_read_without_it(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE | {"date": "2931-01-01"}, FLOOD)
    for told in (desk.build(), desk.build()):
        (skipped,) = told.skipped
        assert skipped.reason == "bridge: its date is not taken: 2931-01-01 is in the future"
        assert told.articles == 2
    assert Snapshot(desk.index).article("bridge").day is None
    desk.lay_out("a.jsonl", FLOOD)
    assert desk.build().removed == 1
