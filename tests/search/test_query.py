from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index.minilm import MiniLM
from dateline.search import understand
from dateline.search.query import about, queries
from dateline.search.question import content_terms

BRIDGE = "Why did the mayor of Larkvale open the new bridge"
CREWS = "ferry crews stopped work in Port Ansel"
BOTH = understand(f"{BRIDGE}, while {CREWS}")
WHOLE = 0.3


def test_a_question_about_one_thing_is_one_query(embedder: MiniLM) -> None:
    question = understand(BRIDGE)
    (query,) = queries(question, embedder, WHOLE)
    assert query.terms == dict.fromkeys(question.terms, 1.0)
    assert query.vector is not None
    assert np.array_equal(query.vector, embedder.embed_queries([BRIDGE])[0])


def test_the_whole_question_comes_first_and_then_each_part() -> None:
    whole, *parts = queries(BOTH, None, WHOLE)
    assert whole.terms == dict.fromkeys(BOTH.terms, 1.0)
    for text, part in zip((BRIDGE, CREWS), parts, strict=True):
        own = content_terms(text)
        assert part.terms == {term: 1.0 if term in own else WHOLE for term in BOTH.terms}


def test_a_parts_vector_is_drawn_a_little_to_the_whole_question(embedder: MiniLM) -> None:
    whole, bridge, crews = (query.vector for query in queries(BOTH, embedder, WHOLE))
    assert whole is not None
    for text, vector in ((BRIDGE, bridge), (CREWS, crews)):
        assert vector is not None
        (alone,) = embedder.embed_queries([text])
        assert vector @ alone > vector @ whole > alone @ whole


def test_without_an_embedder_there_are_terms_alone() -> None:
    assert [query.vector for query in queries(BOTH, None, WHOLE)] == [None, None, None]


def test_every_part_is_searched_for_again_with_the_name_it_lacked(embedder: MiniLM) -> None:
    bridge, crews = about("Okafor", BOTH, embedder)
    assert bridge.terms.keys() == {"okafor", *content_terms(BRIDGE)}
    assert crews.terms.keys() == {"okafor", *content_terms(CREWS)}
    assert crews.vector is not None
    assert np.array_equal(crews.vector, embedder.embed_queries([f"Okafor {CREWS}"])[0])
    assert about("Okafor", understand(BRIDGE), embedder) == []


def test_a_part_prefers_the_outlets_it_names_and_else_those_of_the_whole_question() -> None:
    text, sources = f"According to Harbor Wire, {BRIDGE}, while", ["Harbor Wire", "Weekly Kiln"]
    one = understand(f"{text} {CREWS}", sources)
    assert [query.outlets for query in queries(one, None, WHOLE)] == [{"Harbor Wire"}] * 3
    both = understand(f"{text} {CREWS}, as Weekly Kiln writes", sources)
    assert [query.outlets for query in queries(both, None, WHOLE)] == [
        {"Harbor Wire", "Weekly Kiln"},
        {"Harbor Wire"},
        {"Weekly Kiln"},
    ]


@pytest.mark.parametrize("text", ["", "?", "what is it?"])
def test_a_question_without_content_has_a_query_without_terms(text: str) -> None:
    (query,) = queries(understand(text), None, WHOLE)
    assert query.terms == {}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=30) | st.sampled_from([BRIDGE, CREWS]), max_size=4).map("; ".join))
def test_every_vector_has_unit_length(embedder: MiniLM, text: str) -> None:
    question = understand(text)
    found = queries(question, embedder, WHOLE)
    assert len(found) == 1 + len(question.parts)
    assert [np.linalg.norm(query.vector) for query in found if query.vector is not None] == pytest.approx(
        [1.0] * len(found), abs=1e-4
    )
