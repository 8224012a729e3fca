"""Article → Signature: some 120 integers by which its copies and rewrites are found and known."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

from mmh3 import hash64

from dateline.types import Article

SHINGLE = 3  # words in a row: longer ones die with every changed word, shorter ones are anybody's
SKETCH = 64  # shingles kept: containment is estimated within about .08
NAMES = 60  # names kept, the first ones: who, where and how many stand at the head of a report

_WORD = re.compile(r"\w+")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")  # of initials and of lists
_NAME_SEED = 1  # a name is never taken for a shingle
_COUNTS = struct.Struct("<HH")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of an article's words. All keys are signed 64-bit integers, as SQLite stores them."""

    shingles: tuple[int, ...]  # the SKETCH lowest hashes of its runs of words, ascending: a bottom-k MinHash
    names: tuple[int, ...]  # hashes of its first NAMES names and numbers, in order

    @property
    def keys(self) -> tuple[int, ...]:
        """Under which the article is looked up: two that have none in common are not compared."""
        return self.shingles + self.names

    def to_bytes(self) -> bytes:
        """At most 1 kB; `from_bytes` reads it on any machine."""
        counts = _COUNTS.pack(len(self.shingles), len(self.names))
        return counts + struct.pack(f"<{len(self.keys)}q", *self.keys)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Signature:
        """The signature that `to_bytes` stored."""
        shingles, names = _COUNTS.unpack_from(stored)
        keys = struct.unpack_from(f"<{shingles + names}q", stored, _COUNTS.size)
        return cls(keys[:shingles], keys[shingles:])


def signature(article: Article) -> Signature:
    """The signature of an article's text; of its headline only the names, since copies change it.

    The lowest hashes of two texts are a sample of what both hold (Broder 1997), also when one is much
    shorter: see `likeness.overlap`.
    """
    words = _WORD.findall(article.text)
    return Signature(_sketch(words), _names(_WORD.findall(article.title) + words))


def _sketch(words: list[str]) -> tuple[int, ...]:
    folded = [_bytes(word) for word in words]
    runs = zip(*(folded[start:] for start in range(SHINGLE)), strict=False)
    return tuple(nsmallest(SKETCH, {hash64(b" ".join(run))[0] for run in runs}))


def _names(words: list[str]) -> tuple[int, ...]:
    """Numbers, and words with a capital that the text never writes without one."""
    plain = {word for word in words if word[0].islower()}
    capital = [word.casefold() for word in words if word[0].isupper() or word[0].isdigit()]
    names = (name for name in dict.fromkeys(capital) if name not in plain and name not in _LETTERS)
    return tuple(hash64(_bytes(name), _NAME_SEED)[0] for name in islice(names, NAMES))


def _bytes(word: str) -> bytes:
    return word.casefold().encode("utf-8", "surrogatepass")
