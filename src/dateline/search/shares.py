"""Who may fill how much of the evidence, and who else told the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator

from dateline.index.snapshot import Snapshot
from dateline.search.fusion import Found
from dateline.types import Article, Filters

_OF_OUTLET = 1 / 2
_OF_STORY = 1 / 3  # told by several articles: however many copies there are, others have the rest


class Shares:
    """The share of the evidence that each outlet and each story has used, of 1 in all."""

    def __init__(self, snapshot: Snapshot, filters: Filters) -> None:
        self._snapshot, self._filters = snapshot, filters
        self._used: dict[Hashable, float] = defaultdict(float)
        self._shown: dict[int, int] = {}  # report that has copies → the one that is shown

    def allow(self, found: Found, share: float) -> bool:
        """True when this much more of the sentence's outlet and story leaves room for others.

        What is the first of its outlet and its story is always allowed.
        """
        return all(
            not self._used[who] or self._used[who] + share <= most for who, most in self._limits(found)
        )

    def use(self, found: Found, share: float) -> None:
        """Counts what was taken."""
        for who, _ in self._limits(found):
            self._used[who] += share
        if (report := self._snapshot.copies.get(found.owner)) is not None:
            self._shown.setdefault(report, found.owner)

    def shown_elsewhere(self, found: Found) -> bool:
        """True for a sentence of a copy of an article from which something was taken."""
        report = self._snapshot.copies.get(found.owner)
        return report is not None and self._shown.get(report, found.owner) != found.owner

    def also(self, owner: int) -> tuple[Article, ...]:
        """Copies of an article, known by its key, in other articles inside the filters."""
        others = self._snapshot.briefs(self._snapshot.copies_of(owner))
        return tuple(one for one in others.values() if self._filters.admits(one))

    def _limits(self, found: Found) -> Iterator[tuple[Hashable, float]]:
        if found.article.source and not self._filters.sources:
            yield found.article.source.casefold(), _OF_OUTLET
        if (story := self._snapshot.stories.get(found.owner)) is not None:
            yield story, _OF_STORY
