"""Where sentences begin and end."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.patterns import lazy

Span = tuple[int, int]

# Abbreviations that news never ends a sentence with, beyond those that sentencex knows.
_OPEN_ABBREVIATION = lazy(
    r"(?:^|[\s(“\"'])(?:Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Col|Capt|Sgt|Maj|Adm|Sen|Rep|Gov|Rev|Hon|Pres|Messrs|"
    r"Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|approx|ca|vs|Nos?|pp?)\.$"
)

_INITIAL = lazy(r"(?:^|[^\w.])(?:[A-Z]\. ?)*[A-Z]\.$")
_NEXT_INITIAL = lazy(r" ?[A-Z]\.")  # "(U.S.", the bracket still open
_CLOCK = lazy(r"\d [ap]\.m\.$")
_ZONE = lazy(r" (?:[ECMP][SD]?T|GMT|UTC|BST|CET|AEST|AEDT|JST)\b")


def sentences(text: str, *, start: int = 0) -> Iterator[Span]:
    """The sentences of `text` from `start` on, as half-open character spans without surrounding space.

    A line break always ends a sentence. Together the spans hold every character of the text after
    `start` that is not white space.
    """
    position = start
    for line in text[start:].split("\n"):
        yield from _of_line(line, position)
        position += len(line) + 1


def _of_line(line: str, offset: int) -> Iterator[Span]:
    from sentencex import get_sentence_boundaries

    if not line.strip():
        return
    begin = 0  # of the sentence being gathered; a boundary that is none leaves it standing
    readable = line.encode(errors="replace").decode()  # half of a surrogate pair can't be read; as long
    for boundary in get_sentence_boundaries("en", readable):
        end = int(boundary["end_index"])
        if end < len(line) and _runs_on(line[begin:end], line[end:]):
            continue
        if span := _trimmed(line, begin, end):
            yield span[0] + offset, span[1] + offset
        begin = end
    if span := _trimmed(line, begin, len(line)):
        yield span[0] + offset, span[1] + offset


def _runs_on(before: str, after: str) -> bool:
    """True when a word in lower case follows the full stop, or it belongs to an abbreviation."""
    ended = before.rstrip()
    if ended.endswith(".") and not ended.endswith("..") and after.lstrip()[:1].islower():
        return True
    if _CLOCK.search(ended) and _ZONE.match(after if before == ended else f" {after}"):
        return True
    initials = _INITIAL.search(ended) is not None and _NEXT_INITIAL.match(after) is not None
    return initials or _OPEN_ABBREVIATION.search(ended) is not None


def _trimmed(line: str, begin: int, end: int) -> Span | None:
    piece = line[begin:end]
    begin += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return (begin, end) if begin < end else None
