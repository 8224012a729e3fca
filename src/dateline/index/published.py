"""When, and by whom, the articles of a generation were published, in memory: counting them reads no table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1).toordinal()


class Published:
    """The days of the dated articles, as proleptic ordinals in order, with outlets; how many have no day."""

    def __init__(self, reported: Sequence[tuple[int, str | None]], undated: int) -> None:
        self._days: NDArray[np.int64] = np.array([day for day, _ in reported], np.int64)
        self._sources = sorted({source for _, source in reported if source is not None})
        places = {source: place for place, source in enumerate(self._sources)}
        nobody = len(places)
        self._by: NDArray[np.int64] = np.array(
            [places.get(one or "", nobody) for _, one in reported], np.int64
        )
        self.undated = undated

    def between(self, since: date | None, until: date | None) -> int:
        """How many articles were published on these days, both inclusive."""
        first = 0 if since is None else int(np.searchsorted(self._days, since.toordinal(), "left"))
        return max(0, self._until(until) - first)

    def outlets(self, until: date | None) -> list[str]:
        """The outlets of what was published up to and on a day, those with the most articles first."""
        counts = np.bincount(self._by[: self._until(until)], minlength=len(self._sources) + 1)[:-1]
        return [self._sources[place] for place in np.argsort(-counts, kind="stable") if counts[place]]

    def span(self, until: date | None) -> tuple[date | None, date | None]:
        """The first and the last day on which an article was published, up to and on `until`."""
        count = self._until(until)
        if count == 0:
            return None, None
        return date.fromordinal(int(self._days[0])), date.fromordinal(int(self._days[count - 1]))

    def months(self, until: date | None) -> int:
        """In how many months articles were published."""
        days = (self._days[: self._until(until)] - _EPOCH).astype("datetime64[D]")
        return len(np.unique(days.astype("datetime64[M]")))

    def _until(self, day: date | None) -> int:
        return len(self._days) if day is None else int(np.searchsorted(self._days, day.toordinal(), "right"))
