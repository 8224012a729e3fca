"""JSON and JSON lines, whatever shape the records in them have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice

from dateline.reading.article import make_article
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.origin import Hints, Origin
from dateline.reading.published import order_in
from dateline.reading.records.fields import Folded, fields_of
from dateline.reading.records.find import Found, find_records
from dateline.reading.records.json_text import NotJSON, parse, parse_each
from dateline.reading.streams import WHOLE_LIMIT, BadLine, Unpacked, read_lines, read_whole
from dateline.types import Article, Skipped

_FIRST = 2000  # records in which the order of day and month is looked for
_EMPTY = "the file is empty"


def read_json(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of a JSON file: one object, a list, objects one after another, or deeper down in them."""
    data = read_whole(stream)
    text = decode(data) if data is not None else None
    if data is None:
        yield origin.skipped(f"the file is larger than {WHOLE_LIMIT >> 20} MB; write it as JSONL")
    elif text is None:
        yield origin.skipped(NOT_TEXT)
    elif not text.strip("\ufeff\0 \t\r\n"):
        yield origin.skipped(_EMPTY)
    else:
        yield from _of_text(text.lstrip("\ufeff"), origin)


def read_jsonl(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of each line that is not blank; of the whole file, where its lines are no values."""
    start = stream.peek(1 << 16)
    if _goes_on(start):
        yield from read_json(stream, origin)
        return
    yield from articles_of(_lines(stream, origin))


def articles_of(records: Iterator[tuple[Folded, Origin] | Skipped]) -> Iterator[Article | Skipped]:
    """An article for each record. The first of them decide which comes first, day or month."""
    first = list(islice(records, _FIRST))
    held = [one for one in first if not isinstance(one, Skipped)]
    order: bool | None = None
    if held and held[0][1].hints.day_first is None and _is_numeric(held[0]):
        order = order_in(fields_of(*_asked(one))["published"] for one in held)
    for one in chain(first, records):
        if isinstance(one, Skipped):
            yield one
            continue
        record, origin = one
        if order is not None:
            origin = replace(origin, hints=replace(origin.hints, day_first=order))
        yield make_article(record, origin)


def _is_numeric(one: tuple[Folded, Origin]) -> bool:
    value = fields_of(*_asked(one))["published"]
    return isinstance(value, str) and ("/" in value or "-" in value) and not value[:3].isdigit()


def _asked(one: tuple[Folded, Origin]) -> tuple[Folded, Hints]:
    return one[0], one[1].hints


def _goes_on(start: bytes) -> bool:
    """True where the first line opens a value that the next ones go on with: pretty-printed JSON."""
    line, end, rest = start.lstrip(b"\xef\xbb\xbf\0 \t\r\n").partition(b"\n")
    if not end or b"\0" in line:
        return False
    opened = line.strip().rstrip(b",")
    return opened in (b"{", b"[", b"[{") or (
        opened[:1] in (b"{", b"[")
        and opened[-1:] not in (b"}", b"]")
        and rest.lstrip()[:1] in (b'"', b"}", b"]")
    )


def _lines(stream: Unpacked, origin: Origin) -> Iterator[tuple[Folded, Origin] | Skipped]:
    empty = True
    for number, line in enumerate(read_lines(stream, newline="\n"), 1):
        here = origin.at(number)
        if isinstance(line, BadLine):
            empty = False
            yield here.skipped(f"line {number}: {line.reason}")
        elif line := line.strip("\ufeff\0\x1e \t\r\n"):
            empty = False
            try:
                values = [parse(line)] if line[-1] != "," else list(parse_each(line))
            except NotJSON as error:
                try:
                    values = list(parse_each(line))
                except NotJSON:
                    yield here.skipped(f"line {number} is not JSON: {error}")
                    continue
            for value in values:
                yield from _records(value, here)
    if empty and not stream.damage:
        yield origin.skipped(_EMPTY)


def _of_text(text: str, origin: Origin) -> Iterator[Article | Skipped]:
    try:
        value = parse(text)
    except NotJSON as error:
        yield from _of_several(text, origin, error)
        return
    if isinstance(value, dict):
        found = list(find_records(value, _text_at(origin)))
        alone = len(found) == 1 and not found[0].where
        yield from articles_of(_placed(found, origin.only() if alone else origin))
    else:
        yield from articles_of(_records(value, origin))


def _of_several(text: str, origin: Origin, error: NotJSON) -> Iterator[Article | Skipped]:
    """The articles of values that stand one after another, as far as they are JSON."""
    read: list[tuple[Folded, Origin] | Skipped] = []
    try:
        for number, value in enumerate(parse_each(text), 1):
            where = origin if isinstance(value, list) else origin.item(f"item {number}")
            read += _records(value, where)
    except NotJSON as later:
        error = later
    else:
        error = NotJSON("")
    if read and str(error):
        yield from articles_of(iter(read))
        yield origin.skipped(f"the file is not JSON from there on: {error}; what came before was read")
    elif str(error):
        yield origin.skipped(f"the file is not JSON: {error}")
    else:
        yield from articles_of(iter(read))


def _records(value: object, origin: Origin) -> Iterator[tuple[Folded, Origin] | Skipped]:
    return _placed(find_records(value, _text_at(origin)), origin)


def _placed(
    found: Iterator[Found] | list[Found], origin: Origin
) -> Iterator[tuple[Folded, Origin] | Skipped]:
    for one in found:
        where = ", ".join(filter(None, (origin.where, one.where)))
        here = replace(origin, where=where) if where != origin.where else origin
        yield here.skipped(one.why) if one.record is None else (one.record, here)


def _text_at(origin: Origin) -> str | None:
    return dict(origin.hints.names).get("text")
