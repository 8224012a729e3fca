"""Which sentences carry a claim: found by the program among all that the model was shown, and around it.

What a model points at is a hint. It is looked at first, and dropped where it does not carry the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.answer.quotes import cite
from dateline.answer.written.shown import Shown
from dateline.answer.written.support import NOTHING_CARRIES, check
from dateline.index import Embedder
from dateline.index.sentences import sentences
from dateline.index.words import terms
from dateline.text import Parser
from dateline.types import Citation, Support, SupportLabel
from dateline.verification import verify

_RANK: dict[SupportLabel, int] = {"supported": 2, "partly": 1, "unsupported": 0}
FRAGMENT = 8  # words, at most, of an answer that is no sentence
_NOT_SHOWN = 0  # the number of a sentence that the model was not shown


@dataclass(frozen=True, slots=True)
class Carried:
    """How far a claim is carried, and by which sentences; by none where it is unsupported."""

    support: Support
    sentences: tuple[Shown, ...] = ()

    @property
    def worth(self) -> tuple[int, float]:
        """By what two of one claim compare."""
        return _RANK[self.support.label], self.support.score


class Attribution:
    """What the claims of one reply are laid against.

    `checker` embeds, to compare by meaning; `parser` tells who does what to whom.
    """

    def __init__(
        self, shown: Sequence[Shown], checker: Embedder | None, parser: Parser | None = None
    ) -> None:
        self._shown = shown
        self._checker = checker
        self._parser = parser

    def carried(self, claim: str, hints: Sequence[Shown]) -> Carried:
        """How far the claim is carried, and by what.

        Tried in this order until it is supported: each sentence that was hinted at, these together, those
        nearest among all that was shown, those nearest in the rest of the same articles. Of a claim that
        stays partly supported the best of these counts.
        """
        best = Carried(Support("unsupported", 0.0, (), (NOTHING_CARRIES,)))
        for some in self._candidates(claim, hints):
            found = self._checked(claim, some)
            if found.support.label == "supported":
                return found
            best = max(best, found, key=lambda one: one.worth)
        return best if best.support.label == "partly" else Carried(best.support)

    def stating(self, fragment: str, hints: Sequence[Shown], question: frozenset[str]) -> Shown | None:
        """The sentence that has these few words as they are: "48 million euros".

        One that was hinted at, or else one about the question, whose content words have these stems.
        """
        words = terms(fragment)
        if not 0 < len(words) <= FRAGMENT:
            return None
        about = sorted(self._shown, key=lambda one: -len(question.intersection(terms(one.text))))
        for one in (*hints, *(one for one in about if question.intersection(terms(one.text)))):
            if _stands_in(words, terms(one.text)):
                return one
        return None

    def _candidates(self, claim: str, hints: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
        tried: set[tuple[Shown, ...]] = set()
        for source in (self._hinted(hints), self._nearest(claim, self._shown), self._around(claim)):
            for some in source:
                if some and some not in tried:
                    tried.add(some)
                    yield some

    @staticmethod
    def _hinted(hints: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
        yield from ((one,) for one in hints)
        yield tuple(hints)

    def _around(self, claim: str) -> Iterator[tuple[Shown, ...]]:
        return self._nearest(claim, self._rest)

    def _nearest(self, claim: str, among: Sequence[Shown]) -> Iterator[tuple[Shown, ...]]:
        """The sentence that is nearest to the claim; then all that verification puts it together from."""
        if not among:
            return
        found = verify(claim, [one.text for one in among], embedder=self._checker, parser=self._parser)
        near = tuple(dict.fromkeys(among[one.evidence] for one in found.sentences))
        yield near[:1]
        yield near

    def _checked(self, claim: str, some: Sequence[Shown]) -> Carried:
        """The claim against these sentences; those that add nothing are left out."""
        quotes = [_quote(one) for one in some]
        support = check(claim, quotes, self._checker, self._parser)
        used = {one.text for one in support.sentences}
        return Carried(support, tuple(one for one in some if one.text in used) or tuple(some))

    @cached_property
    def _rest(self) -> list[Shown]:
        """The sentences of the same articles that were not shown."""
        known = {(one.hit.article.id, one.start) for one in self._shown}
        hits = {one.hit.article.id: one.hit for one in self._shown}
        return [
            Shown(_NOT_SHOWN, hit, start, end)
            for hit in hits.values()
            for start, end in sentences(hit.article.text)
            if (hit.article.id, start) not in known
        ]


def _quote(one: Shown) -> Citation:
    return cite(1, one.hit, one.start, one.end)


def _stands_in(words: Sequence[str], text: Sequence[str]) -> bool:
    return any([*text[at : at + len(words)]] == [*words] for at in range(len(text) - len(words) + 1))
