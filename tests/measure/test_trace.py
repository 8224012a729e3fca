from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dateline.archive import Archive
from dateline.measure import Question
from dateline.measure.outcome import Trace
from dateline.measure.questions import Fact
from dateline.measure.trace import traced

BRIDGE = "Mayor Ines Okafor opened the new bridge"
FERRY = "Ferry crews in Port Ansel stopped work"


def trace(archive: Archive, fact: Fact, texts: Sequence[str], *, as_of: date | None = None) -> Trace:
    """The fact's trace, where the smaller budget brought nothing and the larger one these texts."""
    question = Question("q", "Who opened the bridge?", (), True, as_of=as_of, evidence=(fact,))
    (found,) = traced(archive, question, {700: [], 1500: texts}, [])
    return found


def test_a_fact_is_found_in_the_smallest_budget_that_brings_it(archive: Archive) -> None:
    found = trace(archive, Fact(BRIDGE, "bridge-opens"), [f"{BRIDGE} over the Tarn."])
    assert (found.title, found.words) == ("Larkvale opens its new bridge", 1500)


def test_a_missed_fact_is_looked_for_deeper(archive: Archive) -> None:
    found = trace(archive, Fact(FERRY), [])
    ranked = archive.search("Who opened the bridge?", k=100)
    assert found.words is None
    assert found.rank == next(hit.rank for hit in ranked if FERRY in hit.passage.text)
    assert found.title == "Ferry crews stop work"
    assert found.place == f"at rank {found.rank}"


@pytest.mark.parametrize(
    ("fact", "as_of", "place", "title"),
    [
        (Fact("It fell down."), None, "not in the first 100 hits", None),
        (Fact("It fell down.", "bridge-falls"), None, "the index has no article bridge-falls", None),
        (
            Fact("It fell down.", "bridge-opens"),
            None,
            "its article does not have these words",
            "Larkvale opens its new bridge",
        ),
        (
            Fact(BRIDGE, "bridge-opens"),
            date(2019, 1, 1),
            "its article is not known to be published by 2019-01-01",
            "Larkvale opens its new bridge",
        ),
    ],
)
def test_what_no_search_could_find_says_why(
    fact: Fact, as_of: date | None, place: str, title: str | None, archive: Archive
) -> None:
    found = trace(archive, fact, [], as_of=as_of)
    assert (found.place, found.title, found.rank, found.words) == (place, title, None, None)


def test_a_fact_past_the_end_of_the_budget_is_missed(archive: Archive) -> None:
    assert (
        trace(archive, Fact(BRIDGE), ["filler " * 1490, f"{BRIDGE} over the Tarn in Larkvale."]).words is None
    )
