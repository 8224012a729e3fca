"""Numbers spelled out: "twenty-first", "nineteen seventy eight", "the two thousand and tens"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.dates.tokens import Token

_TENS = range(20, 100, 10)


def read_numbers(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with each number in words as one: "spelled" up to 99, "year", "decade" or "big"."""
    if not any(token.kind == "number_word" for token in tokens):
        return list(tokens)
    read: list[Token] = []
    position = 0
    while position < len(tokens):
        length = _length(tokens, position)
        run = tokens[position : position + length]
        read.append(_number(run) if length else tokens[position])
        position += max(1, length)
    return read


def _length(tokens: Sequence[Token], start: int) -> int:
    """How many tokens from `start` on make one number."""
    end = start
    while end < len(tokens) and tokens[end].kind == "number_word":
        end += 1
        joined = end < len(tokens) and tokens[end].kind in ("and", "tight") and end + 1 < len(tokens)
        if not joined:
            continue
        big = tokens[end - 1].value in (100, 1000)
        follows = tokens[end + 1]
        if tokens[end].kind == "and" and not big:
            break
        if follows.kind == "number_word" or (follows.kind in ("ordinal", "decade_word") and end > start):
            end += 1
    if end > start and end < len(tokens) and tokens[end].kind in ("ordinal", "decade_word"):
        value = tokens[end].value
        if tokens[end].kind == "decade_word" or (isinstance(value, int) and value < 10):
            end += 1
    return end - start


def _number(run: Sequence[Token]) -> Token:
    values = [token.value for token in run if isinstance(token.value, int)]
    last = run[-1].kind
    number = _value(values)
    if last == "decade_word":
        kind = "decade"
    elif last == "ordinal":
        kind = "ordinal"
    elif number >= 1000:
        kind = "year" if number < 2200 else "big"
    else:
        kind = "spelled" if number < 100 else "big"
    return Token(kind, number, run[0].start, run[-1].end)


def _value(values: Sequence[int]) -> int:
    """Hundreds multiply; else the tens are groups: 19, 78 are 1978."""
    if 100 in values or 1000 in values:
        total = group = 0
        for value in values:
            if value == 1000:
                total, group = (group or 1) * 1000, 0
            elif value == 100:
                group = (group or 1) * 100
            else:
                group += value
        return total + group
    groups: list[int] = []
    for value in values:
        if groups and ((groups[-1] in _TENS and value < 10) or groups[-1] == 0):
            groups[-1] += value
        else:
            groups.append(value)
    return groups[0] * 100 + groups[1] if len(groups) == 2 and 10 <= groups[0] < 22 else groups[-1]
