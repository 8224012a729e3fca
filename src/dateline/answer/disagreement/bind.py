"""Whether a value in a sentence belongs to what the question says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from dateline.verification.tokens import Token

_NEAR = 8  # tokens from a value to the word that it is bound to
_BREAKS = frozenset("and or but while whereas although though because before until if than to".split())


def bound_to(
    keys: Collection[str], held: Sequence[Token], place: int, rival: Callable[[Token], bool]
) -> bool:
    """Whether one of the keys stands near the token, with no rival and no new clause between the two."""
    return any(
        _reaches(keys, side, rival)
        for side in (held[place + 1 : place + 1 + _NEAR], held[max(0, place - _NEAR) : place][::-1])
    )


def _reaches(keys: Collection[str], side: Sequence[Token], rival: Callable[[Token], bool]) -> bool:
    for token in side:
        if token.key in keys:
            return True
        if rival(token) or token.word in _BREAKS:
            return False
    return False
