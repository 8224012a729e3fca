"""An article whose sentences are being taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.types import Article

_BEFORE = 3  # sentences that a window shows before the one that was found
_BEFORE_SHARE = 0.5  # of a window's words, at most, for these
_WORD = re.compile(r"\w+")
# Fewer words than a quotation leans with (sentences.py): each sentence that comes along is paid for.
_LEANING = frozenset("he she it they his her their".split())


class Page:
    """The sentences of an article, and which of them were taken for what score."""

    def __init__(self, article: Article, owner: int, spans: Sequence[Span]) -> None:
        self.article, self.owner, self.spans = article, owner, spans
        self.taken: dict[int, float] = {}  # number of a sentence → the score it was taken for
        self._numbers = {span: number for number, span in enumerate(spans)}

    def number(self, span: Span) -> int:
        """Which sentence stands there."""
        return self._numbers[span]

    def words(self, number: int) -> int:
        """How long a sentence is."""
        start, end = self.spans[number]
        return len(self.article.text[start:end].split())

    def stems(self, number: int) -> frozenset[str]:
        """What a sentence is about."""
        start, end = self.spans[number]
        return frozenset(terms(self.article.text[start:end]))

    def with_lead(self, number: int) -> list[int]:
        """A sentence, and the one before it where its first word stands for somebody named there."""
        start, end = self.spans[number]
        first = _WORD.search(self.article.text, start, end)
        leans = number and first and first[0].casefold() in _LEANING
        return [number - 1, number] if leans else [number]

    def around(self, number: int, words: int) -> list[int]:
        """A sentence, a little of what stands before it, and what follows, up to so many words."""
        first, last, left = number, number, words - self.words(number)
        before = min(left, int(_BEFORE_SHARE * words))
        while first > max(0, number - _BEFORE) and self._free(first - 1) and self.words(first - 1) <= before:
            first -= 1
            before -= self.words(first)
            left -= self.words(first)
        while self._free(last + 1) and self.words(last + 1) <= left:
            last += 1
            left -= self.words(last)
        return list(range(first, last + 1))

    def runs(self) -> Iterator[Run]:
        """What was taken: neighbours together, with the best of their scores."""
        run: list[int] = []
        for number in sorted(self.taken):
            if run and number > run[-1] + 1:
                yield self.run(run)
                run = []
            run.append(number)
        if run:
            yield self.run(run)

    def run(self, numbers: Sequence[int]) -> Run:
        """These sentences, which follow each other."""
        best = max(self.taken[number] for number in numbers)
        return self, [self.spans[number] for number in numbers], best

    def _free(self, number: int) -> bool:
        return 0 <= number < len(self.spans) and number not in self.taken


Run = tuple[Page, Sequence[Span], float]  # consecutive sentences, and the score of the best
