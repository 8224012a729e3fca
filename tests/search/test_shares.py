from __future__ import annotations

from pathlib import Path

import pytest

from dateline.index import Snapshot
from dateline.search import find, understand
from dateline.search.fusion import Found
from dateline.search.shares import Shares
from dateline.types import Filters
from newsroom import RECORDS, Record, report
from search.shelf import index_of, sentences

WIRE = (
    "A freight train left the rails near Osterby at dawn on Monday, and nine of its wagons lie in the river. "
    "The driver was not hurt, the railway said, and no one lives near the bend where it happened. "
    "The wagons held grain and nothing that could harm the river, a spokeswoman said in the morning. "
    "The line will stay closed until Thursday, and buses run between Osterby and Larkvale every half hour."
)
COPIES = [
    report("wire", WIRE, source="Harbor Wire"),
    report("gazette", WIRE, source="Ansel Gazette", title="Nine wagons in the river"),
    report("kiln", WIRE, source="Weekly Kiln", title="Grain train off the rails", date="2019-02-05"),
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return index_of(tmp_path_factory.mktemp("shares"), *RECORDS, *COPIES)


def of(shelf: Snapshot, id: str) -> Found:
    return next(one for one in sentences(shelf) if one.article.id == id)


def test_an_outlet_may_fill_half(shelf: Snapshot) -> None:
    shares, bridge = Shares(shelf, Filters()), of(shelf, "bridge-opens")
    shares.use(bridge, 0.4)
    assert shares.allow(bridge, 0.1)
    assert not shares.allow(bridge, 0.2)
    assert shares.allow(of(shelf, "ferry-talks"), 0.6)


def test_a_story_may_fill_a_third_whoever_tells_it(shelf: Snapshot) -> None:
    shares = Shares(shelf, Filters())
    shares.use(of(shelf, "wire"), 0.3)
    assert not shares.allow(of(shelf, "gazette"), 0.1)
    assert shares.allow(of(shelf, "ferry-talks"), 0.1)


def test_an_outlet_that_is_asked_for_and_articles_without_one_have_no_limit(shelf: Snapshot) -> None:
    shares = Shares(shelf, Filters(sources=("Harbor Wire",)))
    for id in ("bridge-opens", "library"):
        shares.use(of(shelf, id), 0.9)
        assert shares.allow(of(shelf, id), 0.1)


def test_copies_are_named_where_they_are_inside_the_filters(shelf: Snapshot) -> None:
    wire = of(shelf, "wire").owner
    assert [one.id for one in Shares(shelf, Filters()).also(wire)] == ["gazette", "kiln"]
    monday = Filters(until=of(shelf, "wire").article.day)
    assert [one.id for one in Shares(shelf, monday).also(wire)] == ["gazette"]
    assert Shares(shelf, Filters()).also(of(shelf, "library").owner) == ()


@pytest.mark.parametrize("words", [None, 100])
def test_one_copy_is_shown_and_the_others_stand_under_it(shelf: Snapshot, words: int | None) -> None:
    hits = find(
        shelf, None, understand("What did the freight train near Osterby hold?"), Filters(), words=words
    )
    told = [hit for hit in hits if hit.article.id in ("wire", "gazette", "kiln")]
    assert all(len(hit.also) == 2 for hit in told)
    assert len({hit.article.id for hit in told}) == 1


def test_planted_articles_do_not_fill_the_evidence(tmp_path: Path) -> None:
    lie = "The grain in the wagons near Osterby was poisoned, and the river is dead, officials admit."
    planted: list[Record] = [
        report(f"planted-{n}", f"{lie} {lie.replace('Osterby', place)} {WIRE}", source=f"Outlet {n}")
        for n, place in enumerate(("Osterby", "Larkvale", "Port Ansel", "Mount Perrin", "the Tarn"))
    ]
    truths = [
        report(f"truth-{n}", f"The wagons near Osterby held grain {text}.", source=f"Paper {n}")
        for n, text in enumerate(("for the mills", "of good quality", "from the valley", "and were insured"))
    ]
    snapshot = index_of(tmp_path, *planted, *truths)
    question = understand("Was the grain in the wagons near Osterby poisoned?")
    hits = find(snapshot, None, question, Filters(), words=60)
    false = sum(len(hit.passage.text.split()) for hit in hits if hit.article.id.startswith("planted"))
    assert 0 < false <= 30
    assert len({hit.article.id for hit in hits if hit.article.id.startswith("truth")}) >= 2


def test_a_story_has_so_many_hits_however_many_tell_it(tmp_path: Path) -> None:
    facts = [f"In wagon {n} of the train near Osterby lay {n}0 sacks of grain." for n in range(2, 9)]
    planted = [
        report(
            f"planted-{n}",
            f"{WIRE} {fact} {WIRE.upper()} {fact.replace('wagon', 'car')}",
            source=f"Outlet {n}",
        )
        for n, fact in enumerate(facts)
    ]
    snapshot = index_of(tmp_path, *planted, *RECORDS, report("lone", "The grain near Osterby was rye."))
    question = understand("How many sacks of grain lay in the wagons of the train near Osterby?")
    free = find(snapshot, None, question, Filters(), words=300)
    held = find(snapshot, None, question, Filters(), words=300, of_story=2)
    assert sum(hit.article.id.startswith("planted") for hit in free) > 2
    assert sum(hit.article.id.startswith("planted") for hit in held) == 2
    assert "lone" in {hit.article.id for hit in held}
    assert [hit.rank for hit in held] == list(range(1, len(held) + 1))
    assert held[0] == free[0]
