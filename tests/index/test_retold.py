from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count, permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index import Embedder, Snapshot, lock, removal, retold, sync
from dateline.index.ledger.schema import FILE
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.minilm import MiniLM
from dateline.index.split import split
from dateline.index.stories import group_stories, signature
from dateline.types import Article, Tell
from newsroom import Record, report, write_articles

CAPSIZED = (
    "A ferry carrying 212 people capsized off Port Ansel early on Tuesday. At least nine passengers drowned, "
    "said harbour master Ilse Brandvold. Divers from Larkvale were still searching the wreck of the Corvina "
    "at noon. The vessel had left Osterby at dawn in heavy seas."
)
RETOLD = (
    "Nine people are dead after the Corvina, a ferry with 212 on board, turned over near Port Ansel on its "
    "way from Osterby. Divers sent by Larkvale went down to the sunken ship, according to Ilse Brandvold, "
    "the harbour master. Waves had been high since dawn on Tuesday."
)
BRIDGE = (
    "The new bridge over the Tarn was opened to cars on Monday morning, six years after the old one had to "
    "be closed. Some three thousand people walked across it before the ribbon was cut by the mayor."
)
BAKERY = (
    "The bakery of the Dunmore family is a hundred years old this week. It sells nine hundred loaves a day, "
    "most of them rye, and still opens at four in the morning when the first trams leave their depot."
)

WIRE = report("wire", CAPSIZED)
COPY = report("copy", f"{CAPSIZED} More follows.", source="Ansel Gazette")
SHORTENED = report("shortened", CAPSIZED[:180], source="Weekly Kiln")
OTHER = report("other", BRIDGE)
REWRITE = report("rewrite", RETOLD, source="Weekly Kiln")
CHAIN = (
    report("first", f"{CAPSIZED} {BRIDGE}"),
    report("middle", f"{BRIDGE} {BAKERY}"),
    report("last", f"{BAKERY} {RETOLD}"),
)


@dataclass
class Desk:
    """One index, built from one file of records."""

    folder: Path

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def build(
        self, *records: Record, embedder: Embedder | None = None, tell: Tell = lambda *_: None
    ) -> Snapshot:
        file = write_articles(self.folder / "articles.jsonl", *records)
        with lock.writing(self.index) as ledger:
            sync.synchronise([file], ledger, embedder, tell)
        return Snapshot(self.index)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.index / FILE)) as db:
            return db.execute(sql).fetchall()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def stories(snapshot: Snapshot) -> list[set[str]]:
    """Ids of the articles of each story."""
    told: dict[int, list[int]] = {}
    for key, story in snapshot.stories.items():
        told.setdefault(story, []).append(key)
    return [{article.id for article in snapshot.briefs(told[story]).values()} for story in sorted(told)]


def add(ledger: LedgerWriter, *articles: Article) -> None:
    with ledger.transaction():
        for article in articles:
            ledger.add(article, split(article), None)


# -- what is of one story


def test_a_copy_in_another_outlet_is_of_one_story(desk: Desk) -> None:
    snapshot = desk.build(WIRE, OTHER, COPY)
    assert stories(snapshot) == [{"wire", "copy"}]
    assert snapshot.copies == snapshot.stories


def test_copies_of_copies_are_of_one_story_until_the_middle_one_is_removed(desk: Desk) -> None:
    assert stories(desk.build(*CHAIN)) == [{"first", "middle", "last"}]
    assert len(desk.rows("SELECT * FROM retold")) == 2
    with lock.writing(desk.index) as ledger:
        assert removal.remove(["middle"], ledger, lambda *_: None) == 0
    assert stories(Snapshot(desk.index)) == []
    assert desk.rows("SELECT * FROM retold") == []


def test_a_rewrite_joins_when_there_are_vectors(desk: Desk, embedder: MiniLM) -> None:
    assert stories(desk.build(WIRE, OTHER, REWRITE)) == []
    snapshot = desk.build(WIRE, OTHER, REWRITE, embedder=embedder)
    assert stories(snapshot) == [{"wire", "rewrite"}]
    assert not snapshot.copies


def test_a_later_run_joins_its_articles_to_those_of_earlier_ones(desk: Desk, embedder: MiniLM) -> None:
    desk.build(WIRE, OTHER, embedder=embedder)
    desk.build(WIRE, OTHER, COPY, embedder=embedder)
    snapshot = desk.build(WIRE, OTHER, COPY, REWRITE, embedder=embedder)
    assert stories(snapshot) == [{"wire", "copy", "rewrite"}]
    assert len(snapshot.copies) == 2


def test_an_updated_article_leaves_its_story_and_joins_another(desk: Desk) -> None:
    third = report("third", CAPSIZED, source="Weekly Kiln")
    desk.build(WIRE, OTHER, COPY, third)
    assert stories(desk.build(WIRE, OTHER, COPY | {"text": BRIDGE}, third)) == [
        {"wire", "third"},
        {"other", "copy"},
    ]


@pytest.mark.parametrize("order", [*permutations([WIRE, COPY, SHORTENED])])
def test_the_order_of_indexing_does_not_matter_for_copies(tmp_path: Path, order: Sequence[Record]) -> None:
    with closing(LedgerWriter(tmp_path)) as ledger:
        for one in (OTHER, *order):
            add(ledger, Article(str(one["id"]), "", str(one["text"])))
            retold.relate(ledger, lambda *_: None)
            now = ledger.publish()
        pairs = [(a, b) for a, b, _ in ledger.retold(generation=now)]
    assert pairs == [(3, 2), (4, 2), (4, 3)]


