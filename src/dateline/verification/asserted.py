"""What the sentence denies, plans, doubts or makes depend on something, and the claim gives as a fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dateline.text import Reality, standing
from dateline.verification.findings import Finding
from dateline.verification.structure import Beside

_LIKE_DEED = 0.3
_SHARED = ((1.0, 0.35), (0.6, 0.5), (_LIKE_DEED, 0.9))  # the less it is the deed, the more of who and whom
_SHOWN: Mapping[Reality, str] = {
    "told": "as a fact",
    "to come": "as something to come",
    "possible": "as possible",
    "wanted": "as wanted or planned",
    "conditional": "under a condition",
    "doubted": "as what somebody thinks or claims",
}


def check_denied(one: Beside) -> Iterator[Finding]:
    """A finding for each deed that one of the two denies and the other affirms."""
    for mine, theirs in _deeds(one):
        said, told = standing(one.claim.parsed, mine), standing(one.sentence.parsed, theirs)
        if said.negated != told.negated:
            word = one.claim.parsed.words[mine].text
            sides = ("denies", "affirms") if told.negated else ("affirms", "denies")
            yield Finding("against", f"the article {sides[0]} “{word}”, the claim {sides[1]} it")


def check_asserted(one: Beside) -> Iterator[Finding]:
    """A finding for each deed that the claim gives as a fact and the sentence does not."""
    for mine, theirs in _deeds(one):
        said, told = standing(one.claim.parsed, mine), standing(one.sentence.parsed, theirs)
        if said.negated == told.negated and said.reality == "told" != told.reality:
            word = one.claim.parsed.words[mine].text
            yield Finding("turned", f"the article gives “{word}” {_SHOWN[told.reality]}, the claim as a fact")


def _deeds(one: Beside) -> Iterator[tuple[int, int]]:
    """Each predicate of the claim with the one of the sentence that says the same of the same."""
    core = [tie for tie in one.claim.ties if tie.role != "other"]
    there = [tie for tie in one.sentence.ties if tie.role != "other"]
    for mine in dict.fromkeys(tie.head for tie in core):
        about = [tie for tie in core if tie.head == mine]
        best, found = 0.0, None
        for theirs in dict.fromkeys(tie.head for tie in there):
            if (same := one.same(mine, theirs)) < _LIKE_DEED:
                continue
            alike = [
                max(
                    (one.same(tie.of, t.of) for t in there if t.head == theirs and t.role == tie.role),
                    default=0.0,
                )
                for tie in about
            ]
            shared = sum(alike) / len(alike)
            if shared >= _wanted(same) and same + shared > best:
                best, found = same + shared, theirs
        if found is not None:
            yield mine, found


def _wanted(same: float) -> float:
    """How much of who does it, and to whom, must be shared by deeds that are the same as far as this."""
    return next(shared for least, shared in _SHARED if same >= least)
