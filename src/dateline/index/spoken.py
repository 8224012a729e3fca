"""Which days the passages of an article speak of: resolved when it is indexed, against its own date.

    "He said on Thursday ..." in a report of 2 Feb 2019  →  31 Jan 2019

Stored as rows of numbers; searched as columns in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from dateline.dates import resolve_dates
from dateline.types import Article, Grain, Passage, TimeSpan

_ROW = np.dtype("<i4")  # passage, start, end, since, until, grain
_OPEN = 0  # before the first ordinal day
_GRAINS: tuple[Grain, ...] = get_args(Grain)  # stored by their places: new ones come last
_ANY_DAYS = (date(2001, 1, 1), date(2003, 6, 15))  # what is the same from both counts from neither
_COARSE = 7  # days: words for more of them than this, and than are asked for, speak of none of them


@dataclass(frozen=True, slots=True)
class Spoken:
    """Days in the words of a passage of an article, which is known by its place among the passages."""

    passage: int
    span: TimeSpan  # offsets in the article's text


def spoken(article: Article, passages: Sequence[Passage]) -> list[Spoken]:
    """The days that each passage speaks of, in order; of an undated article, those that it names whole.

    Words that name no day that can be known are left out, and so is what stands in no passage.
    """
    found: list[Spoken] = []
    number = 0
    for span in _spans(article):
        while number < len(passages) and passages[number].end <= span.start:
            number += 1
        if number < len(passages) and passages[number].start <= span.start:
            found.append(Spoken(number, span))
    return found


def _spans(article: Article) -> list[TimeSpan]:
    if article.day:
        spans = resolve_dates(article.text, article.day)
    else:
        one, other = (resolve_dates(article.text, day) for day in _ANY_DAYS)
        both = frozenset(other)
        spans = [span for span in one if span in both]
    return [span for span in spans if span.since or span.until]


def pack(found: Iterable[Spoken]) -> bytes:
    """The bytes of them."""
    rows = [
        (one.passage, span.start, span.end, _number(span.since), _number(span.until), _place(span.grain))
        for one in found
        for span in [one.span]
    ]
    return np.array(rows, _ROW).tobytes()


def unpack(blob: bytes, text: str) -> Iterator[Spoken]:
    """What was packed, of the article with this text; without times of day."""
    for passage, start, end, since, until, grain in rows_of(blob).tolist():
        yield Spoken(passage, TimeSpan(text[start:end], start, end, _day(since), _day(until), _GRAINS[grain]))


def rows_of(blob: bytes) -> NDArray[np.int32]:
    """The rows in these bytes: passage, start, end, since, until, grain; days are proleptic ordinals."""
    return np.frombuffer(blob, _ROW).reshape(-1, 6).astype(np.int32)


def speaks(span: TimeSpan, since: date | None, until: date | None) -> bool:
    """True when the span is of one of these days, both inclusive, and not of far more; see `SpokenDays`."""
    if span.since is None or span.until is None:
        return False
    first, last = since or date.min, until or date.max
    fine = (span.until - span.since).days <= max(_COARSE, (last - first).days + 1)
    return fine and span.since <= last and span.until > first


@dataclass(frozen=True, slots=True)
class SpokenDays:
    """The days that passages speak of, half-open; a row for each that is closed."""

    keys: NDArray[np.int64]  # of passages
    since: NDArray[np.int64]  # proleptic ordinals
    until: NDArray[np.int64]

    def of(self, since: date | None, until: date | None) -> NDArray[np.int64]:
        """Keys of the passages that speak of one of these days, both inclusive; ascending, each once.

        "In 2019" does not speak of the 31 January of that year.
        """
        first = since.toordinal() if since else _OPEN
        last = until.toordinal() if until else np.iinfo(np.int32).max
        overlap = (self.since <= last) & (self.until > first)
        fine = self.until - self.since <= max(_COARSE, last - first + 1)
        return np.unique(self.keys[overlap & fine])


def spoken_days(rows: Iterable[tuple[int, bytes]]) -> SpokenDays:
    """The columns, of rows of the key of an article's first passage and what was packed for it."""
    parts = []
    for first, blob in rows:
        table = rows_of(blob).astype(np.int64)
        table = table[(table[:, 3] > _OPEN) & (table[:, 4] > _OPEN)]
        parts.append(np.column_stack((first + table[:, 0], table[:, 3], table[:, 4])))
    columns = np.concatenate(parts).T if parts else np.zeros((3, 0), np.int64)
    return SpokenDays(*(column.copy() for column in columns))


def _number(day: date | None) -> int:
    return day.toordinal() if day else _OPEN


def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None


def _place(grain: Grain) -> int:
    return _GRAINS.index(grain)
