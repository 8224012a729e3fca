"""JSON, JSONL and CSV: records whose fields are named."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from dateline.reading.article import TEXT_FIELDS, Origin, make_article
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.streams import LINE_LIMIT, WHOLE_LIMIT, BadLine, Unpacked, read_lines, read_whole
from dateline.types import Article, Skipped

_LISTS = ("articles", "items", "data")


class _NotJSON(ValueError):
    """Why a text is not JSON, in a reader's words."""


def read_json(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """The articles of one object, a list, or an object with a list under "articles", "items" or "data"."""
    data = read_whole(stream)
    text = decode(data) if data is not None else None
    if data is None:
        yield Skipped(str(path), None, f"the file is larger than {WHOLE_LIMIT >> 20} MB; write it as JSONL")
    elif text is None:
        yield Skipped(str(path), None, NOT_TEXT)
    elif not text.strip():
        yield Skipped(str(path), None, "the file is empty")
    else:
        yield from _json_articles(text, path)


def read_jsonl(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """One article for each line that is not blank."""
    for number, line in enumerate(read_lines(stream, newline="\n"), 1):
        if isinstance(line, BadLine):
            yield Skipped(str(path), number, f"line {number}: {line.reason}")
        elif line := line.strip("\ufeff\0 \t\r\n"):
            yield _line_article(line, Origin(path, number))


def read_csv(stream: Unpacked, path: Path) -> Iterator[Article | Skipped]:
    """One article for each row; the first row names the fields."""
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    bad: list[Skipped] = []
    lines = _csv_lines(stream, path, bad)
    header = next(lines, "")
    delimiter = max(",;\t", key=header.count)
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    if TEXT_FIELDS.isdisjoint(names):
        yield from bad or [Skipped(str(path), 1, "the first row names no column text, body or content")]
        return
    for number, row in _csv_rows(lines, delimiter):
        if isinstance(row, csv.Error):
            yield Skipped(str(path), number, f"line {number} is not CSV: {row}")
        elif len(row) > len(names):
            reason = f"line {number} has {len(row)} fields where the first row names {len(names)}"
            yield Skipped(str(path), number, reason)
        elif any(row):
            yield make_article(dict(zip(names, row, strict=False)), Origin(path, number))
    yield from bad


def _csv_lines(stream: Unpacked, path: Path, bad: list[Skipped]) -> Iterator[str]:
    """The lines without NUL bytes. A bad one is added to `bad`, and blank in its place."""
    for number, line in enumerate(read_lines(stream, newline=""), 1):
        if isinstance(line, BadLine):
            bad.append(Skipped(str(path), number, f"line {number}: {line.reason}"))
        yield "\n" if isinstance(line, BadLine) else line.replace("\0", "")


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row after the header, with the number of its first line."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        number = rows.line_num + 2
        try:
            yield number, next(rows)
        except csv.Error as error:
            yield number, error
        except StopIteration:
            return


def _json_articles(text: str, path: Path) -> Iterator[Article | Skipped]:
    try:
        value = _parse(text)
    except _NotJSON as error:
        yield Skipped(str(path), None, f"the file is not JSON: {error}")
        return
    items = _listed(value)
    if items is None:
        yield _article(value, Origin(path, alone=True))
    else:
        for number, item in enumerate(items, 1):
            yield _article(item, Origin(path, where=f"item {number}"))


def _listed(value: object) -> list[object] | None:
    """The list of articles that a JSON file holds, or None where it is one article."""
    if isinstance(value, list):
        return value
    if not isinstance(value, Mapping):
        return None
    record = _lowered(value)
    if not TEXT_FIELDS.isdisjoint(record):
        return None
    return next((items for name in _LISTS if isinstance(items := record.get(name), list)), None)


def _line_article(line: str, origin: Origin) -> Article | Skipped:
    try:
        return _article(_parse(line), origin)
    except _NotJSON as error:
        return origin.skipped(f"line {origin.line} is not JSON: {error}")


def _article(value: object, origin: Origin) -> Article | Skipped:
    if not isinstance(value, Mapping):
        return origin.skipped("it is not a record with named fields")
    return make_article(_lowered(value), origin)


def _lowered(value: Mapping[object, object]) -> dict[str, object]:
    return {str(name).strip().lower(): field for name, field in value.items()}


def _parse(text: str) -> object:
    """The JSON value. Raises _NotJSON."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _NotJSON(f"{error.msg} at character {error.pos + 1}") from None
    except ValueError:
        raise _NotJSON("a number in it has too many digits") from None
    except RecursionError:
        raise _NotJSON("it is nested too deeply") from None
