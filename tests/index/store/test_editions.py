from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.index.store.editions import Entry, Link, entries, link_of, of_link
from dateline.index.store.export import runs

KEYS = st.lists(st.integers(1, 60), unique=True).map(sorted)
ENTRIES = st.builds(
    lambda key, born, keys: Entry(key, born, "ab" * 8, runs(keys)),
    st.integers(1, 9),
    st.integers(1, 99),
    KEYS,
)


@given(KEYS)
def test_runs_tell_the_same_keys(keys: list[int]) -> None:
    assert Entry(1, 1, "", runs(keys)).vectors == keys


@given(st.lists(ENTRIES, max_size=3), st.lists(ENTRIES, max_size=3))
def test_a_link_comes_back_as_it_was(died: list[Entry], born: list[Entry]) -> None:
    link = Link(tuple(died), tuple(born))
    assert link_of(of_link(link)) == link


@given(st.lists(st.sets(st.tuples(st.integers(1, 6), st.integers(1, 3))), min_size=1, max_size=6))
def test_a_chain_leads_to_what_its_last_edition_holds(editions: list[set[tuple[int, int]]]) -> None:
    """Whatever changes from one edition to the next, also where a key is given away again."""
    chain: list[Link] = []
    before: dict[int, Entry] = {}
    for held in editions:
        now = {key: Entry(key, born, "ab", ((key, 1),)) for key, born in sorted(held)}
        died = tuple(one for key, one in before.items() if now.get(key) != one)
        born = tuple(one for key, one in now.items() if before.get(key) != one)
        chain.append(Link(died, born))
        before = now
    assert entries(chain) == before
    anew = Link(chain[-1].died, tuple(before.values()))
    assert entries([anew]) == before
