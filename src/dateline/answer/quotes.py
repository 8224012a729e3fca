"""Where quoted words stand in an article.

Characters are compared in a form in which typography makes no difference: one kind of quotation mark and of
dash, one space for any white space, nothing invisible, compatibility forms decomposed (NFKD, character by
character). Letters are compared as they are, case included. Nothing is ever matched approximately.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.patterns import lazy
from dateline.types import Article, Citation, Hit

LEAST_WORDS = 3  # a quotation has so many words,
LEAST_CHARACTERS = 12  # or so many characters: less is found anywhere and proves nothing

_QUOTATION_MARKS = frozenset("\"'`´‘’‚‛“”„‟′″«»‹›＂＇「」『』〝〞")
_MINUS = "\u2212"
_UNSPACED = lazy(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = lazy(r"[^\W_]+")


def cite(number: int, hit: Hit, start: int, end: int) -> Citation:
    """The citation of `hit.article.text[start:end]`, with those copies of the article that say it too."""
    quote = hit.article.text[start:end]
    folded = _folded(quote).text
    also = tuple(copy for copy in hit.also if folded in _folded(copy.text).text)
    return Citation(number, hit.article, quote, start, end, also)


def find_quote(quote: str, article: Article, start: int, end: int) -> tuple[int, int] | None:
    """Offsets in `article.text` of the quoted words: inside [start, end) if they stand there, else anywhere.

    None for words that stand nowhere, begin or end inside a word or number, or are too few to prove anything.
    Punctuation around the quotation, which writers add, need not stand in the article.
    """
    for words in dict.fromkeys((quote.strip(), _bare(quote))):
        wanted = _folded(words).text.strip()
        if not _says_something(wanted):
            continue
        if span := _find(wanted, article.text, start, end) or _find(
            wanted, article.text, 0, len(article.text)
        ):
            return span
    return None


def _bare(quote: str) -> str:
    """The quotation from its first letter or digit to its last."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", quote)


def _says_something(folded: str) -> bool:
    words = _WORD.findall(folded)
    return len(words) >= LEAST_WORDS or (bool(words) and len(folded) >= LEAST_CHARACTERS)


def _find(wanted: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    folded = _folded(text[start:end])
    at = folded.text.find(wanted)
    while at >= 0:
        after = at + len(wanted)
        span = start + folded.origins[at], start + folded.origins[after - 1] + 1
        whole = not folded.splits_character(at) and not folded.splits_character(after)
        if whole and not _inside_word(text, span[0]) and not _inside_word(text, span[1]):
            return span
        at = folded.text.find(wanted, at + 1)
    return None


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text in the form that is compared. Its character i was made by the original's `origins[i]`."""

    text: str
    origins: array[int]

    def splits_character(self, place: int) -> bool:
        """True between two that one character was made of, as in the ligature of f and i."""
        if not 0 < place < len(self.text) or " " in self.text[place - 1 : place + 1]:
            return False
        return self.origins[place - 1] == self.origins[place]


def _folded(text: str) -> _Folded:
    characters: list[str] = []
    origins = array("q")
    for origin, character in enumerate(text):
        for one in _fold(character):
            if one in ' "-' and characters and characters[-1] == one:
                continue  # a run of spaces, quotation marks or dashes counts as one: '' is ", -- is —
            characters.append(one)
            origins.append(origin)
    return _Folded("".join(characters), origins)


def _fold(character: str) -> Iterator[str]:
    """What a character is compared as: none, one or several characters."""
    if character in _QUOTATION_MARKS:
        yield '"'
        return
    for one in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(one)
        if one.isspace():
            yield " "
        elif category == "Pd" or one == _MINUS:
            yield "-"
        elif category != "Cf":  # soft hyphens, joiners, marks of direction
            yield one


def _inside_word(text: str, place: int) -> bool:
    """True when the place between two characters is inside a word, a number or an accented letter."""
    before, after = text[place - 1 : place] if place else "", text[place : place + 1]
    if not before or not after:
        return False
    if not _is_letter(before):
        return before in ".," and after.isdigit() and text[place - 2 : place - 1].isdigit()
    if unicodedata.category(after).startswith("M"):
        return True
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False  # scripts without spaces: where a word ends can't be seen
    return after.isalnum() or (before.isdigit() and re.match(r"[.,]\d", text[place : place + 2]) is not None)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
