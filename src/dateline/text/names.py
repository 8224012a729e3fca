"""Other forms of a name: given names in short, exonyms and transliterations, what initials stand for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dateline.text.english import rows


def given_forms(word: str) -> tuple[str, ...]:
    """What a person of this given name may also be called: "William" → "Bill", "Wm", …"""
    return _others("given_names", word)


def spellings(word: str) -> tuple[str, ...]:
    """How else news spells a place or a family name: "Kiev" → "Kyiv", …"""
    return _others("exonyms", word)


def long_form(initials: str) -> str | None:
    """What initials stand for: "WHO" → "World Health Organization"; None where the table has none."""
    return _long_forms().get(initials)


def initials_of(text: str) -> tuple[tuple[str, str], ...]:
    """Long forms that stand in a text, each with its initials, the longest first."""
    found = [(long, short) for short, long in _long_forms().items() if long in text]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _others(table: str, word: str) -> tuple[str, ...]:
    found = dict.fromkeys(other for row in _rows_of(table).get(word.casefold(), ()) for other in row)
    return tuple(other for other in found if other.casefold() != word.casefold())


@cache
def _rows_of(table: str) -> dict[str, list[tuple[str, ...]]]:
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(table):
        for word in _folded(row):
            by_word.setdefault(word, []).append(row)
    return by_word


def _folded(row: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(word.casefold() for word in row)


@cache
def _long_forms() -> dict[str, str]:
    return {row[0]: " ".join(row[1:]) for row in rows("initials")}
