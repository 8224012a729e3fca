"""Numbers, dates and names of a claim, each held against what stands in its place in the sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.verification.align import Alignment, Gap, equal
from dateline.verification.bounds import allows
from dateline.verification.findings import Finding, contradiction
from dateline.verification.names import same_name
from dateline.verification.tokens import Kind, Token

_FACTS = ("number", "date", "name")
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_FIRST = 4  # words at the beginning of a sentence that may be a name
_WIDER, _ROOM = 2, 4  # of gaps: in one much longer than the claim's, nothing stands in anything's place


@dataclass(frozen=True, slots=True)
class Fact:
    """Neighbouring tokens of one kind: a number, a date, a name. `place` is the first one's."""

    kind: Kind
    tokens: tuple[Token, ...]
    place: int

    @property
    def sure(self) -> bool:
        """False for what only its capital makes a name: a sentence's first word, a small word."""
        return self.tokens[0].kind in _FACTS

    @property
    def end(self) -> int:
        """The place after the last token."""
        return self.place + len(self.tokens)

    def shown(self, text: str) -> str:
        """As the text has it."""
        return text[self.tokens[0].start : self.tokens[-1].end]


def check_facts(laid: Alignment, claim: str, sentence: str, around: Sequence[Token]) -> Iterator[Finding]:
    """A finding for each fact of the claim that the sentence does not carry.

    `around` are the tokens of the other sentences, which may carry what the sentence leaves open.
    """
    turned_round = _passive(laid.claim) != _passive(laid.sentence)  # "A beat B", "B was beaten by A"
    for gap in laid.gaps():
        theirs = list(_facts(laid.sentence, gap.j, gap.j_end))
        for fact in _facts(laid.claim, gap.i, gap.i_end):
            if _carried(fact, laid, gap) or not (fact.sure or gap.i or _alone(laid, gap)):
                continue
            if rival := next((other for other in theirs if _rivals(fact, other, gap)), None):
                if not (turned_round and _stands_in(rival, laid.claim)):
                    yield contradiction(rival.shown(sentence), fact.shown(claim), fact.tokens)
            elif fact.sure and not _stands_in(fact, laid.sentence):
                yield _not_there(fact.shown(claim), elsewhere=_stands_in(fact, around))


def _not_there(shown: str, *, elsewhere: bool) -> Finding:
    if elsewhere:
        return Finding("slight", f"“{shown}” stands in another sentence")
    return Finding("missing", f"“{shown}” does not stand in the sentences that come nearest")


def _facts(tokens: Sequence[Token], start: int, end: int) -> Iterator[Fact]:
    """The facts in tokens[start:end]: neighbours of one kind, but every number by itself."""
    place = start
    while place < end:
        kind, first = _kind(tokens[place]), place
        place += 1
        if kind not in _FACTS:
            continue
        while place < end and _kind(tokens[place]) == kind != "number" and not tokens[place].parted:
            place += 1
        yield Fact(kind, tuple(tokens[first:place]), first)


def _kind(token: Token) -> Kind:
    """As it is compared here: a word in capitals may be a name."""
    return "name" if token.capital and token.kind in ("word", "function") else token.kind


def _carried(fact: Fact, laid: Alignment, gap: Gap) -> bool:
    """Whether the gap on the other side says the same, in other words or another order."""
    if fact.kind == "number":
        return any(allows(laid.sentence, j, laid.claim, fact.place) for j in range(gap.j, gap.j_end))
    return _stands_in(fact, laid.sentence[gap.j : gap.j_end])


def _rivals(fact: Fact, other: Fact, gap: Gap) -> bool:
    """Whether one fact stands where the other would.

    It does where the gaps hold nothing else. Facts of one kind do, too, where the gaps are about as long, or
    both come first in them, or last.
    """
    begins = fact.place == gap.i and other.place == gap.j
    ends = fact.end == gap.i_end and other.end == gap.j_end
    if begins and ends:
        return True
    if fact.kind != other.kind:
        return False
    if fact.kind == "date":  # a year for a year, a month for a month
        return bool({_part(token) for token in fact.tokens} & {_part(token) for token in other.tokens})
    return begins or ends or gap.j_end - gap.j <= _WIDER * (gap.i_end - gap.i) + _ROOM


def _part(token: Token) -> str:
    return token.key.partition(" ")[0]


def _stands_in(fact: Fact, tokens: Sequence[Token]) -> bool:
    """Whether every token of the fact is among the tokens."""
    alike = same_name if fact.kind == "name" else equal
    return all(any(alike(mine, token) for token in tokens) for mine in fact.tokens)


def _passive(tokens: Sequence[Token]) -> bool:
    """Whether something is done "by" somebody, a form of "to be" before it."""
    words = [token.word for token in tokens]
    return any(word == "by" and _BE & {*words[max(0, place - 4) : place]} for place, word in enumerate(words))


def _alone(laid: Alignment, gap: Gap) -> bool:
    """Whether the gap is a few first words on both sides, after which both go on alike."""
    if gap.i or gap.j or max(gap.i_end, gap.j_end) > _FIRST or gap.i_end == len(laid.claim):
        return False
    return gap.j_end < len(laid.sentence) and laid.claim[gap.i_end].parted == laid.sentence[gap.j_end].parted
