from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from dateline.errors import IndexMismatch
from dateline.index import Snapshot
from index.desk import BRIDGE, FERRY, FLOOD, Desk, Killed, counts, reasons
from newsroom import RECORDS, Record, report, write_articles

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


def test_a_record_moved_to_an_earlier_file_is_read_from_there(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", FLOOD, FERRY)
    desk.build()
    desk.lay_out("a.jsonl", BRIDGE, FERRY)
    desk.lay_out("b.jsonl", FLOOD)
    report = desk.build()
    assert (report.articles, report.removed, reasons(report)) == (3, 0, [])
    desk.lay_out("a.jsonl", BRIDGE)
    assert desk.build().removed == 1  # it stood in a.jsonl alone


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


def test_another_report_under_an_id_gets_one_of_its_own(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE)
    desk.lay_out("b.jsonl", FLOOD | {"id": "bridge"})
    first = desk.build()
    assert (first.added, first.skipped) == (2, ())
    ids = desk.ids()
    assert "bridge" in ids
    again = desk.build()
    assert (again.added, again.unchanged, again.skipped) == (0, 2, ())
    desk.lay_out("b.jsonl", FLOOD | {"id": "bridge"}, FERRY)
    assert desk.build().added == 1
    assert set(ids) < set(desk.ids())


@pytest.mark.parametrize("files", [("a.jsonl", "a.jsonl"), ("a.jsonl", "b.jsonl")])
def test_of_two_states_of_an_address_the_later_stays(desk: Desk, files: tuple[str, str]) -> None:
    address = {"url": "https://kiln.example/bridge"}
    old, new = BRIDGE | address, BRIDGE | address | {"text": "The new bridge over the Tarn is shut again."}
    if files[0] == files[1]:
        desk.lay_out(files[0], old, FLOOD, new)
    else:
        desk.lay_out(files[0], old, FLOOD)
        desk.lay_out(files[1], new)
    for _ in range(2):
        report = desk.build()
        assert [one.text for one in desk.held() if one.id == "bridge"] == [new["text"]]
        assert len(report.skipped) == 1
        assert "later state" in report.skipped[0].reason
    desk.lay_out(files[0], *([old, FLOOD, new] if files[0] == files[1] else [old, FLOOD]))
    desk.build()
    assert [one.text for one in desk.held() if one.id == "bridge"] == [new["text"]]


def test_the_state_of_the_later_day_stays_wherever_it_stands(desk: Desk) -> None:
    late = BRIDGE | {"date": "2019-05-02", "text": "The new bridge over the Tarn is shut again."}
    desk.lay_out("a.jsonl", late, BRIDGE | {"date": "2019-05-01"})
    desk.build()
    assert [one.text for one in desk.held()] == [late["text"]]


def test_an_emptied_file_keeps_its_articles_until_it_is_pruned(desk: Desk) -> None:
    file = desk.lay_out("a.jsonl", BRIDGE, FLOOD)
    desk.build()
    file.write_text("")
    for _ in range(2):
        report = desk.build()
        assert (report.removed, report.unchanged) == (0, 2)
        assert any("--prune" in reason for reason in reasons(report))
    assert desk.ids() == ["bridge", "flood"]


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
from dateline.index import lock, sync
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


def test_a_date_that_cannot_be_is_told_and_the_article_read_without_it(desk: Desk) -> None:
    desk.lay_out("a.jsonl", BRIDGE | {"date": "2931-01-01"}, FLOOD)
    for told in (desk.build(), desk.build()):
        (skipped,) = told.skipped
        assert skipped.reason == "bridge: its date is not taken: 2931-01-01 is in the future"
        assert told.articles == 2
    assert Snapshot(desk.index).article("bridge").day is None
    desk.lay_out("a.jsonl", FLOOD)
    assert desk.build().removed == 1
