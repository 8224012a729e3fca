"""How far a score may be from what more questions of the kind would show: bootstrap over questions.

Efron and Tibshirani, An Introduction to the Bootstrap (1993): resampling of whole units, section 6;
percentile intervals, section 13.3. A question is drawn with all its marks, and in a comparison with those of
both runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
_TAILS = (0.025, 0.975)
_DIGITS = 12  # what is left of a difference of equal sums is rounding

Tallies = NDArray[np.float64]  # (questions, 2): the sum of each question's marks, and how many they are


@dataclass(frozen=True, slots=True)
class Interval:
    """Where 95 % of the resampled values lie."""

    low: float
    high: float


def tally(marks: Sequence[Sequence[float]]) -> Tallies:
    """The sum and the number of each question's marks."""
    return np.array([(sum(each), len(each)) for each in marks], dtype=np.float64).reshape(-1, 2)


def mean(tallies: Tallies) -> float:
    """The mean of all marks."""
    total, count = tallies.sum(axis=0)
    return float(total / count)


def around_mean(tallies: Tallies) -> Interval:
    """The interval of the mean of all marks, of questions that each have one."""
    return _spanned(_ratio(_resampled(tallies)))


def around_difference(these: Tallies, those: Tallies) -> Interval:
    """The interval of a mean less another, of the same questions in both; one may be without marks in either.

    A resample that happens to hold no mark of one of them says nothing and is left out.
    """
    totals = _resampled(np.hstack([these, those]))
    return _spanned(_ratio(totals[:, :2]) - _ratio(totals[:, 2:]))


def _resampled(rows: Tallies) -> Tallies:
    """The sums of as many rows, drawn with replacement, RESAMPLES times; the same rows give the same draws.

    How often each distinct row is drawn is one multinomial number: the cost is that of the distinct ones.
    """
    distinct, times = np.unique(rows, axis=0, return_counts=True)
    drawn = np.random.default_rng(0).multinomial(len(rows), times / len(rows), size=RESAMPLES)
    totals: Tallies = drawn @ distinct
    return totals


def _ratio(totals: Tallies) -> NDArray[np.float64]:
    ratio = np.full(len(totals), np.nan)
    np.divide(totals[:, 0], totals[:, 1], out=ratio, where=totals[:, 1] > 0)
    return ratio


def _spanned(values: NDArray[np.float64]) -> Interval:
    said = np.round(values[~np.isnan(values)], _DIGITS) + 0.0  # no -0.0
    low, high = np.quantile(said, _TAILS)
    return Interval(float(low), float(high))
