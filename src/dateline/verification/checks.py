"""Every check of a claim beside a sentence, by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.verification.align import Alignment
from dateline.verification.asserted import check_asserted, check_denied
from dateline.verification.bounds import check_bounds
from dateline.verification.counts import check_counts
from dateline.verification.facts import check_facts
from dateline.verification.findings import Finding
from dateline.verification.operators import check_operators
from dateline.verification.opposites import check_opposites
from dateline.verification.quotation import check_quotation
from dateline.verification.roles import check_rivals, check_roles, turned_round
from dateline.verification.speakers import check_speakers
from dateline.verification.structure import Beside
from dateline.verification.tokens import Token


@dataclass(frozen=True, slots=True)
class Laid:
    """A claim beside the sentence that may say it, in the ways in which they are compared."""

    words: Alignment
    claim: str
    sentence: str
    others: Sequence[Token]  # of the sentences near to it
    ties: Beside | None  # without a parser, none


Check = Callable[[Laid, Sequence[Finding]], Iterable[Finding]]  # with what was found before


def _by_ties(check: Callable[[Beside], Iterable[Finding]]) -> Check:
    return lambda laid, _: check(laid.ties) if laid.ties else ()


def _speakers(laid: Laid, before: Sequence[Finding]) -> Iterable[Finding]:
    return () if any(one.weight == "against" for one in before) else check_speakers(laid.words)


def _facts(laid: Laid, _: Sequence[Finding]) -> Iterable[Finding]:
    """Without those that only the voice makes: in "B was sued by A", A stands where others do."""
    for one in check_facts(laid.words, laid.claim, laid.sentence, laid.others):
        if not (one.weight == "against" and laid.ties and turned_round(laid.ties, one.keys)):
            yield one


CHECKS: Mapping[str, Check] = {
    "facts": _facts,
    "counts": lambda laid, _: check_counts(laid.words, laid.claim, laid.sentence),
    "bounds": lambda laid, _: check_bounds(laid.words),
    "opposites": lambda laid, _: check_opposites(laid.words),
    "operators": lambda laid, _: check_operators(laid.words),
    "quotation": lambda laid, _: check_quotation(laid.words, laid.claim, laid.sentence),
    "speakers": _speakers,
    "roles": _by_ties(check_roles),
    "rivals": _by_ties(check_rivals),
    "denied": _by_ties(check_denied),
    "asserted": _by_ties(check_asserted),
}