PHRASES = st.sampled_from(
    ["Kim met Reyl", "on the 5 quays", "said the mayor", "in Osterby", CAPSIZED, BRIDGE]
)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.sampled_from("abcdefgh"),
        title=st.just(""),
        text=st.lists(PHRASES, min_size=1, max_size=8).map(" ".join),
    ),
    max_size=8,
    unique_by=lambda article: article.id,
)


@settings(max_examples=10, deadline=None)
@given(ARTICLES)
def test_stories_part_the_articles_as_the_same_articles_in_memory(articles: list[Article]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        records = [report(one.id, one.text, source=one.id, title="", date="") for one in articles]
        snapshot = Desk(Path(folder)).build(*records)
        for key, report_of in snapshot.copies.items():
            others = {other for other, same in snapshot.copies.items() if same == report_of} - {key}
            assert others
            assert snapshot.copies_of(key) == sorted(others)
        together = [{*ids} for ids in group_stories(articles) if len(ids) > 1]
        assert sorted(map(sorted, stories(snapshot))) == sorted(map(sorted, together))
        snapshot.close()


# -- what is kept, and for whom


def test_a_reader_sees_the_stories_of_its_own_generation(desk: Desk) -> None:
    alone = desk.build(WIRE, OTHER)
    joined = desk.build(WIRE, OTHER, COPY)
    assert stories(alone) == []
    desk.build(OTHER, COPY)
    assert stories(joined) == [{"wire", "copy"}]
    assert stories(Snapshot(desk.index)) == []


def killed(after: int) -> Tell:
    """Ends a run when it has told so often how far its comparisons are."""
    told = count(1)

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage == "comparing articles" and next(told) == after:
            raise KeyboardInterrupt

    return tell


@pytest.mark.parametrize("after", [1, 2])
def test_a_run_killed_while_it_compares_is_finished_by_the_next(desk: Desk, after: int) -> None:
    desk.build(WIRE)
    with pytest.raises(KeyboardInterrupt):
        desk.build(WIRE, OTHER, COPY, tell=killed(after))
    assert stories(desk.build(WIRE, OTHER, COPY)) == [{"wire", "copy"}]
    assert len(desk.rows("SELECT * FROM retold")) == 1


def test_what_a_killed_run_found_is_judged_anew(desk: Desk) -> None:
    tails = (" ".join(f"{word}{number}" for word in "abcdefghijklmnopqrstuvwxyz") for number in range(12))
    records = [report(f"{number}", f"{BRIDGE} {tail}") for number, tail in enumerate(tails)]
    with pytest.raises(KeyboardInterrupt):
        desk.build(*records[:2], tell=killed(2))
    assert len(desk.rows("SELECT * FROM retold")) == 1
    assert stories(desk.build(*records)) == []  # what all of them print tells nothing of one


def held(ledger: LedgerWriter, articles: Iterable[Article]) -> list[int]:
    """Which keys of the articles stand in the file, however deep."""
    content = b"".join(file.read_bytes() for file in ledger.folder.glob(f"{FILE}*"))
    keys = {key for article in articles for key in signature(article).keys}
    return sorted(key for key in keys if struct.pack(">q", key) in content)


def test_no_hash_of_a_removed_articles_words_remains(desk: Desk) -> None:
    gone, kept = (Article(str(one["id"]), str(one["title"]), str(one["text"])) for one in (COPY, OTHER))
    desk.build(COPY, OTHER)
    with lock.writing(desk.index) as ledger:
        assert {*held(ledger, [gone])} == {*signature(gone).keys}
        removal.remove(["copy"], ledger, lambda *_: None)
        shared = {*signature(gone).keys} & {*signature(kept).keys}
        assert {*held(ledger, [gone])} == shared
        assert {*held(ledger, [kept])} == {*signature(kept).keys}
    assert len(desk.rows("SELECT * FROM signatures")) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "relate", "publish"]), ARTICLES), max_size=8))
def test_keys_are_those_of_the_live_articles(steps: list[tuple[str, list[Article]]]) -> None:
    with TemporaryDirectory() as folder, closing(LedgerWriter(Path(folder))) as ledger:
        live: dict[str, Article] = {}
        for step, articles in [*steps, ("relate", [])]:
            if step == "add":
                add(ledger, *articles)
                live |= {article.id: article for article in articles}
            elif step == "remove":
                with ledger.transaction():
                    for article in articles:
                        ledger.remove(article.id)
                        live.pop(article.id, None)
            else:
                retold.relate(ledger, lambda *_: None)
                if step == "publish":
                    ledger.publish()
        with closing(sqlite3.connect(Path(folder) / FILE)) as db:
            keys = db.execute("SELECT id, keys.key FROM keys JOIN articles ON articles.key = article")
            assert sorted(keys) == sorted((id, key) for id in live for key in signature(live[id]).keys)


def test_a_rebuild_finds_stories_again(desk: Desk, embedder: MiniLM) -> None:
    desk.build(WIRE, OTHER, COPY, REWRITE)
    with closing(sqlite3.connect(desk.index / FILE)) as db, db:
        db.execute("DELETE FROM retold")
    assert stories(Snapshot(desk.index)) == []
    with lock.writing(desk.index) as ledger:
        sync.rebuild(ledger, embedder, lambda *_: None)
    assert stories(Snapshot(desk.index)) == [{"wire", "copy", "rewrite"}]
