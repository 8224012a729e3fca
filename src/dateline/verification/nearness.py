"""How near the words of a claim are to those of a sentence: the same, or others that mean it here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.index.embedder import Reading
from dateline.verification.align import equal
from dateline.verification.names import same_name
from dateline.verification.opposites import opposite
from dateline.verification.tokens import Token

Matrix = NDArray[np.float32]

# Cosines of the states of two words in their sentences, where nothing is meant by one that the other means,
# and where they are as good as the same: "raised" is .84 from "increased", .35 from "cut".
_APART, _ALIKE = 0.3, 0.7
_OTHER_WORD = 0.9  # of a word that means the same, where the word itself is 1


def nearness(claim: Sequence[Token], mine: Reading, sentence: Sequence[Token], theirs: Reading) -> Matrix:
    """Of each token of the claim to each of the sentence: 1 for the same, 0 for what has nothing in common.

    Numbers, dates and names are the same or not; a word's opposite is not near to it.
    """
    cosines = _states(claim, mine) @ _states(sentence, theirs).T
    near = np.clip((cosines - _APART) / (_ALIKE - _APART), 0.0, 1.0) * _OTHER_WORD
    near *= np.outer(_free(claim), _free(sentence))
    names = np.outer([one.kind == "name" for one in claim], [one.kind == "name" for one in sentence])
    near[names] = 0.0
    for i, j in zip(*np.nonzero(near), strict=True):
        if opposite(claim[i].word, sentence[j].word):
            near[i, j] = 0.0
    for i, one in enumerate(claim):
        for j, other in enumerate(sentence):
            if one.key == other.key or _same(one, other):
                near[i, j] = 1.0
    return np.asarray(near, np.float32)


def _free(tokens: Sequence[Token]) -> NDArray[np.bool_]:
    """Those that another word can mean, too."""
    return np.array([token.kind in ("word", "name") for token in tokens], bool)


def _same(one: Token, other: Token) -> bool:
    if one.quantity and other.quantity:
        return equal(one, other)
    return (one.capital or other.capital) and same_name(one, other)


def _states(tokens: Sequence[Token], reading: Reading) -> Matrix:
    """One unit-length row per token: the mean of the states of its pieces; nought where none was read."""
    sums = np.vstack([np.zeros_like(reading.states[:1]), np.cumsum(reading.states, axis=0)])
    first = np.searchsorted(reading.begins, [token.start for token in tokens])
    last = np.searchsorted(reading.begins, [token.end for token in tokens])
    rows = sums[last] - sums[first]
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
