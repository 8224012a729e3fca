"""Who does it to whom, and what is said of what: other people, or other things, in the same places."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dateline.text import Tie
from dateline.verification.findings import Finding, contradiction
from dateline.verification.structure import Beside, Side, crossed

_SAME_DEED, _SAME_ONE, _PERHAPS = 0.6, 0.9, 0.75
_STANDS, _NOTHING_LIKE = 0.5, 0.35
_PARTICIPANTS = ("NOUN", "PROPN", "PRON")
_FILLERS = ("NOUN", "PROPN")


def check_roles(one: Beside) -> Iterator[Finding]:
    """A finding where two have changed places: who does it and who suffers it, what rises against what."""
    words = one.claim.parsed.words
    for tie, carried in zip(one.claim.ties, one.carried, strict=True):
        if words[tie.of].pos not in _PARTICIPANTS or carried >= _SAME_DEED:
            continue
        for other in one.sentence.ties:
            if one.same(tie.head, other.head) < _SAME_DEED:
                continue
            same_place, same_one = _place(tie) == _place(other), one.same(tie.of, other.of) >= _SAME_ONE
            if (same_place and not same_one and _exchanged(one, tie, other)) or (
                same_one and crossed(tie, other) and _by_another(one, tie, other)
            ):
                said, claimed = _shown(one.sentence, other), _shown(one.claim, tie)
                keys = (one.claim.key_of(tie.head), one.claim.key_of(tie.of))
                yield Finding(
                    "against",
                    f"the article says “{said}”, the claim “{claimed}”",
                    frozenset(key for key in keys if key),
                )
                return


def check_rivals(one: Beside) -> Iterator[Finding]:
    """A finding for each noun of the claim in whose place, tied to the same, the sentence has another."""
    words, theirs = one.claim.parsed.words, one.sentence.parsed.words
    for tie, carried in zip(one.claim.ties, one.carried, strict=True):
        if words[tie.of].pos not in _FILLERS or carried >= _NOTHING_LIKE:
            continue
        if any(one.same(tie.of, there) >= _STANDS for there in range(len(theirs))):
            continue
        for other in one.sentence.ties:
            if (
                _place(tie) == _place(other)
                and theirs[other.of].pos == words[tie.of].pos
                and one.same(tie.head, other.head) >= _SAME_DEED
                and all(one.same(mine, other.of) < _NOTHING_LIKE for mine in range(len(words)))
            ):
                place = one.claim.token[tie.of]
                tokens = [] if place is None else [one.claim.tokens[place]]
                yield contradiction(f"“{theirs[other.of].text}”", f"“{words[tie.of].text}”", tokens)
                break


def turned_round(one: Beside, keys: Collection[str]) -> bool:
    """Whether the sentence has these words of the claim in the same role, put in the other voice."""
    words, theirs = one.claim.parsed.words, one.sentence.parsed.words
    if not keys or not set(keys) <= {token.key for token in one.sentence.tokens}:
        return False
    return any(
        tie.role == other.role != "other"
        and one.claim.key_of(tie.of) in keys
        and words[tie.of].dep != theirs[other.of].dep
        and one.same(tie.head, other.head) >= _SAME_DEED
        and one.same(tie.of, other.of) >= _SAME_ONE
        for tie in one.claim.ties
        for other in one.sentence.ties
    )


def _exchanged(one: Beside, tie: Tie, other: Tie) -> bool:
    """Whether what the sentence has in this place stands in the claim in another, and ours stands there."""
    for second in one.claim.ties:
        if second.of == tie.of or one.same(second.of, other.of) < _SAME_ONE:
            continue
        for fourth in one.sentence.ties:
            if (
                fourth.of != other.of
                and _place(second) == _place(fourth)
                and one.same(second.head, fourth.head) >= _SAME_DEED
                and one.same(tie.of, fourth.of) >= _PERHAPS
            ):
                return True
    return False


def _by_another(one: Beside, tie: Tie, other: Tie) -> bool:
    """Whether both sides name who does it and to whom, and one who does it in the claim suffers it."""
    if any(
        one.sentence.parsed.words[below].text.casefold() in ("a", "an")
        for below in one.sentence.parsed.children(other.of)
    ):
        return False  # "a man" may be another one
    here, there = _in_place(one.sentence, other.head, tie), _in_place(one.claim, tie.head, other)
    theirs = one.sentence.parsed.words
    return bool(there) and any(
        theirs[a.of].pos in ("NOUN", "PROPN") and one.same(tie.of, a.of) < _NOTHING_LIKE for a in here
    )


def _in_place(side: Side, head: int, like: Tie) -> list[Tie]:
    return [tie for tie in side.ties if tie.head == head and _place(tie) == _place(like)]


def _place(tie: Tie) -> tuple[str, str]:
    return tie.role, tie.slot


def _shown(side: Side, tie: Tie) -> str:
    """From the first of the two words to the last, as it stands."""
    words = [side.parsed.words[place] for place in (tie.head, tie.of)]
    return side.parsed.text[min(word.start for word in words) : max(word.end for word in words)]
