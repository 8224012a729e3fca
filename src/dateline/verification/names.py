"""When two names are one: by case, adjective or initials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.verification.tokens import Token

_ADJECTIVES = ("n", "an", "ian", "i", "ese", "ish", "s")  # Russia, Russian; Israel, Israeli
_SMALL_WORDS = frozenset(("of", "the", "and", "for", "on", "in"))
_LONGEST = 8  # words of a name that has initials

Initials = Mapping[str, str]  # letters in lower case → the key of the abbreviation: "un" of U.N. and UN


def same_name(one: Token, other: Token) -> bool:
    """Whether two single words name the same."""
    if one.key == other.key or one.word == other.word:
        return True
    shorter, longer = sorted((one.word, other.word), key=len)
    return len(shorter) > 3 and any(longer == shorter + ending for ending in _ADJECTIVES)


def initials(tokens: Iterable[Token]) -> Initials:
    """The abbreviations among the tokens."""
    letters = ((token.word.replace(".", ""), token.key) for token in tokens if token.initials)
    return {word: key for word, key in letters if len(word) > 1}


def abbreviated(tokens: Sequence[Token], known: Initials) -> tuple[Token, ...]:
    """The tokens, with one in place of each name that is spelled out and whose initials are known."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        end, key = _spelled_out(tokens, place, known)
        if key is None:
            found.append(tokens[place])
        else:
            found.append(replace(tokens[place], key=key, kind="name", end=tokens[end - 1].end))
        place = end
    return tuple(found)


def _spelled_out(tokens: Sequence[Token], start: int, known: Initials) -> tuple[int, str | None]:
    """Where the longest such name that begins at a token ends, and its key; else the next token and None."""
    best: tuple[int, str | None] = (start + 1, None)
    letters = with_small = ""  # UN, DOJ
    for place in range(start, min(len(tokens), start + _LONGEST)):
        token = tokens[place]
        if place > start and token.parted:
            break
        if token.capital and not token.initials:
            letters, with_small = letters + token.word[0], with_small + token.word[0]
            if len(letters) > 1 and (key := known.get(letters) or known.get(with_small)):
                best = place + 1, key
        elif place > start and token.word in _SMALL_WORDS:
            with_small += token.word[0]
        else:
            break
    return best
