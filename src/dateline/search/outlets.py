"""Outlets that a question names: "according to The Verge", "a BBC report"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.patterns import lazy

_REPORT = r"(?:article|report|story|piece|coverage|reporting|interview|dispatch)(?:e?s)?"
_REPORTED = r"(?:report(?:s|ed)?|wr(?:ites|ote|itten)|publish(?:es|ed)?|cover(?:s|ed)?|describ(?:es|ed))"
_LIST = (
    r"(?:both\s+)?\0+(?:(?:,|,?\s+and|,?\s+or)\s+\0+)*"  # outlets stand as zeros while cues are looked for
)
# What makes it clear that a report of the outlet is meant, and not the outlet as a subject of the news.
_CUES = (
    rf"\baccording\s+to\s+(?:an?\s+|another\s+|the\s+)?(?:{_REPORT}\s+(?:by|from|in)\s+)?{_LIST}",
    rf"\b(?:as\s+)?(?:{_REPORTED}|mentioned|noted|said)\s+(?:by|in|on)\s+{_LIST}",
    rf"\b{_REPORT}\s+(?:by|from|in|of|on)\s+{_LIST}",
    rf"{_LIST}(?:['’]s)?\s+{_REPORT}\b",
    rf"\b(?:did|does|do)\s+{_LIST}\s+(?:report|write|publish)\b",
    rf"{_LIST}\s+(?:has\s+|have\s+)?{_REPORTED}\b",
)
_CUE = lazy("|".join(_CUES), re.IGNORECASE)
_QUOTED = r"['\"‘“]?"
_SEPARATOR = lazy(r"\s+[|–—-]\s+|:\s")  # "CNBC | World Business News Leader"
_SUFFIX = lazy(r"(?:\.(?:com|org|net|co\.uk)|\s+(?:News|Online))$")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of the index, as a question names it."""

    source: str
    words: str  # of the question, from which it was read
    clear: bool  # a report of it is meant


def named(text: str, sources: Iterable[str]) -> tuple[Outlet, ...]:
    """The sources that a text names, in its order. Capitals count: "time" is not the magazine."""
    places: dict[int, tuple[int, str]] = {}
    for source in sources:
        for name in _names(source):
            for match in re.finditer(
                rf"{_QUOTED}(?<![\w-])(?:[Tt]he\s+)?{re.escape(name)}(?![\w-]|\.\w){_QUOTED}", text
            ):
                if match.end() > places.get(match.start(), (0, ""))[0]:
                    places[match.start()] = match.end(), source
    return tuple(_read(text, sorted((start, end, source) for start, (end, source) in places.items())))


def _read(text: str, places: Sequence[tuple[int, int, str]]) -> Iterator[Outlet]:
    masked = text
    for start, end, _ in places:
        masked = masked[:start] + "\0" * (end - start) + masked[end:]
    cues = [match.span() for match in _CUE.finditer(masked)]
    seen = set[str]()
    for start, end, source in places:
        cue = next(((a, b) for a, b in cues if a <= start and end <= b), None)
        first, last = cue or (start, end)
        if source not in seen:
            seen.add(source)
            yield Outlet(source, text[first:last].strip(), cue is not None)


def _names(source: str) -> set[str]:
    """How a source may be called: "The Verge" and "Verge", "BBC News" and "BBC"."""
    whole = (source, _SEPARATOR.split(source)[0])
    names = set(whole)
    for name in whole:
        short = _SUFFIX.sub("", name)
        if short.isupper() or "." in name:  # "Sky" of "Sky News" is a word like others
            names.add(short)
    return {name.removeprefix("The ") for name in names if len(name) > 1}
