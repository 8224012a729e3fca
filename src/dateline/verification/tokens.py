"""A sentence as tokens that compare: words by stem, numbers by value and unit, dates by calendar, names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dateline.verification.dates import named_date, numbered_date
from dateline.verification.irregular import BASE
from dateline.verification.numbers import Quantity, Raw, read_quantity

Kind = Literal["word", "function", "number", "date", "name"]

# One character for one, so that offsets hold.
_PLAIN = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
_RAW = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d{1,3}(?:, ?\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?"  # 1,200; in some texts 1, 200
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\S"
)
_SEPARATES = frozenset('.,;:!?()[]"')
_ENDINGS = re.compile(r"(.+?)(n't|'ll|'re|'ve|'m|'s|'d|')")
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}
_IRREGULAR = {
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "cannot": ("can", "not"),
}
_FUNCTION = frozenset(
    "a an the this that these those it its he him his she her hers they them their theirs we us our i me my "
    "you your who whom whose which what when where how there here one of in on at to for from by with about "
    "into onto over under after before during between among through against around as than and or but so yet "
    "if while because although though since until is are was were be been being am has have had having do "
    "does did done will would shall should can could may might must not no nor s also just very too then now "
    "up out off down all some any each such more most less least fewer fewest own same other both upon "
    "within per via say says said".split()
)
_HEADLINE = 0.6  # of the words in capitals, and no full stop: then a capital says nothing
_ENDS = (".", "!", "?", '"', "”", "'", "’")
_INITIALS = 6  # letters of an abbreviation, at most


@dataclass(frozen=True, slots=True)
class Token:
    """One unit of comparison. `start` and `end` are characters of the sentence."""

    key: str  # equal keys say the same
    word: str  # in lower case, as written
    kind: Kind
    start: int
    end: int
    parted: bool = False  # punctuation stands before it
    capital: bool = False
    initials: bool = False  # "U.N.", "NATO"
    quantity: Quantity | None = None

    @property
    def content(self) -> bool:
        """Whether it says something by itself."""
        return self.kind != "function"


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of one sentence, in order. Capitals are names, but for a headline's and the first word's."""
    raw = [(match[0], match.start(), match.end()) for match in _RAW.finditer(text.translate(_PLAIN))]
    found = list(_read(raw))
    words = [token for token in found if token.kind in ("word", "function")]
    if not text.rstrip().endswith(_ENDS) and sum(token.capital for token in words) > _HEADLINE * len(words):
        return tuple(replace(token, capital=False) for token in found)
    first = next((place for place, token in enumerate(found) if token.kind != "number"), 0)
    return tuple(_first(token) if place == first else _named(token) for place, token in enumerate(found))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """The stem of the word, or of the base of an irregular form, as the word index has it."""
    from dateline.index.words import terms

    base = BASE.get(word, word)
    return "".join(terms(base)) or base


def _named(token: Token) -> Token:
    return replace(token, kind="name") if token.capital and token.kind == "word" else token


def _first(token: Token) -> Token:
    """A first word's capital may be the sentence's: it stays a word, and a small one loses it."""
    return replace(token, capital=False) if token.kind == "function" else token


def _read(raw: Raw) -> Iterator[Token]:
    place, parted = 0, False
    while place < len(raw):
        text, start, end = raw[place]
        if quantity := read_quantity(raw, place):
            yield _number(raw, place, quantity, parted)
            place, parted = quantity.stop, False
            continue
        if text[0].isalpha():
            key = named_date(text.casefold(), raw, place)
            for token in _words(text, start, end, parted):
                yield replace(token, key=key, kind="date", capital=False) if key else token
            parted = False
        else:
            parted = parted or text in _SEPARATES or (text == "-" and _stands_free(raw, place))
        place += 1


def _number(raw: Raw, place: int, quantity: Quantity, parted: bool) -> Token:
    word = "".join(text for text, _, _ in raw[place : quantity.stop]).casefold()
    token = Token(
        quantity.key, word, "number", raw[place][1], raw[quantity.stop - 1][2], parted, quantity=quantity
    )
    date = numbered_date(word, raw, place, quantity.stop) if quantity.unit in ("", "ordinal") else None
    return replace(token, key=date, kind="date") if date else token


def _words(text: str, start: int, end: int, parted: bool) -> Iterator[Token]:
    """The word, without a possessive; two, where one was contracted."""
    lower = text.casefold()
    initials = 1 < len(text.replace(".", "")) <= _INITIALS and text.isupper()
    if "." in text:
        letters = lower.replace(".", "")  # "U.S." is not "us"
        key = lower.rstrip(".") if letters in _FUNCTION else stem(letters)
        yield Token(key, lower, "word", start, end, parted, text[0].isupper(), initials=True)
        return
    for part in _parts(lower):
        kind: Kind = "function" if part in _FUNCTION else "word"
        key = stem(part) if kind == "word" else part
        if kind == "function" and initials:
            kind, key = "word", ".".join(part)  # "US" is "U.S."
        yield Token(key, part, kind, start, end, parted, text[0].isupper() and part != "not", initials)
        parted = False


def _parts(word: str) -> tuple[str, ...]:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    match = _ENDINGS.fullmatch(word)
    if match is None:
        return (word,)
    return (match[1], _CONTRACTIONS[match[2]]) if match[2] in _CONTRACTIONS else (match[1],)


def _stands_free(raw: Raw, place: int) -> bool:
    """Whether a dash stands beside a space, or is doubled, rather than inside a word."""
    before = place == 0 or raw[place - 1][2] < raw[place][1] or raw[place - 1][0] == "-"
    return before or place + 1 == len(raw) or raw[place][2] < raw[place + 1][1] or raw[place + 1][0] == "-"
