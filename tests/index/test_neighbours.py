from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.index.neighbours import Held


@given(st.dictionaries(st.integers(1, 99), st.integers(0, 2**31), max_size=20), st.integers(1, 30), st.data())
def test_the_nearest_of_what_is_held_come_first(seeds: dict[int, int], k: int, data: st.DataObject) -> None:
    drawn = {key: np.random.default_rng(seed).normal(size=8).astype("f4") for key, seed in seeds.items()}
    vectors = {key: one / np.linalg.norm(one) for key, one in drawn.items()}
    query = np.random.default_rng(1).normal(size=8).astype("f4")
    held = Held.of(drawn)
    kept = np.array(sorted(data.draw(st.sets(st.integers(1, 99)))), np.int64)
    for some, keys in ((held, {*vectors}), (held.those(kept), {*vectors} & {*kept.tolist()})):
        found = some.nearest(query, k)
        assert len(found) == min(k, len(keys))
        assert found.keys() <= keys
        assert list(found.values()) == sorted(found.values(), reverse=True)
        left = [float(vectors[key] @ query) for key in keys - found.keys()]
        assert not left or max(left) <= min(found.values()) + 1e-5
