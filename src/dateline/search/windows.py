"""Sentences, best first → passages to be read: evidence inside a budget of words, or windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.index.snapshot import Snapshot
from dateline.index.split import passage_of
from dateline.search.fusion import Found
from dateline.search.page import Page, Run
from dateline.search.shares import Shares
from dateline.types import Hit

_REPEATS = 0.9  # share of common words (Jaccard) beyond which a sentence says what another has said
_WEAKEST = 1e-6  # of the best score, to what is taken for no better reason than that it is another's
_DECIDING = frozenset(  # stems; with one of these that another has not, a sentence says something else
    "no not never none without deni one two three four five six seven eight nine ten eleven twelv thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenti thirti forti fifti sixti seventi eighti "
    "nineti hundr thousand million billion half dozen first second third".split()
)
_SHORTEST = 5  # words: with fewer left, nothing more is looked for


def evidence(snapshot: Snapshot, found: Sequence[Found], words: int, shares: Shares) -> list[Hit]:
    """Passages of together at most so many words, the one with the best sentence first.

    What repeats a sentence that was taken is left out; neighbours are one passage. What goes beyond an
    outlet's or a story's share is taken only where nothing else is left.
    """
    shelf = _Shelf(snapshot)
    left = words
    for one, fair in _twice(found, shares, 1 / max(1, words)):
        if left < _SHORTEST:
            break
        page = shelf.page(one)
        number = page.number(one.span)
        if number in page.taken or shelf.repeats(one.stems):
            continue
        wanted = [n for n in page.with_lead(number) if n == number or shelf.is_new(page, n)]
        cost = sum(page.words(n) for n in wanted)
        if cost > left or (fair and not shares.allow(one, cost / words)):
            continue
        shelf.take(one, wanted)
        shares.use(one, cost / words)
        left -= cost
    runs = [run for page in shelf.pages.values() for run in page.runs()]
    return _hits(sorted(runs, key=lambda run: -run[2]), shares)


def windows(snapshot: Snapshot, found: Sequence[Found], k: int, words: int, shares: Shares) -> list[Hit]:
    """k passages of at most so many words each, around the best sentences; no two share a sentence.

    What repeats another or goes beyond a share is left out as in `evidence`; of an article and its copies one
    is shown, since their windows would be the same.
    """
    shelf = _Shelf(snapshot)
    runs: list[Run] = []
    for one, _ in _twice(found, shares, 1 / max(1, k)):
        if len(runs) == k:
            break
        page = shelf.page(one)
        number = page.number(one.span)
        if number in page.taken or shares.shown_elsewhere(one) or shelf.repeats(one.stems):
            continue
        wanted = page.around(number, words)
        shelf.take(one, wanted)
        shares.use(one, 1 / k)
        runs.append(page.run(wanted))
    return _hits(sorted(runs, key=lambda run: -run[2]), shares)


class _Shelf:
    """The articles that something is taken from, and what was said by it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.pages: dict[int, Page] = {}
        self._snapshot = snapshot
        self._told: list[frozenset[str]] = []

    def page(self, found: Found) -> Page:
        if found.owner not in self.pages:
            spans = self._snapshot.sentences(found.owner)
            self.pages[found.owner] = Page(found.article, found.owner, spans)
        return self.pages[found.owner]

    def take(self, found: Found, wanted: Sequence[int]) -> None:
        page = self.pages[found.owner]
        page.taken |= dict.fromkeys(wanted, found.score)
        self._told += [page.stems(number) for number in wanted]

    def is_new(self, page: Page, number: int) -> bool:
        return number not in page.taken and not self.repeats(page.stems(number))

    def repeats(self, stems: frozenset[str]) -> bool:
        return any(
            len(stems & other) > _REPEATS * len(stems | other) and not _tells_otherwise(stems ^ other)
            for other in self._told
        )


def _tells_otherwise(stems: frozenset[str]) -> bool:
    """True where what two sentences do not share decides what is told: a number, a "not"."""
    return any(stem in _DECIDING or stem[0].isdigit() for stem in stems)


def _twice(found: Sequence[Found], shares: Shares, least: float) -> Iterator[tuple[Found, bool]]:
    """The sentences, best first, whose outlet and story may have that much more (True); then all (False)."""
    for one in found:
        if one.score <= _WEAKEST * found[0].score:
            break
        if shares.allow(one, least):
            yield one, True
    for one in found:
        yield one, False


def _hits(runs: Iterable[Run], shares: Shares) -> list[Hit]:
    return [
        Hit(passage_of(page.article, spans), page.article, score, rank, shares.also(page.owner))
        for rank, (page, spans, score) in enumerate(runs, 1)
    ]
