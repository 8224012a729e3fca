"""Whether a sentence says yes or no to a question that asks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.answer.disagreement.asked import Asked
from dateline.answer.disagreement.told import Found
from dateline.answer.disagreement.values import Outcome
from dateline.verification.opposites import opposite
from dateline.verification.tokens import Token, tokens

_DENYING = frozenset(
    "not no never none nobody nothing neither nor without unable deny denies denied fail fails failed "
    "refuse refuses refused decline declines declined".split()
)
_OPEN = frozenset(
    "may might could should if unless whether possibly perhaps alleged allegedly reportedly "
    "will would expected likely unlikely only once previously formerly almost believed thought plan plans "
    "planned".split()
)
_CUTS = frozenset("and but who which while because although though that before after until".split())
_FAR = 3  # words between those of the question, for each of them
_BEFORE = 3  # words before the first of the question in which a "not" denies it


def outcomes(asked: Asked, held: Sequence[Token]) -> Iterator[Found]:
    """Yes or no, where the sentence says all that is asked, or denies it, or says the contrary of a word."""
    words = {token.key: token.word for token in tokens(asked.question.text)}
    missing = asked.keys - {token.key for token in held}
    contrary = [n for n, token in enumerate(held) if any(opposite(words[key], token.word) for key in missing)]
    if not asked.events or len(missing) > bool(contrary) or any(token.word in _OPEN for token in held):
        return
    places = sorted([n for n, token in enumerate(held) if token.key in asked.keys] + contrary[:1])
    begin, end = places[0], places[-1]
    if end - begin > _FAR * len(asked.keys) or any(token.word in _CUTS for token in held[begin:end]):
        return
    first = next(n for n in places if held[n].key in asked.events or n in contrary)
    denials = sum(token.word in _DENYING for token in held[max(0, first - _BEFORE) : end])
    said_no = (denials + bool(contrary)) % 2
    yield Outcome("yes or no", "no" if said_no else "yes"), (held[begin].start, held[end].end)
