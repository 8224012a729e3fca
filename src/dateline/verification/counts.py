"""What a number counts: "12 people" are not "12 companies"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dateline.verification.align import Alignment
from dateline.verification.findings import Finding, contradiction
from dateline.verification.tokens import Token, stem


def check_counts(laid: Alignment, claim: str, sentence: str) -> Iterator[Finding]:
    """A finding for each number that both give, of different things."""
    mine, theirs = {i for i, _ in laid.pairs}, {j for _, j in laid.pairs}
    in_claim, in_sentence = ({token.key for token in one} for one in (laid.claim, laid.sentence))
    for i, j in laid.pairs:
        if laid.claim[i].kind != "number":
            continue
        counted, there = _counted(laid.claim, i, mine), _counted(laid.sentence, j, theirs)
        if counted is None or there is None or _name(counted) == _name(there):
            continue
        if counted.kind == there.kind == "word":
            result = i > 0 and laid.claim[i - 1].kind == "number"  # "a 2-0 win" is a "2-0 victory"
            if result or counted.key in in_sentence or there.key in in_claim:
                continue
        said, claimed = sentence[laid.sentence[j].start : there.end], claim[laid.claim[i].start : counted.end]
        yield contradiction(said, claimed, [counted])


def _name(counted: Token) -> str:
    return stem(counted.quantity.unit) if counted.quantity else counted.key


def _counted(tokens: Sequence[Token], place: int, matched: Collection[int]) -> Token | None:
    """The number itself, where it has a unit; or the word after it, where that stands on this side alone."""
    number = tokens[place]
    if number.quantity and number.quantity.unit:
        return number
    if place + 1 == len(tokens) or place + 1 in matched or tokens[place + 1].parted:
        return None
    return tokens[place + 1] if tokens[place + 1].kind == "word" else None
