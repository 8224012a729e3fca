from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import dateline
from dateline.errors import DatelineError, IndexDamaged, IndexMismatch
from dateline.index import Snapshot
from dateline.index.ledger.schema import FILE
from dateline.index.minilm import MiniLM
from dateline.index.words import terms
from dateline.types import Filters, Health
from newsroom import RECORDS, write_articles


@pytest.fixture
def copy(index: Path, tmp_path: Path) -> Path:
    """An index of the newsroom's articles, to be damaged."""
    shutil.copytree(index, tmp_path / "index")
    return tmp_path / "index"


def change(index: Path, statement: str) -> None:
    """Changes rows of the ledger behind its back."""
    with closing(sqlite3.connect(index / FILE)) as db, db:
        assert db.execute(statement).rowcount != 0


def flip(file: Path, place: int = -1) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)


def a_file(index: Path, pattern: str) -> Path:
    return max((index / "generation-000001").glob(pattern), key=lambda file: file.stat().st_size)


def told(health: Health) -> str:
    return "\n".join(map(str, health.findings))


def found(index: Path, embedder: MiniLM) -> list[tuple[str, float]]:
    archive = dateline.open(index, llm="none", embedder=embedder)
    return [(hit.passage.id, round(hit.score, 4)) for hit in archive.search("Who opened the new bridge?")]


def test_a_sound_index_is_healthy_and_stays_as_it_is(copy: Path) -> None:
    before = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert dateline.check(copy) == Health(True, ())
    assert dateline.check(copy, repair=True) == Health(True, ())
    assert {file: file.read_bytes() for file in before} == before


def test_reading_changes_no_file_of_an_index(copy: Path, embedder: MiniLM) -> None:
    before = {file: file.read_bytes() for file in copy.rglob("*") if file.is_file()}
    assert found(copy, embedder)
    assert {file: file.read_bytes() for file in before} == before


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a flipped byte of the words": lambda index: flip(a_file(index, "words/*.idx")),
    "a flipped byte of the vectors": lambda index: flip(a_file(index, "vectors/chroma.sqlite3")),
    "a cut file": lambda index: a_file(index, "articles/*.term").write_bytes(b"half"),
    "a missing file": lambda index: a_file(index, "vectors/*/header.bin").unlink(),
    "a missing generation": lambda index: shutil.rmtree(index / "generation-000001"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_noticed_before_it_answers_and_repaired(
    copy: Path, embedder: MiniLM, damage: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.index.snapshot._FEW", 0)  # Chroma is asked, as of a large index
    expected = found(copy, embedder)
    damage(copy)
    with pytest.raises(IndexDamaged, match=f"dateline doctor --repair --index {copy}") as refused:
        found(copy, embedder)
    assert "\n" not in str(refused.value)
    assert not dateline.check(copy).healthy
    assert dateline.check(copy, repair=True) == Health(True, (), repaired=True)
    assert found(copy, embedder) == expected


def test_damage_of_vectors_that_a_small_index_does_not_ask_for_is_without_effect_and_noticed_by_the_doctor(
    copy: Path, embedder: MiniLM
) -> None:
    expected = found(copy, embedder)
    flip(a_file(copy, "vectors/chroma.sqlite3"))
    assert found(copy, embedder) == expected
    assert "its content is not what was written" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True).healthy


def test_a_changed_vector_of_a_small_index_is_noticed_before_it_answers(copy: Path, embedder: MiniLM) -> None:
    change(copy, "UPDATE passages SET vector = zeroblob(768) WHERE key = 2")
    with pytest.raises(IndexDamaged):
        found(copy, embedder)


def test_words_that_lack_a_text_are_noticed(copy: Path) -> None:
    change(copy, "UPDATE articles SET died = 1 WHERE id = 'flood'")
    assert "should not be there" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True).healthy


def test_a_changed_text_is_never_quoted(copy: Path, embedder: MiniLM) -> None:
    change(copy, "UPDATE articles SET text = replace(text, '48 million', '98 million')")
    with pytest.raises(IndexDamaged):
        found(copy, embedder)
    assert "1 articles are not what was written" in told(dateline.check(copy))


def test_a_damaged_article_is_taken_out_and_named_and_comes_back_from_its_file(
    tmp_path: Path, embedder: MiniLM
) -> None:
    source = write_articles(tmp_path / "articles.jsonl", *RECORDS)
    dateline.build(source, tmp_path / "index", embedder=embedder)
    expected = found(tmp_path / "index", embedder)
    change(tmp_path / "index", "UPDATE articles SET text = replace(text, '48 million', '98 million')")
    health = dateline.check(tmp_path / "index", repair=True)
    assert health.repaired
    assert [(one.where, "read it again" in one.mend) for one in health.findings] == [(str(source), True)]
    assert dateline.check(tmp_path / "index").healthy
    assert dateline.build(source, tmp_path / "index", embedder=embedder).added == 1
    assert dict(found(tmp_path / "index", embedder)) == pytest.approx(dict(expected))


