"""A claim laid beside a sentence: which words stand in both, in the same order, and what lies between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.verification.numbers import same
from dateline.verification.tokens import Kind, Token

_WORTH: Mapping[Kind, float] = {  # of a match: what is said holds still, the facts are compared
    "word": 3.0,
    "name": 1.5,
    "number": 1.5,
    "date": 1.5,
    "function": 1.0,
}
_RUN = 1.0  # and more, where it goes on from the match before
LONGEST = 200  # tokens of either side that are laid beside each other


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two neighbouring matches: claim[i:i_end] where the sentence has [j:j_end]."""

    i: int
    i_end: int
    j: int
    j_end: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Matched places, in order: claim token i says what sentence token j says."""

    claim: Sequence[Token]
    sentence: Sequence[Token]
    pairs: tuple[tuple[int, int], ...]

    def gaps(self) -> list[Gap]:
        """The stretches that are not matched, each with what stands there on the other side."""
        bounds = [(-1, -1), *self.pairs, (len(self.claim), len(self.sentence))]
        return [
            Gap(i + 1, i_end, j + 1, j_end)
            for (i, j), (i_end, j_end) in pairwise(bounds)
            if i + 1 < i_end or j + 1 < j_end
        ]


def equal(one: Token, other: Token) -> bool:
    """Whether two tokens say the same by themselves."""
    if one.key == other.key:
        return True
    return bool(
        one.quantity and other.quantity and same(one.quantity, other.quantity) and one.kind == other.kind
    )


def align(claim: Sequence[Token], sentence: Sequence[Token]) -> Alignment:
    """The matching of most weight that keeps both orders, runs of neighbours preferred.

    By dynamic programming, as Needleman and Wunsch (1970), with a bonus for going on.
    """
    claim, sentence = claim[:LONGEST], sentence[:LONGEST]
    width = len(sentence) + 1
    best = [[0.0] * width for _ in range(len(claim) + 1)]  # of the first i and j tokens
    ending = [[0.0] * width for _ in range(len(claim) + 1)]  # of those that end in a match of both
    for i, mine in enumerate(claim, 1):
        weight = _WORTH["name" if mine.capital and mine.kind == "word" else mine.kind]
        before, row, runs, run_before = best[i - 1], best[i], ending[i], ending[i - 1]
        for j, theirs in enumerate(sentence, 1):
            score = max(before[j], row[j - 1])
            if mine.key == theirs.key or (mine.quantity and equal(mine, theirs)):
                run = run_before[j - 1]
                runs[j] = weight + max(before[j - 1], run + _RUN if run else 0.0)
                score = max(score, runs[j])
            row[j] = score
    return Alignment(claim, sentence, tuple(_trace(best, ending)))


def _trace(best: Sequence[Sequence[float]], ending: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i, j = len(best) - 1, len(best[0]) - 1
    running = False  # the match found last goes on from one at (i, j)
    while i and j:
        if running or (ending[i][j] and ending[i][j] == best[i][j]):
            pairs.append((i - 1, j - 1))
            run = ending[i - 1][j - 1]
            running = bool(run) and run + _RUN >= best[i - 1][j - 1]
            i, j = i - 1, j - 1
        elif best[i - 1][j] >= best[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]
