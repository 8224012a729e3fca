"""Which passages are inside filters: their days, sources and days spoken of, held in memory as columns.

Chroma's own metadata filters cost what matches (a third of a second at 290,000 passages); these cost a
millisecond, after one reading of 0.3 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.index.spoken import SpokenDays
from dateline.types import Filters

_UNDATED = 0  # before the first ordinal day: inside no range of days


@dataclass(frozen=True, slots=True)
class Catalog:
    """The columns: one row per passage, in ascending order of keys."""

    keys: NDArray[np.int64]
    days: NDArray[np.int64]  # proleptic ordinals
    outlets: NDArray[np.int64]  # numbers of names
    owners: NDArray[np.int64]  # keys of articles
    names: dict[str, int]  # outlet, case folded → its number
    spoken: Callable[[], SpokenDays]  # read when first asked for

    def inside(self, filters: Filters) -> NDArray[np.int64]:
        """Keys of the passages inside the filters, ascending."""
        return self.keys[self._mask(filters)]

    def articles(self, filters: Filters) -> int:
        """How many articles have a passage inside the filters."""
        return len(np.unique(self.owners[self._mask(filters)]))

    def beside(self, filters: Filters) -> tuple[list[int], list[int]]:
        """Keys of passages, and of their articles, that are inside by the days they speak of.

        Of filters that are about no days themselves, those inside the alternative; else all.
        """
        alone = filters.about_since or filters.about_until or filters.alternative is None
        mask = self._mask(filters if alone or filters.alternative is None else filters.alternative)
        return self.keys[mask].tolist(), np.unique(self.owners[mask]).tolist()

    def _mask(self, filters: Filters) -> NDArray[np.bool_]:
        mask = np.ones(len(self.keys), bool)
        if filters.since or filters.until:
            mask &= self.days > _UNDATED
        if filters.since:
            mask &= self.days >= filters.since.toordinal()
        if filters.until:
            mask &= self.days <= filters.until.toordinal()
        if filters.sources:
            wanted = [self.names.get(source.casefold(), -1) for source in filters.sources]
            mask &= np.isin(self.outlets, wanted)
        if filters.about_since or filters.about_until:
            mask &= self._of(self.spoken().of(filters.about_since, filters.about_until))
        return mask | self._mask(filters.alternative) if filters.alternative else mask

    def _of(self, keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """True for these keys, which come in ascending order."""
        mask = np.zeros(len(self.keys), bool)
        places = np.searchsorted(self.keys, keys)
        places, keys = places[places < len(mask)], keys[places < len(mask)]
        mask[places[self.keys[places] == keys]] = True
        return mask


def catalog(
    rows: Iterable[tuple[int, int | None, str | None, int]], spoken: Callable[[], SpokenDays]
) -> Catalog:
    """The catalog of rows of key, day, source and article, which come in ascending order of keys."""
    names: dict[str, int] = {}
    table = [
        (key, day or _UNDATED, names.setdefault((source or "").casefold(), len(names)), owner)
        for key, day, source, owner in rows
    ]
    columns = np.array(table, np.int64).reshape(-1, 4).T
    keys, days, outlets, owners = (column.copy() for column in columns)
    return Catalog(keys, days, outlets, owners, names, spoken)
