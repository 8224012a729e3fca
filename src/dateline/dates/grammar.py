"""The grammar's engine: rules that read neighbouring tokens as one, level after level.

A pattern is written in kinds of tokens, with `?`, `*`, `|` and brackets as in regular expressions:
`"month:any_month the? day:figure"`. What stands before a colon is the parameter of the rule's function that
takes the token's value. `{a|b}` at the start or end must stand there without being part of it; `{!a|b}`
must not. The function returns what was read, or None where that is nothing: then the next rule is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.dates.days import Stretch
from dateline.dates.times import Floating, Setting
from dateline.dates.tokens import Token
from dateline.dates.words import SIGNS, VALUES
from dateline.patterns import lazy

_FIGURES = """
    ordinal_figure decade date vague slashed fraction small big year short_year clock hours spelled holiday
    weak_month faint_month weak_season x X dot comma tight spaced money closing other possessive
"""
_READ = "span a_year yearday yearpart floating amount clock_amount number set"
# One character for each kind of token: rules are regular expressions over them.
_CODES = {
    kind: chr(0x4E00 + n) for n, kind in enumerate([*SIGNS, *VALUES, *_FIGURES.split(), *_READ.split()])
}
_GROUPS = {
    "any_month": "month weak_month",
    "figure": "small ordinal_figure",
    "day": "small ordinal_figure ordinal spelled",
    "nth": "ordinal ordinal_figure",
    "count": "small big spelled number year",
    "any_unit": "unit units",
    "any_weekday": "weekday short_weekday",
    "a_day": "date yearday floating",
    "a_part": "yearday yearpart",
    "in_year": "year a_year",
    "when": "date span a_year yearday yearpart floating",
    "till": "to until through tight spaced",
    "dash": "tight spaced",
}
# No rule begins so.
_NEVER_FIRST = "".join(_CODES[kind] for kind in ("x", "X", "comma", "dot", "spaced", "closing", "other"))
_NAME = lazy(r"(?:([a-z_]+):)?([a-zA-Z_]+)|[{}!?*|()]")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, what reads it, and the kind of token that comes out, where the value doesn't say."""

    pattern: str
    build: Callable[..., object]
    kind: str | None = None


class Level:
    """Rules that are tried together: the first that fits at the leftmost place, until none fits."""

    def __init__(self, *rules: Rule) -> None:
        compiled = [_compile(rule.pattern) for rule in rules]
        together = "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in compiled)
        self._any = lazy(f"(?![{_NEVER_FIRST}])(?:{together})")
        self._rules = [(lazy(pattern), rule) for rule, pattern in zip(rules, compiled, strict=True)]

    def read(self, tokens: list[Token], codes: str, setting: Setting) -> str:
        """Rewrites the tokens in place; returns their codes."""
        position = 0
        while found := self._any.search(codes, position):
            position = found.start()
            for pattern, rule in self._rules:
                match = pattern.match(codes, position)
                token = match and _token(match, rule, tokens, setting)
                if match and token:
                    tokens[match.start() : match.end()] = [token]
                    codes = codes[: match.start()] + _CODES[token.kind] + codes[match.end() :]
                    position = max(0, position - _BACK)
                    break
            else:
                position += 1
        return codes


_BACK = 8  # tokens before one just read that may belong to it


def read(tokens: list[Token], levels: Sequence[Level], setting: Setting) -> None:
    """Rewrites the tokens of a sentence, level after level."""
    codes = "".join([_CODES[token.kind] for token in tokens])
    for level in levels:
        codes = level.read(tokens, codes, setting)


def _token(match: re.Match[str], rule: Rule, tokens: Sequence[Token], setting: Setting) -> Token | None:
    values = {
        name: tokens[match.start(group)].value
        for name, group in match.re.groupindex.items()
        if match.start(group) >= 0
    }
    try:
        value = rule.build(setting, **values)
    except (ValueError, OverflowError):  # a day that the calendar doesn't have
        return None
    if value is None:
        return None
    return Token(rule.kind or _kind(value), value, tokens[match.start()].start, tokens[match.end() - 1].end)


def _kind(value: object) -> str:
    if isinstance(value, Floating):
        return "floating" if value.in_year is None else "yearday" if value.is_day else "yearpart"
    if isinstance(value, Mapping):
        return "amount"
    assert isinstance(value, Stretch)
    if value.reason:
        return "vague"
    return {"day": "date", "time": "date", "year": "a_year"}.get(value.grain, "span")


def _compile(pattern: str) -> str:
    """The pattern as a regular expression over codes."""
    written, begun, around = "", False, False
    for found in _NAME.finditer(pattern):
        parameter, name, sign = found[1], found[2], found[0]
        if name:
            codes = "".join(_CODES[kind] for kind in _GROUPS.get(name, name).split())
            written += codes if around else f"(?P<{parameter}>[{codes}])" if parameter else f"[{codes}]"
            begun = True
        elif sign == "{":
            around, written = True, written + ("(?=[" if begun else "(?<=[")
        elif around:
            written += {"!": "", "|": "", "}": "])"}[sign]
            written = re.sub(r"=\[$", "![", written) if sign == "!" else written
            around = sign != "}"
        else:
            written += "(?:" if sign == "(" else sign
    return written
