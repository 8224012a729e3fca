"""What a model's reply is made of: words, evidence markers, line breaks.

The asked-for form is `The summit is in Hanoi. [2]`, but models write what they like: `[2, 5]`, `[2-4]`,
`[2: "will be held in Hanoi"]`.
The words that come out are plain: no square bracket, link, HTML tag or emphasis survives, so nothing in them
can be taken for our own [n] markers or for markup. How the stream was cut into pieces makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.patterns import lazy
from dateline.reading.clean import INVISIBLE


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text of the reply, on one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Marker:
    """`[2: "exact words"]`: a sentence's number, and what is said to stand there; None in a bare `[2]`."""

    number: int
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line of the reply."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The line that says that the passages hold no answer."""


@dataclass(frozen=True, slots=True)
class Silence:
    """An empty piece: nothing came."""


Token = Words | Marker | LineBreak | NoAnswer | Silence
_Step = tuple[list[Token], str]  # what was read, and what is left to read

_LONGEST_MARKER = 2_000
_LONGEST_BRACKET = 300
_LONGEST_RANGE = 20  # numbers from "2-21"

_NEWLINE = lazy("[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN = lazy(r"[^\[\]【】<!*`\n]+")

_LINE_START = lazy(r"[\s*_#>+•.)\d-]*")  # what may still become a bullet or a heading
_BULLET = lazy(r"\s*(?:(?:#{1,6}|>|[-+*•])[ \t]+|\d{1,2}[.)][ \t]+(?=[^\W\d_]|[\"“*]))*")
_REFUSAL = lazy(r"[\s*_#>\"“-]*NO ANSWER\b")
_REFUSAL_BEGUN = lazy(r"[\s*_#>\"“-]*(N(O( (A(N(S(W(ER?)?)?)?)?)?)?)?)?")

_HEAD = r"[\[【][ \t]*(?:(?:passages?|sentences?)[ \t]+)?(\d{1,3})[ \t]*"
_QUOTED = lazy(_HEAD + r"[:,]?[ \t]*[\"“”„«]", re.IGNORECASE)
_QUOTED_END = lazy(r"[\"“”»]\s*[\]】]")
_QUOTED_END_LOST = lazy(r"[\"”»](?=[\s.,;]|$)|[\]】]")
_BARE = lazy(
    _HEAD + r"(?:[,;&–-][ \t]*(?:(?:passages?|sentences?)[ \t]+)?\d{1,3}[ \t]*)*[\]】]", re.IGNORECASE
)
_UNQUOTED = lazy(_HEAD + r":([^\[\]【】]{0,2000})[\]】]", re.IGNORECASE)
_UNQUOTED_BEGUN = lazy(_HEAD + r":[^\[\]【】]{0,2000}", re.IGNORECASE)
_BRACKETED = lazy(r"[\[【]([^\[\]【】\n]{0,300})[\]】]")
_BRACKETED_BEGUN = lazy(r"[\[【][^\[\]【】\n]{0,300}")
_SEVERAL = lazy(r"[\"”»]\s*(?:[,;]|and)\s*(?:(\d{1,3})\s*:\s*)?[\"“„«]")

_IMAGE = lazy(r"!\[[^\[\]【】\n]{0,300}\]\(")
_IMAGE_BEGUN = lazy(r"!(\[[^\[\]【】\n]{0,300}\]?)?")
_TARGET = lazy(r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")  # of a link
_LONGEST_TARGET = 2_000
_TAG = lazy(r"<[^<>]{1,500}>")
_TAG_BEGUN = lazy(r"<[^<>]{0,500}")
_SPACING_TAG = lazy(r"</?(?:br|p|div|li|tr|td|th|h\d)\b", re.IGNORECASE)


def read_reply(pieces: Iterable[str]) -> Iterator[Token]:
    """The reply's tokens, each as soon as it is certain. A marker that is never completed is dropped."""
    buffer, at_line_start = "", True
    for piece, last in _marking_last(pieces):
        if not (piece or last):
            yield Silence()
        buffer += INVISIBLE.sub("", _NEWLINE.sub("\n", piece))
        while buffer:
            step = _line_start(buffer, last=last) if at_line_start else _step(buffer, last=last)
            if step is None:  # more is needed to know
                break
            tokens, buffer = step
            yield from tokens
            at_line_start = LineBreak() in tokens


def separate(marker: Marker) -> list[Marker]:
    """The markers in one that names several quotations: `[1: "these words"; 2: "those words"]`."""
    first, *rest = _SEVERAL.split(marker.quote or "")
    markers = [Marker(marker.number, first)]
    for number, quote in zip(rest[::2], rest[1::2], strict=True):
        markers.append(Marker(int(number) if number else markers[-1].number, quote))
    return markers


def _marking_last(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for piece in pieces:
        yield piece, False
    yield "", True


def _line_start(buffer: str, *, last: bool) -> _Step | None:
    """Drops what marks a bullet, a quotation or a heading, and sees NO ANSWER."""
    if not last and (_LINE_START.fullmatch(buffer) or _REFUSAL_BEGUN.fullmatch(buffer)):
        return None
    if _REFUSAL.match(buffer):
        return [NoAnswer()], ""
    bullet = _BULLET.match(buffer)
    return [], buffer[bullet.end() :] if bullet else buffer


def _step(buffer: str, *, last: bool) -> _Step | None:
    """What stands at the beginning of the buffer and what is left; None while that can't be known."""
    if plain := _PLAIN.match(buffer):
        return [Words(plain.group())], buffer[plain.end() :]
    match buffer[0]:
        case "\n":
            return [LineBreak()], buffer[1:]
        case "*" | "`":
            return [], buffer[1:]
        case "!":
            return _exclamation(buffer, last=last)
        case "<":
            return _angle(buffer, last=last)
        case "]" | "】":
            return _without_target(buffer[1:], last=last)
        case _:
            return _bracket(buffer, last=last)


def _exclamation(buffer: str, *, last: bool) -> _Step | None:
    if not last and _IMAGE_BEGUN.fullmatch(buffer):
        return None
    return ([] if _IMAGE.match(buffer) else [Words("!")]), buffer[1:]


def _angle(buffer: str, *, last: bool) -> _Step | None:
    """A tag, with all that a model thought aloud, is dropped; what can't begin a tag stays."""
    if buffer.startswith("<think>"):
        _, closed, rest = buffer.partition("</think>")
        return ([LineBreak()], rest) if closed or last else None
    if re.match(r"<[\s\d=]", buffer):
        return [Words("<")], buffer[1:]
    if tag := _TAG.match(buffer):
        tokens: list[Token] = [Words(" ")] if _SPACING_TAG.match(buffer) else []
        return tokens, buffer[tag.end() :]
    if not last and _TAG_BEGUN.fullmatch(buffer):
        return None
    return [], buffer[1:]


def _bracket(buffer: str, *, last: bool) -> _Step | None:
    """An evidence marker, the words of a link, or an aside, which gets round brackets."""
    if quoted := _QUOTED.match(buffer):
        return _quoted(buffer, quoted, last=last)
    if bare := _BARE.match(buffer):
        markers = [Marker(number) for number in _numbers(bare.group())]
        return _without_target(buffer[bare.end() :], [*markers], last=last)
    if unquoted := _UNQUOTED.match(buffer):
        return _without_target(buffer[unquoted.end() :], [Marker(int(unquoted[1]), unquoted[2])], last=last)
    if bracketed := _BRACKETED.match(buffer):
        return _aside(bracketed[1], buffer[bracketed.end() :], last=last)
    if not last and (_BRACKETED_BEGUN.fullmatch(buffer) or _UNQUOTED_BEGUN.fullmatch(buffer)):
        return None
    return [], buffer[1:]


def _numbers(bare: str) -> Iterator[int]:
    """The numbers in a bare marker: "[2, 4-6]" has 2, 4, 5 and 6."""
    for one in re.finditer(r"(\d+)(?:\s*[–-]\s*(\d+))?", bare):
        first, last = int(one[1]), int(one[2] or one[1])
        yield from range(first, last + 1) if first <= last < first + _LONGEST_RANGE else (first, last)


def _quoted(buffer: str, head: re.Match[str], *, last: bool) -> _Step | None:
    """A marker up to its closing quotation mark and bracket, or to where they seem to have been forgotten."""
    window = buffer[:_LONGEST_MARKER]
    end = _QUOTED_END.search(window, head.end())
    following = _QUOTED.search(window, head.end())
    if end is None or (following and following.start() < end.start()):
        if following is None and not last and len(buffer) < _LONGEST_MARKER:
            return None
        limit = following.start() if following else len(window)
        end = _QUOTED_END_LOST.search(window, head.end(), limit)
        if end is None:
            return [], buffer[limit:]
    quote = window[head.end() : end.start()].replace('\\"', '"')
    return _without_target(buffer[end.end() :], [Marker(int(head[1]), quote)], last=last)


def _aside(inner: str, rest: str, *, last: bool) -> _Step | None:
    step = _without_target(rest, last=last)
    if step is None:
        return None
    if step[1] != rest or not inner.strip():  # a link, or nothing
        return [], inner + step[1]
    return [], f"({inner}){rest}"


def _without_target(rest: str, tokens: list[Token] | None = None, *, last: bool) -> _Step | None:
    """The given tokens, and what is left after the target of a link, if one follows directly."""
    if target := _TARGET.match(rest, 0, _LONGEST_TARGET):
        return tokens or [], rest[target.end() :]
    undecided = not rest or (rest[0] == "(" and "\n" not in rest and len(rest) < _LONGEST_TARGET)
    return None if undecided and not last else (tokens or [], rest)
