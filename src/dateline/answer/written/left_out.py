"""What of a reply is no answer: words of its own prompt, about its evidence, about nothing that was asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.answer.written.references import of_evidence
from dateline.answer.written.shown import Shown
from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.search.question import content_terms

_RUN = 4  # words in a row that are compared
_ECHO = 0.5  # of a claim's runs of words, if they stand in the prompt
_NEGATED = lazy(r"\b(?:no|not|none|nothing|neither|cannot|unable|without)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out of the replies to one prompt."""

    rules: frozenset[tuple[str, ...]]  # every run of words in them
    question: frozenset[str]  # stems
    evidence: frozenset[str]

    @classmethod
    def of(cls, rules: str, question: str, shown: Sequence[Shown]) -> LeftOut:
        """For these rules, this question and what is shown."""
        told = (f"{one.hit.article.title} {one.text}" for one in shown)
        return cls(
            frozenset(_runs(rules)), frozenset(content_terms(question)), frozenset(terms(" ".join(told)))
        )

    def echoes(self, claim: str) -> bool:
        """True for words of the rules, not of the news."""
        runs = _runs(claim)
        return bool(runs) and sum(run in self.rules for run in runs) >= _ECHO * len(runs)

    def declines(self, claim: str) -> bool:
        """True for a sentence that says that the evidence does not tell what was asked."""
        rest = {*content_terms(claim)} - self.question - of_evidence()
        return not rest and _NEGATED.search(claim) is not None and bool({*terms(claim)} & of_evidence())

    def says_nothing(self, claim: str) -> bool:
        """True for a sentence about its evidence or its reader, and for the question itself.

        Also for one that has no word in common with the question or the evidence.
        """
        content = {*content_terms(claim)}
        if content <= of_evidence():
            return True
        if claim.rstrip().endswith("?") and content <= self.question | of_evidence():
            return True
        return not content & (self.question | self.evidence)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