@pytest.mark.parametrize("path", ["x'ff2f'", "'/elsewhere'", "NULL"])
def test_an_article_whose_file_can_not_be_told_comes_back(
    tmp_path: Path, embedder: MiniLM, path: str
) -> None:
    source = write_articles(tmp_path / "articles.jsonl", *RECORDS)
    index = tmp_path / "index"
    dateline.build(source, index, embedder=embedder)
    change(index, f"UPDATE articles SET path = CAST({path} AS TEXT) WHERE id = 'flood'")
    health = dateline.check(index, repair=True)
    assert [one.what for one in health.findings] == ["a damaged article was taken out"]
    assert dateline.build(source, index, embedder=embedder).added == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passages SET vector = zeroblob(length(vector)) WHERE key = 1",
        'UPDATE passages SET "end" = "end" - 1 WHERE key = 2',
        "UPDATE passages SET article = 3 WHERE key = 1",
    ],
)
def test_damaged_passages_are_embedded_again(copy: Path, embedder: MiniLM, damage: str) -> None:
    expected = found(copy, embedder)
    change(copy, damage)
    assert "passages are not what was written" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True) == Health(True, (), repaired=True)
    assert found(copy, embedder) == expected


def test_relations_between_articles_are_found_again(copy: Path) -> None:
    change(copy, "INSERT INTO retold VALUES (2, 1, 'copy')")
    assert "which articles tell the same report" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True).healthy
    assert Snapshot(copy).copies == {}


@pytest.mark.parametrize("setting", ["generation", "embedder", "manifest"])
def test_a_changed_setting_is_noticed_when_the_index_is_opened(copy: Path, setting: str) -> None:
    change(copy, f"UPDATE meta SET value = value || '1' WHERE name = '{setting}'")
    with pytest.raises(IndexDamaged, match="dateline doctor --repair"):
        Snapshot(copy)


def test_an_index_of_other_libraries_is_refused_and_derived_again(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("dateline.index.manifest.version", lambda name: "99.1")
        with pytest.raises(IndexMismatch, match="dateline doctor --repair"):
            Snapshot(copy)
        assert "chromadb 1." in told(dateline.check(copy))
    assert Snapshot(copy).words.best(dict.fromkeys(terms("bridge"), 1.0), 1, Filters())


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_a_ledger_that_was_cut_can_not_be_mended_and_it_says_what_to_do(copy: Path, size: int) -> None:
    (copy / FILE).write_bytes((copy / FILE).read_bytes()[:size])
    before = (copy / FILE).read_bytes()
    attempt = dateline.check(copy, repair=True)
    assert not attempt.healthy
    assert "index the sources into a new folder" in told(attempt)
    assert (copy / FILE).read_bytes() == before
    with pytest.raises(DatelineError):
        Snapshot(copy)


def test_a_lost_ledger_is_not_made_anew_over_what_was_derived_from_it(
    copy: Path, embedder: MiniLM, tmp_path: Path
) -> None:
    (copy / FILE).unlink()
    source = write_articles(tmp_path / "articles.jsonl", *RECORDS)
    with pytest.raises(IndexDamaged, match="index the sources into a new folder"):
        dateline.build(source, copy, embedder=embedder)
    assert "there is no ledger" in told(dateline.check(copy))


def test_an_index_without_seals_is_sealed_by_its_next_writer(copy: Path, embedder: MiniLM) -> None:
    expected = found(copy, embedder)
    change(copy, "DROP TABLE spoken")
    change(copy, "ALTER TABLE articles DROP COLUMN seal")
    change(copy, "ALTER TABLE passages DROP COLUMN seal")
    change(copy, "DELETE FROM meta WHERE name NOT IN ('schema', 'generation', 'embedder', 'next embedder')")
    change(copy, "UPDATE meta SET value = '2' WHERE name = 'schema'")
    assert found(copy, embedder) == expected
    assert "without checksums" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True).healthy
    assert found(copy, embedder) == expected


def test_an_index_without_the_days_spoken_of_gets_them_from_its_next_writer(
    copy: Path, embedder: MiniLM
) -> None:
    expected = found(copy, embedder)
    spoken = Snapshot(copy).spoken([Snapshot(copy).article("bridge-opens")])
    change(copy, "DROP TABLE spoken")
    change(copy, "DELETE FROM meta WHERE name = 'seal'")
    change(copy, "UPDATE meta SET value = '3' WHERE name = 'schema'")
    assert found(copy, embedder) == expected
    assert not Snapshot(copy).knows_days
    stages: list[tuple[str, int, int | None]] = []
    dateline.build([], copy, progress=lambda *stage: stages.append(stage))
    assert ("reading the days of articles", 0, len(RECORDS)) in stages
    assert Snapshot(copy).spoken([Snapshot(copy).article("bridge-opens")]) == spoken
    assert found(copy, embedder) == expected
    assert dateline.check(copy).healthy


def test_lost_and_damaged_days_are_found_and_read_again(copy: Path) -> None:
    everything = list(Snapshot(copy)._ledger.articles())
    spoken = Snapshot(copy).spoken(everything)
    change(copy, "DELETE FROM spoken WHERE article = 1")
    change(copy, "UPDATE spoken SET days = zeroblob(24) WHERE article = 2")
    assert "the days that 2 articles speak of" in told(dateline.check(copy))
    assert dateline.check(copy, repair=True).healthy
    assert Snapshot(copy).spoken(everything) == spoken


def test_damage_is_not_carried_into_the_next_generation(tmp_path: Path, embedder: MiniLM) -> None:
    source = write_articles(tmp_path / "articles.jsonl", *RECORDS)
    index = tmp_path / "index"
    dateline.build(source, index, embedder=embedder)
    expected = found(index, embedder)
    flip(a_file(index, "words/*.idx"))
    write_articles(source, *RECORDS, {"id": "late", "title": "Late", "text": "The harbour froze over."})
    dateline.build(source, index, embedder=embedder)
    assert dateline.check(index).healthy
    assert [id for id, _ in found(index, embedder)][:3] == [id for id, _ in expected][:3]
