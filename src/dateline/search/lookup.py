"""The names of a question as the archive writes them: other spellings, given names, initials, slips.

A name that stands nowhere in the archive is looked up, not given up. What was read as what, is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dateline.index.snapshot import Snapshot
from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.text.names import given_forms, initials_of, long_form, spellings
from dateline.types import Filters

_WORD = lazy(r"[^\W\d_][\w’'-]*")
_CAPITALISED = lazy(r"(?<![\w’'-])[A-Z][\w’-]*")
_POSSESSIVE = lazy(r"['’]s?$")
_WORDS = frozenset(("who", "us", "it"))  # of initials such as "WHO": that the word stands there says nothing
_LEAST = 5  # letters of a name that may be misspelt in one
_LONG = 8  # letters of one that may be misspelt in two
_READ = 20  # articles that are read for a name that is spelt alike


@dataclass(frozen=True, slots=True)
class Reading:
    """A name of the question, and how the archive writes it."""

    asked: str
    read: str

    def __str__(self) -> str:
        return f"“{self.asked}” read as “{self.read}”."


def looked_up(snapshot: Snapshot, text: str) -> tuple[str, tuple[Reading, ...]]:
    """The question with its names as the archive writes them, and which were read otherwise than asked.

    A name is left as it is where the archive has it, or nothing that it could mean.
    """
    readings: list[Reading] = []
    for long, short in initials_of(text):
        if not _known(snapshot, long) and _known(snapshot, short):
            readings.append(Reading(long, short))
    for place, word in _names(text):
        if any(word in one.asked for one in readings):
            continue
        after = _WORD.match(text, place + len(word) + 1)
        if read := _reading(snapshot, word, after[0] if after else ""):
            readings.append(Reading(word, read))
    return reread(text, readings), tuple(readings)


def reread(text: str, readings: Iterable[Reading]) -> str:
    """A text with the names as the archive writes them."""
    for one in readings:
        text = re.sub(rf"(?<![\w’'-]){re.escape(one.asked)}(?![\w-])", one.read, text)
    return text


def _names(text: str) -> Iterator[tuple[int, str]]:
    """Each word with a capital and where it stands; the first word only before another one."""
    found = [(one.start(), _POSSESSIVE.sub("", one[0])) for one in _CAPITALISED.finditer(text)]
    for number, (place, word) in enumerate(found):
        first = not text[:place].strip(" “\"'(")
        follows = number + 1 < len(found) and found[number + 1][0] == place + len(word) + 1
        if len(word) > 1 and (not first or follows):
            yield place, word


def _reading(snapshot: Snapshot, word: str, after: str) -> str | None:
    """How the archive writes the name; None where as it was asked, or nowhere."""
    is_a_word = word.isupper() and word.casefold() in _WORDS
    if _known(snapshot, word) and not is_a_word:
        return _given(snapshot, word, after)
    for other in spellings(word):
        if _known(snapshot, other):
            return other
    if given := _given(snapshot, word, after):
        return given
    if (long := long_form(word)) and _known(snapshot, long):
        return long
    return None if is_a_word else _spelt_alike(snapshot, word)


def _given(snapshot: Snapshot, word: str, after: str) -> str | None:
    """Another form of a given name that stands beside the family name, where this one does not."""
    if not after[:1].isupper() or _beside(snapshot, word, after):
        return None
    return next((other for other in given_forms(word) if _beside(snapshot, other, after)), None)


def _beside(snapshot: Snapshot, given: str, family: str) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(given)}\.?(?: \w\.?)? {re.escape(family)}(?!\w)")
    keys = sorted(snapshot.holding([*terms(given), *terms(family)], _until(snapshot)))[:_READ]
    articles = snapshot.briefs(keys).values()
    return any(pattern.search(f"{one.title}\n{one.text}") for one in articles)


def _spelt_alike(snapshot: Snapshot, word: str) -> str | None:
    """The name of the archive that a misspelt one most likely means: it begins alike and is as long."""
    stems = terms(word)
    if len(word) < _LEAST or len(stems) != 1 or word.isupper():
        return None
    most = 2 if len(word) >= _LONG else 1
    keys = snapshot.alike(stems[0], most, _until(snapshot))[:_READ]
    best: dict[str, int] = {}
    for article in snapshot.briefs(keys).values():
        for other in _CAPITALISED.findall(f"{article.title}\n{article.text}"):
            other = _POSSESSIVE.sub("", other)
            distance = OSA.distance(word.casefold(), other.casefold(), score_cutoff=most)
            if 0 < distance <= most and other[0] == word[0]:
                best[other] = min(distance, best.get(other, distance))
    return min(best, key=lambda other: (best[other], other)) if best else None


def _known(snapshot: Snapshot, name: str) -> bool:
    return all(snapshot.words.holds(term) for term in terms(name) if len(term) > 1)


def _until(snapshot: Snapshot) -> Filters:
    return Filters(until=snapshot.day) if snapshot.day else Filters()
