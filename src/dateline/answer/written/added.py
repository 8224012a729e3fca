"""What a claim says beside what its evidence says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.index.words import terms
from dateline.search.question import content_terms

MOST = 1  # words in a row: two that are new may be a clause of their own
_WORD = re.compile(r"\w(?:[\w.'’@-]*\w)?")


def added(claim: str, evidence: Sequence[str]) -> str:
    """The longest run of the claim's content words that stand nowhere in the evidence; "" up to `MOST`."""
    held = {term for text in evidence for term in terms(text)}
    run: list[str] = []
    longest: list[str] = []
    for word in _WORD.findall(claim):
        if stems := content_terms(word):
            run = [] if held.intersection(stems) else [*run, word]
            longest = max(longest, run, key=len)
    return " ".join(longest) if len(longest) > MOST else ""
