"""Two sentences that read alike but for one thing: what each has in the other's place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from dateline.answer.disagreement.asked import Asked
from dateline.answer.disagreement.dated import stretch
from dateline.answer.disagreement.numbers import partial
from dateline.answer.disagreement.told import Found, Heard, Told, spans, telling
from dateline.answer.disagreement.values import Name, Number, Outcome
from dateline.verification.align import Alignment, Gap, align
from dateline.verification.operators import check_operators
from dateline.verification.opposites import opposite
from dateline.verification.tokens import Token

_FIRST = 10  # sentences that are laid beside each other,
_LONGEST = 60  # and tokens of one
_ALIKE = 0.4  # of their common words (Jaccard), before they are laid beside each other
_SHARED = 0.75  # of the content of the shorter, beside what differs, that both have in one order
_LEAST = 3  # content words that both have


def pairs(asked: Asked, near: Sequence[Heard]) -> Iterator[tuple[Told, Told]]:
    """Pairs that differ in one thing of the kind that is asked for, the likeliest to answer first."""
    short = [heard for heard in near if len(heard.tokens) <= _LONGEST]
    for one, two in combinations(short[:_FIRST], 2):
        mine, theirs = one.sentence.stems, two.sentence.stems
        if len(mine & theirs) < _ALIKE * len(mine | theirs):
            continue
        laid = align(one.tokens, two.tokens)
        gap = _only_gap(laid)
        if gap is None or any(finding.weight == "turned" for finding in check_operators(laid)):
            continue
        if found := _rivals(asked, (one, two), laid, gap):
            yield telling(one, *found[0], asked.keys), telling(two, *found[1], asked.keys)


def _only_gap(laid: Alignment) -> Gap | None:
    """The one stretch in which both have something of their own; None where there are others, or too much."""
    both = [
        gap
        for gap in laid.gaps()
        if _content(laid.claim[gap.i : gap.i_end]) and _content(laid.sentence[gap.j : gap.j_end])
    ]
    shared = _content([laid.claim[i] for i, _ in laid.pairs])
    if len(both) != 1 or shared < _LEAST:
        return None
    (gap,) = both
    mine = _content(laid.claim) - _content(laid.claim[gap.i : gap.i_end])
    theirs = _content(laid.sentence) - _content(laid.sentence[gap.j : gap.j_end])
    return gap if shared >= _SHARED * min(mine, theirs) else None


def _content(held: Sequence[Token]) -> int:
    return sum(token.content for token in held)


def _rivals(asked: Asked, pair: tuple[Heard, Heard], laid: Alignment, gap: Gap) -> tuple[Found, Found] | None:
    """What each has in the gap: two numbers, days, names, or words that say the contrary."""
    one, two = _fact(asked, pair[0], gap.i, gap.i_end), _fact(asked, pair[1], gap.j, gap.j_end)
    if one and two and one[0].slot == two[0].slot:
        return one, two
    if asked.wanted not in ("anything", "yes or no"):
        return None
    for mine in laid.claim[gap.i : gap.i_end]:
        for theirs in laid.sentence[gap.j : gap.j_end]:
            if mine.kind == theirs.kind == "word" and opposite(mine.word, theirs.word):
                return _outcome(mine), _outcome(theirs)
    return None


def _outcome(token: Token) -> Found:
    return Outcome("frame", token.word), (token.start, token.end)


def _fact(asked: Asked, heard: Heard, start: int, end: int) -> Found | None:
    """The one number, day or name of the stretch, if of the kind asked for and nothing else is there."""
    inside = [place for place in range(start, end) if heard.tokens[place].content]
    held = [heard.tokens[place] for place in inside]
    kinds, span = {token.kind for token in held}, (held[0].start, held[-1].end)
    if len(kinds) != 1 or any(token.key in asked.keys for token in held):
        return None
    if kinds == {"number"} and asked.wanted in ("number", "anything"):
        if len(held) > 1 or held[0].quantity is None or partial(heard.tokens, inside[0]):
            return None
        bounded = tuple(heard.tokens[max(0, inside[0] - 3) : inside[0] + 1])
        return Number(f"frame {held[0].quantity.unit}", bounded), span
    if kinds == {"date"} and asked.wanted in ("time", "anything"):
        days = (
            stretch(asked, heard.sentence, one)
            for one in spans(heard.sentence)
            if one.start <= span[0] < one.end
        )
        return next((found for found in days if found), None)
    if kinds == {"name"} and asked.wanted in ("person", "place", "anything"):
        return Name("frame name", tuple(held)), span
    return None
