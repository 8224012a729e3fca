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
        articles = {one.hit.article.id: one.hit.article for one in shown}
        told = (f"{one.title} {one.text}" for one in articles.values())
        return cls(frozenset(_runs(rules)), _content(question), frozenset(terms(" ".join(told))))

    def echoes(self, claim: str) -> bool:
        """True for words of the rules, not of the news."""
        runs = _runs(claim)
        return bool(runs) and sum(run in self.rules for run in runs) >= _ECHO * len(runs)

    def declines(self, claim: str) -> bool:
        """True for a sentence that says that the evidence does not tell what was asked."""
        content = _content(claim)
        negated = _NEGATED.search(claim) is not None and bool(content & of_evidence())
        return negated and content <= self.question | of_evidence()

    @staticmethod
    def is_of_evidence(claim: str) -> bool:
        """True for a sentence about its evidence or to its reader, and for JSON: none reports anything."""
        return claim.startswith("{") or _content(claim) <= of_evidence()

    def says_nothing(self, claim: str) -> bool:
        """True for the question itself, and for what has no word in common with it or the evidence."""
        content = _content(claim)
        if claim.rstrip().endswith("?") and content <= self.question | of_evidence():
            return True
        return not content & (self.question | self.evidence)


def _content(claim: str) -> frozenset[str]:
    return frozenset(content_terms(claim.rstrip(".!?… ")))


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]
