from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.verification.closeness import Weights
from dateline.verification.findings import Finding
from dateline.verification.score import BY_MEANING, BY_WORDS, Features, Scale, label, score, turned

_SHARES = st.floats(0, 1)
_FEATURES = st.builds(Features, *[_SHARES] * len(fields(Features)))
_BEST = Features(pairs=1, phrases=1, meaning=1, absent=0, missing=0, replaced=0, turned=0)


@pytest.mark.parametrize("scale", [BY_MEANING, BY_WORDS])
@given(_FEATURES, st.sampled_from([field.name for field in fields(Features)]), _SHARES)
def test_more_of_what_carries_never_lowers_a_score_and_more_of_what_does_not_never_raises_it(
    scale: Scale, features: Features, name: str, value: float
) -> None:
    less, more = sorted([features, replace(features, **{name: value})], key=lambda one: getattr(one, name))
    carries = name in ("pairs", "phrases", "meaning")
    assert (score(less, scale) <= score(more, scale)) is carries or score(less, scale) == score(more, scale)


def test_a_label_follows_from_score_and_findings() -> None:
    sure, against = score(_BEST, BY_MEANING), [Finding("against", "")]
    assert label(sure, _BEST, []) == "supported"
    assert label(sure, _BEST, [Finding("slight", "")]) == "supported"
    assert label(sure, _BEST, [Finding("missing", "")]) == "partly"
    assert label(sure, _BEST, against) == "partly"
    assert label(sure, replace(_BEST, turned=1), against) == "unsupported"
    assert label(0.01, _BEST, []) == "unsupported"


def test_a_contradiction_counts_by_how_much_of_the_rest_is_there() -> None:
    weights = Weights({"a": 1.0, "b": 1.0, "c": 2.0}, 4.0)
    against = [Finding("against", "", frozenset("c"))]
    assert turned([], weights, frozenset("ab")) == 0
    assert turned(against, weights, frozenset("ab")) == 1
    assert turned(against, weights, frozenset("a")) == pytest.approx(0.5**4)
