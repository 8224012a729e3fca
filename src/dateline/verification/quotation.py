"""Words that an article gives as somebody's own."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.patterns import lazy
from dateline.verification.align import Alignment
from dateline.verification.evidence import Sentence
from dateline.verification.findings import Finding
from dateline.verification.speakers import SAYING

SOMEBODYS_WORDS = "these are the words of somebody who is quoted"
_OPENING, _CLOSING = "“„«", "”»"
_QUOTED = lazy(r"[“„«][^“”„«»]*[”»]|\"[^\"]*\"")
_STRAIGHT = lazy(r"\"|``|''")
_MARK = lazy(r"[“”„«»\"]|``|''")


def in_quotation(sentence: Sentence, evidence: str) -> bool:
    """Whether the sentence begins inside a quotation that was opened before it, in its line."""
    before = evidence[: sentence.stands.start].rpartition("\n")[2]
    opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
    return opened > 0 or len(_STRAIGHT.findall(before)) % 2 == 1


def check_quotation(laid: Alignment, claim: str, sentence: str) -> Iterator[Finding]:
    """A finding where the claim gives as fact what the sentence quotes."""
    if _MARK.search(claim) or any(token.word in SAYING for token in laid.claim):
        return
    shared = [laid.sentence[j] for _, j in laid.pairs]
    spans = [match.span() for match in _QUOTED.finditer(sentence)]
    if len(shared) > 2 and any(start <= shared[0].start and shared[-1].end <= end for start, end in spans):
        yield Finding("quoted", SOMEBODYS_WORDS)
