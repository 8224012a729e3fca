"""What a check of a store notices, and what its repair brings back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import dateline
from chroma_server import free_port
from dateline.index.store.editions import Current, Shelf, current, link_id, link_of
from dateline.index.store.wire import Record, Server
from dateline.types import Health
from newsroom import RECORDS, report
from store_desk import Desk, same

Damage = Callable[[Server, Current, str, str], None]  # given the ids of articles and vectors


def check(desk: Desk, *, index: Path | None = None, repair: bool = False) -> Health:
    return dateline.check(index or desk.index, store=desk.url, repair=repair, settings=desk.settings)


def an_article(server: Server, now: Current, articles: str) -> str:
    (link,) = Shelf(server, articles).take([link_id(now.chain[-1])]).values()
    return link_of(link).born[0].id


def garble_an_article(server: Server, now: Current, articles: str, vectors: str) -> None:
    id = an_article(server, now, articles)
    told = {**server.metadatas(articles, [id])[id], "p00": "nothing"}
    server.upsert(articles, [Record(id, metadata=told)])


def lose_an_article(server: Server, now: Current, articles: str, vectors: str) -> None:
    server.delete(articles, [an_article(server, now, articles)])


def garble_a_link(server: Server, now: Current, articles: str, vectors: str) -> None:
    id = f"link-{now.chain[-1]}"
    told = {**server.metadatas(articles, [id])[id], "p00": "nothing"}
    server.upsert(articles, [Record(id, metadata=told)])


def lose_a_link(server: Server, now: Current, articles: str, vectors: str) -> None:
    server.delete(articles, [f"link-{now.chain[-1]}"])


def lose_a_vector(server: Server, now: Current, articles: str, vectors: str) -> None:
    server.delete(vectors, ["1"])


def change_all_vectors(server: Server, now: Current, articles: str, vectors: str) -> None:
    drawn = np.random.default_rng(0).normal(size=(server.count(vectors), 384)).astype(np.float32)
    server.upsert(vectors, [Record(str(key), vector=one) for key, one in enumerate(drawn, 1)])


def lose_a_collection(server: Server, now: Current, articles: str, vectors: str) -> None:
    server.drop(now.vectors)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (garble_an_article, f"1 of {len(RECORDS)} articles are not what was written"),
        (lose_an_article, f"1 of {len(RECORDS)} articles are missing"),
        (garble_a_link, "what it tells of its articles is not what was written"),
        (lose_a_link, "what it tells of its articles is not what was written"),
        (lose_a_vector, "the vectors of 1 passages are missing"),
        (change_all_vectors, "vectors are not found by a search for them"),
        (lose_a_collection, "a collection that it announces is not there"),
    ],
)
def test_damage_of_a_store_is_named_and_mended_from_its_index(desk: Desk, damage: Damage, what: str) -> None:
    desk.publish(*RECORDS)
    assert check(desk).healthy
    server = Server(desk.place)
    now = current(server)
    assert now
    articles, vectors = server.collection(now.articles), server.collection(now.vectors)
    assert articles
    assert vectors
    damage(server, now, articles, vectors)
    found = check(desk)
    assert (found.findings[0].what, found.findings[0].where) == (what, desk.url)
    assert found.findings[0].mend == f"dateline doctor --repair --store {desk.url} --index {desk.index}"
    mended = check(desk, repair=True)
    assert (mended.healthy, mended.repaired) == (True, True)
    assert same(desk.reader(), desk.here())


def test_a_machine_without_the_index_checks_the_store_alone(desk: Desk) -> None:
    desk.publish(*RECORDS)
    elsewhere = desk.folder / "elsewhere"
    assert check(desk, index=elsewhere).healthy
    server = Server(desk.place)
    now = current(server)
    assert now
    garble_an_article(server, now, str(server.collection(now.articles)), "")
    found = check(desk, index=elsewhere, repair=True)
    assert not found.repaired
    (finding,) = found.findings
    assert finding.mend == f"where its index is: dateline doctor --repair --store {desk.url}"
    assert not elsewhere.exists()


def test_an_index_that_went_on_without_its_store_is_noticed(desk: Desk) -> None:
    desk.publish(*RECORDS)
    mill = report("mill", "The mill of Larkvale burned down at night.")
    desk.publish(*RECORDS, mill, store=False)
    (finding,) = check(desk).findings
    assert finding.what == f"it holds an older state of {desk.index}"
    assert finding.mend == f"dateline index FOLDER --store {desk.url} --index {desk.index}"
    desk.publish(*RECORDS, mill)
    assert check(desk).healthy


def test_a_store_that_is_empty_or_away_is_told_in_one_line(desk: Desk) -> None:
    desk.publish(*RECORDS, store=False)
    (empty,) = check(desk).findings
    assert str(empty) == (
        f"{desk.url}: nothing was published; publish an index: dateline index FOLDER --store {desk.url}"
    )
    url = f"http://127.0.0.1:{free_port()}"
    away = dateline.check(desk.index, store=url, settings=desk.settings)
    assert [str(one) for one in away.findings] == [f"{url}: can't be reached; look whether it runs"]
