from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index import Snapshot
from dateline.search.fusion import Found
from dateline.search.shares import Shares
from dateline.search.windows import evidence, windows
from dateline.types import Filters, Hit
from newsroom import report
from search.shelf import index_of, places, sentences, texts

OPENED = "Mayor Ines Okafor opened the new bridge over the Tarn on Monday."
HE = "He had asked for it in each of his eleven years in office."
COST = "It cost 48 million euros, six million more than planned."
RAIN = "Rain fell on the valley for the seventh day."
SHARED = "The ministry of transport said nothing of who would pay for the repairs of the northern ramp."

RECORDS = [
    report("bridge", f"{OPENED} {HE} {RAIN}\n\n{COST}"),
    report("ramp", f"Cars stood for hours. {SHARED} Nobody was hurt."),
    report("again", f"{SHARED} A spokesman called the wait a nuisance.", source=None),
    report("letter", f"{HE} The rest of the letter was burnt in the fire of the town archive.", source=None),
    report("one", "A short one. " + "And on it went, " * 20 + "to the end. A last one."),
    report("list", " ".join(f"cell{number}" for number in range(130))),
    *(
        report(
            f"drawn-{seed}",
            " ".join(
                f"{first} spoke of " + " ".join(f"matter{draw.randrange(900)}" for _ in range(length)) + "."
                for draw in [Random(seed)]
                for length in draw.choices(range(1, 40), k=20)
                for first in draw.choices(["He", "They", "Ada Reyl", "Nobody"])
            ),
        )
        for seed in range(3)
    ),
]
orders = st.randoms(use_true_random=False)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Articles that repeat a sentence here and there, years apart: no report is told twice."""
    apart = [record | {"date": f"20{year}-02-04"} for year, record in enumerate(RECORDS, 10)]
    shelf = index_of(tmp_path_factory.mktemp("windows"), *apart)
    assert not shelf.stories
    return shelf


@pytest.fixture(scope="module")
def every(shelf: Snapshot) -> list[Found]:
    return sentences(shelf)


def shuffled(every: Sequence[Found], order: Random) -> list[Found]:
    """The sentences in some order, best first."""
    return [replace(one, score=-float(n)) for n, one in enumerate(order.sample(every, len(every)))]


def these(every: Sequence[Found], *wanted: str, of: str | None = None) -> list[Found]:
    """These sentences in this order, best first."""
    found = [
        next(one for one in every if texts([one]) == [text] and of in (None, one.article.id))
        for text in wanted
    ]
    return [replace(one, score=-float(n)) for n, one in enumerate(found)]


def the_evidence(shelf: Snapshot, found: Sequence[Found], words: int) -> list[Hit]:
    return evidence(shelf, found, words, Shares(shelf, Filters()))


def the_windows(shelf: Snapshot, found: Sequence[Found], k: int, words: int) -> list[Hit]:
    return windows(shelf, found, k, words, Shares(shelf, Filters()))


def shown(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


def size(hit: Hit) -> int:
    return len(hit.passage.text.split())


def assert_whole(hits: Sequence[Hit], shelf: Snapshot, every: Sequence[Found]) -> None:
    """Whole sentences that follow each other, shown once, at their offsets, with falling scores."""
    owners = {one.article.id: one.owner for one in every}
    for hit in hits:
        start, end = hit.passage.start, hit.passage.end
        assert hit.article.text[start:end] == hit.passage.text
        within = [s for s in shelf.sentences(owners[hit.article.id]) if start <= s[0] and s[1] <= end]
        assert list(hit.passage.sentences) == within
        assert (start, end) == (within[0][0], within[-1][1])
    assert len(set(places(hits))) == len(places(hits))
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@settings(deadline=None)
@given(orders, st.integers(0, 400))
def test_evidence_is_whole_sentences_inside_its_budget(
    shelf: Snapshot, every: list[Found], order: Random, words: int
) -> None:
    hits = the_evidence(shelf, shuffled(every, order), words)
    assert_whole(hits, shelf, every)
    assert sum(size(hit) for hit in hits) <= words


@settings(deadline=None)
@given(orders)
def test_with_room_for_everything_each_article_is_shown_once_and_whole(
    shelf: Snapshot, every: list[Found], order: Random
) -> None:
    different = [one for one in every if SHARED not in texts([one]) and one.article.id != "letter"]
    hits = the_evidence(shelf, shuffled(different, order), 10_000)
    assert sorted(places(hits)) == sorted((one.article.id, *one.span) for one in different)
    assert len({hit.article.id for hit in hits}) == len(hits) - 1  # but for the one with a sentence left out


@settings(deadline=None)
@given(orders, st.integers(1, 30), st.integers(1, 150))
def test_windows_keep_their_size_and_share_no_sentence(
    shelf: Snapshot, every: list[Found], order: Random, k: int, words: int
) -> None:
    found = shuffled(every, order)
    hits = the_windows(shelf, found, k, words)
    assert_whole(hits, shelf, every)
    assert all(size(hit) <= words or len(hit.passage.sentences) == 1 for hit in hits)
    assert (found[0].article.id, *found[0].span) in places(hits[:1])
    shown = {hit.article.text[start:end] for hit in hits for start, end in hit.passage.sentences}
    assert len(hits) == k or shown == set(texts(every))


def test_neighbours_are_one_passage_and_the_best_sentence_comes_first(
    shelf: Snapshot, every: list[Found]
) -> None:
    hits = the_evidence(shelf, these(every, RAIN, "Nobody was hurt.", COST), 100)
    assert shown(hits) == [f"{RAIN}\n\n{COST}", "Nobody was hurt."]
    assert [hit.score for hit in hits] == [0.0, -1.0]


def test_a_repeated_sentence_is_paid_for_once(shelf: Snapshot, every: list[Found]) -> None:
    found = [*these(every, SHARED, of="ramp"), *these(every, SHARED, of="again")]
    assert [hit.article.id for hit in the_evidence(shelf, found, 100)] == ["ramp"]
    assert [hit.article.id for hit in the_windows(shelf, found[::-1], 10, 17)] == ["again"]


def test_a_sentence_that_begins_with_he_comes_with_the_one_before(
    shelf: Snapshot, every: list[Found]
) -> None:
    assert shown(the_evidence(shelf, these(every, HE, of="bridge"), 100)) == [f"{OPENED} {HE}"]
    assert shown(the_evidence(shelf, these(every, HE, of="letter"), 100)) == [HE]


def test_the_sentence_before_is_not_paid_for_again(shelf: Snapshot, every: list[Found]) -> None:
    words = len(f"{OPENED} {HE}".split())
    assert shown(the_evidence(shelf, these(every, OPENED, HE, of="bridge"), words)) == [f"{OPENED} {HE}"]
    assert shown(the_evidence(shelf, these(every, HE, OPENED, of="bridge"), words)) == [f"{OPENED} {HE}"]


def test_what_does_not_fit_makes_room_for_what_does(shelf: Snapshot, every: list[Found]) -> None:
    words = len(f"{OPENED} {HE}".split()) - 1
    assert shown(the_evidence(shelf, these(every, HE, RAIN, of="bridge"), words)) == [RAIN]


def test_nothing_found_is_no_evidence(shelf: Snapshot, every: list[Found]) -> None:
    assert the_evidence(shelf, [], 100) == the_windows(shelf, [], 10, 100) == []
    assert the_evidence(shelf, every, 0) == the_windows(shelf, every, 0, 100) == []


def test_a_window_shows_a_little_of_what_stands_before_and_goes_on_after(
    shelf: Snapshot, every: list[Found]
) -> None:
    (hit,) = the_windows(shelf, these(every, RAIN), 10, 40)
    assert hit.passage.text == f"{HE} {RAIN}\n\n{COST}"
    (hit,) = the_windows(shelf, these(every, RAIN), 10, 22)  # the one before would take too much of it
    assert hit.passage.text == f"{RAIN}\n\n{COST}"


def test_a_sentence_longer_than_a_window_is_one_by_itself(shelf: Snapshot, every: list[Found]) -> None:
    (long,) = [text for text in texts(every) if text.startswith("And on")]
    (hit,) = the_windows(shelf, these(every, long), 10, 20)
    assert hit.passage.text == long
