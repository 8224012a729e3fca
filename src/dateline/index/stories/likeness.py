"""Do two articles tell the same report? As a copy, by the words they share; as a rewrite, by whom, where,
how many, when, and what their leads mean.

A false join hides evidence, a missed one repeats it: every threshold leans to precision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Literal

import numpy as np

from dateline.index.embedder import Vectors
from dateline.index.stories.signatures import SKETCH, Signature

DAYS = 3  # a report is copied, retold and updated within these; later there is other news
COPY = 0.4  # share of the shorter text that stands in the other
REPRINT = 0.9  # the same for articles further apart: series repeat their paragraphs, with other news in them
SHARED = 10  # shingles at least: fewer are a sentence that both quote
SAME_EVENT = 1.15  # cosine of names + cosine of leads; labelled news allows 1.11, undated series do not
LEAD = 3  # passages: what happened is said in them

Relation = Literal["copy", "rewrite"]
Weigh = Callable[[int], float]  # how much a key of a signature tells: the rarer, the more

_HIGHEST = 2**63 - 1  # of the hashes
_ISSUE = re.compile(r"([^\W\d_]{3,})\.? (\d+)\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of one article."""

    signature: Signature
    day: date | None = None
    issues: frozenset[tuple[str, str]] = frozenset()  # numbers in its headline: ("week", "13")
    lead: Vectors | None = None  # unit length, see `lead_of`; None: rewrites are not found


def issues_of(headline: str) -> frozenset[tuple[str, str]]:
    """Its words that a number follows, with the number: "Week 13", "Game 4", "March 7"."""
    return frozenset(_ISSUE.findall(headline.casefold()))


def lead_of(passages: Vectors) -> Vectors | None:
    """The mean of the first passages' vectors, (d,) of unit length; None where there are none."""
    if not len(passages):
        return None
    mean = passages[:LEAD].mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def relation(a: Telling, b: Telling, weigh: Weigh) -> Relation | None:
    """How one tells the report of the other; None where it does not. Symmetric."""
    if overlap(a.signature, b.signature, weigh) >= (REPRINT if _apart(a, b) else COPY):
        return "copy"
    if a.lead is None or b.lead is None:
        return None
    return "rewrite" if namesakes(a, b, weigh) + float(a.lead @ b.lead) >= SAME_EVENT else None


def overlap(a: Signature, b: Signature, weigh: Weigh) -> float:
    """Estimated share of the shorter text that stands in the other, from 0 to 1.

    Containment among the hashes up to the lower of the two sketches' ends: both sketches hold every hash of
    their texts up to there. Shingles are weighed, so that what an outlet prints under all its articles joins
    none of them.
    """
    shared = {*a.shingles} & {*b.shingles}
    if len(shared) < SHARED:
        return 0.0
    end = min((s.shingles[-1] for s in (a, b) if len(s.shingles) == SKETCH), default=_HIGHEST)
    whole = (sum(weigh(hash) for hash in s.shingles if hash <= end) for s in (a, b))
    return sum(map(weigh, shared)) / min(whole)


def namesakes(a: Telling, b: Telling, weigh: Weigh) -> float:
    """Cosine of the weighed names and numbers of two articles, from 0 to 1.

    0 also where they can't tell of one event: published far apart, or two issues of a series. An article
    without a day may be of any.
    """
    shared = {*a.signature.names} & {*b.signature.names}
    if not shared or _apart(a, b) or _other_issue(a, b):
        return 0.0
    return _square(shared, weigh) / sqrt(
        _square(a.signature.names, weigh) * _square(b.signature.names, weigh)
    )


def _square(names: Iterable[int], weigh: Weigh) -> float:
    return sum(weigh(name) ** 2 for name in names)


def _apart(a: Telling, b: Telling) -> bool:
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) > DAYS


def _other_issue(a: Telling, b: Telling) -> bool:
    """True for two issues of a series: the same word of the headline counts on to another number."""
    words, others, agreed = ({word for word, _ in i} for i in (a.issues, b.issues, a.issues & b.issues))
    return bool((words & others) - agreed)
