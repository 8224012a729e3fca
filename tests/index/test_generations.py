from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.index import Document, Snapshot, generations
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.minilm import MiniLM
from dateline.index.split import split
from dateline.search import find, understand
from dateline.types import Article, Filters

QUESTIONS = ("Who repairs the bridge of town 4?", "mayor", "rain on the valley", "town 11")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerWriter]:
    ledger = LedgerWriter(tmp_path)
    yield ledger
    ledger.close()


def town(number: int, what: str = "bridge") -> Article:
    text = f"The mayor of town {number} had the {what} repaired. Rain fell on the valley for {number} days."
    return Article(f"town-{number}", f"Town {number}", text, published=date(2019, 1, number + 1))


def add(ledger: LedgerWriter, embedder: MiniLM, *articles: Article) -> None:
    with ledger.transaction():
        for article in articles:
            (passage,) = split(article)
            document = Document(article.title, (passage.text,), (passage.sentences,))
            (embedded,) = embedder.embed_documents([document])
            ledger.add(article, [passage], embedded)
        ledger.set_meta("next embedder", embedder.name)


def publish(ledger: LedgerWriter, *, fresh: bool = False) -> int | None:
    """How many passages were indexed anew or taken out."""
    told: dict[str, int | None] = {}
    generations.publish(ledger, lambda stage, done, total: told.update({stage: total}), fresh=fresh)
    return told["indexing vectors"]


def found(snapshot: Snapshot, embedder: MiniLM) -> list[list[tuple[str, float]]]:
    return [
        [
            (hit.passage.id, round(hit.score, 3))
            for hit in find(snapshot, embedder, understand(question), Filters(until=date(2019, 1, 12)))
        ]
        for question in QUESTIONS
    ]


def sizes(ledger: LedgerWriter) -> tuple[int, int, int]:
    snapshot = Snapshot(ledger.folder)
    return snapshot.articles.count(), snapshot.words.count(), snapshot.vectors.count()


def folders(ledger: LedgerWriter) -> list[str]:
    return sorted(folder.name for folder in ledger.folder.glob("generation-*"))


def test_copying_and_changing_finds_what_deriving_anew_finds(ledger: LedgerWriter, embedder: MiniLM) -> None:
    add(ledger, embedder, *map(town, range(20)))
    publish(ledger)
    add(ledger, embedder, town(4, "theatre"), town(21))
    with ledger.transaction():
        ledger.remove("town-11")
    assert publish(ledger) == 4  # two passages out, two in: a small change
    assert sizes(ledger) == (20, 20, 20)
    copied = found(Snapshot(ledger.folder), embedder)
    assert publish(ledger, fresh=True) == 20
    assert found(Snapshot(ledger.folder), embedder) == copied
    assert not any("town-11:" in passage for hits in copied for passage, _ in hits)


def test_what_was_taken_out_weighs_no_word_any_more(ledger: LedgerWriter, embedder: MiniLM) -> None:
    add(ledger, embedder, *map(town, range(20)))
    publish(ledger)
    before = Snapshot(ledger.folder).words.rarity("bridg")
    with ledger.transaction():
        for number in range(3):
            ledger.remove(f"town-{number}")
    publish(ledger)
    changed = Snapshot(ledger.folder).words
    publish(ledger, fresh=True)
    fresh = Snapshot(ledger.folder).words
    assert changed.rarity("bridg") == fresh.rarity("bridg") != before
    assert changed.best({"bridg": 1.0, "mayor": 0.5}, 20, Filters()) == fresh.best(
        {"bridg": 1.0, "mayor": 0.5}, 20, Filters()
    )


def test_a_large_change_is_derived_anew(ledger: LedgerWriter, embedder: MiniLM) -> None:
    add(ledger, embedder, town(1), town(2))
    publish(ledger)
    add(ledger, embedder, town(3))
    assert publish(ledger) == 3


def test_the_generation_before_is_kept_and_no_older_one(ledger: LedgerWriter, embedder: MiniLM) -> None:
    for number in (1, 2, 3):
        add(ledger, embedder, town(number))
        publish(ledger)
    assert folders(ledger) == ["generation-000002", "generation-000003"]
    publish(ledger, fresh=True)
    assert folders(ledger) == ["generation-000003", "generation-000004"]
    generations.publish(ledger, lambda *_: None, erase=True)
    assert folders(ledger) == ["generation-000005"]


def test_what_a_killed_run_had_begun_is_thrown_away(ledger: LedgerWriter, embedder: MiniLM) -> None:
    add(ledger, embedder, town(1))
    publish(ledger)
    begun = generations.folder_of(ledger.folder, 2)
    (begun / "words").mkdir(parents=True)
    (begun / "words" / "meta.json").write_text("half of a")
    add(ledger, embedder, town(2))
    publish(ledger)
    assert sizes(ledger) == (2, 2, 2)


def test_a_publication_that_fails_changes_nothing_and_can_be_repeated(
    ledger: LedgerWriter, embedder: MiniLM
) -> None:
    add(ledger, embedder, town(1))
    publish(ledger)
    add(ledger, embedder, town(2))

    def fails(stage: str, done: int, total: int | None) -> None:
        if stage == "indexing vectors":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        generations.publish(ledger, fails)
    assert sizes(ledger) == (1, 1, 1)
    publish(ledger)
    assert sizes(ledger) == (2, 2, 2)


def test_a_reader_goes_on_with_its_generation_while_the_next_is_published(
    ledger: LedgerWriter, embedder: MiniLM
) -> None:
    add(ledger, embedder, *map(town, range(6)))
    publish(ledger)
    reader = Snapshot(ledger.folder)
    before = found(reader, embedder)
    add(ledger, embedder, replace(town(1), text="Something else altogether."), town(7))
    with ledger.transaction():
        ledger.remove("town-2")
    publish(ledger)
    assert found(reader, embedder) == before
    assert reader.article("town-2") == town(2)
    assert reader.article("town-1") == town(1)
    assert not reader.is_current()


def test_a_lost_generation_is_not_whole(ledger: LedgerWriter, embedder: MiniLM) -> None:
    assert not generations.is_whole(ledger)
    add(ledger, embedder, town(1))
    publish(ledger)
    assert generations.is_whole(ledger)
    generations.folder_of(ledger.folder, 1).rename(ledger.folder / "elsewhere")
    assert not generations.is_whole(ledger)
