from __future__ import annotations

from datetime import date

import pytest

from dateline.index import Snapshot
from dateline.index.minilm import MiniLM
from dateline.search import choose, understand
from dateline.types import Filters


@pytest.mark.parametrize("with_embedder", [True, False])
@pytest.mark.parametrize(
    ("question", "choices", "right"),
    [
        ("Who opened the bridge in Larkvale?", ("Tomas Reyl", "Ines Okafor", "Lena Brandt"), "Ines Okafor"),
        ("How many families left Osterby?", ("30", "60", "Sixty"), "Sixty"),
        (
            "What does the library of Osterby lend?",
            ("Bicycles", "Drills and saws", "Boats"),
            "Drills and saws",
        ),
        ("For how long do the bakery's ovens burn?", ("two", "2"), None),
        ("Who won the race?", ("Zweig", "Quandt"), None),
    ],
)
def test_the_choice_that_the_articles_speak_for_is_made(
    snapshot: Snapshot,
    embedder: MiniLM,
    question: str,
    choices: tuple[str, ...],
    right: str | None,
    *,
    with_embedder: bool,
) -> None:
    made = choose(snapshot, embedder if with_embedder else None, understand(question), choices, Filters())
    assert made.choice == right
    assert made.scores.keys() == {*choices}
    assert sum(made.scores.values()) == pytest.approx(1)


def test_the_sentence_that_speaks_for_it_comes_with_it(snapshot: Snapshot, embedder: MiniLM) -> None:
    asked = understand("Who opened the bridge in Larkvale?")
    made = choose(snapshot, embedder, asked, ["Tomas Reyl", "Ines Okafor"], Filters())
    assert made.hit
    assert made.hit.article.id == "bridge-opens"
    assert "Ines Okafor" in made.hit.passage.text


def test_the_most_frequent_choice_is_not_the_likeliest(snapshot: Snapshot, embedder: MiniLM) -> None:
    """Tomas Reyl stands in two articles, Lena Brandt in one."""
    asked = understand("Who spoke of the telescope?")
    made = choose(snapshot, embedder, asked, ["Tomas Reyl", "Lena Brandt"], Filters())
    assert made.choice == "Lena Brandt"


def test_nothing_is_chosen_from_outside_the_filters(snapshot: Snapshot, embedder: MiniLM) -> None:
    asked = understand("Who opened the bridge in Larkvale?")
    early = Filters(until=date(2018, 1, 1))
    made = choose(snapshot, embedder, asked, ["Tomas Reyl", "Ines Okafor"], early, today=date(2018, 1, 1))
    assert made.choice is None
    assert made.hit is None
    assert set(made.scores.values()) == {0.5}
