"""CSV and its like: any of four delimiters, a preamble above the header, columns without one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.patterns import lazy
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.origin import Origin
from dateline.reading.published import parse_published
from dateline.reading.records.fields import Folded, fold_name
from dateline.reading.records.json_files import articles_of
from dateline.reading.records.names import FOR
from dateline.reading.streams import LINE_LIMIT, BadLine, Unpacked, read_lines
from dateline.types import Article, Skipped

_DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16  # bytes in which the header is looked for
_PREAMBLE = 20  # lines that may stand above the header
_SEPARATOR = lazy(r"\s*\"?sep=(.)\"?\s*", 2)
_TEXTS = frozenset(FOR["text"]) | frozenset(FOR["excerpt"])
_KNOWN = frozenset(name for names in FOR.values() for name in names)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is written. `skip`: lines above its first row; `names`: given where it has no header."""

    delimiter: str
    skip: int
    names: tuple[str, ...] = ()


def read_csv(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """One article for each row; a row near the top names the fields, or their content tells them."""
    csv.field_size_limit(max(csv.field_size_limit(), LINE_LIMIT))
    sample = stream.peek(_SAMPLE)
    if not sample.strip():
        yield origin.skipped(stream.damage or "the file is empty")
        return
    text = decode(sample, cut=True)
    if text is None:
        yield origin.skipped(NOT_TEXT)
        return
    shape = _shape_of(text.lstrip("\ufeff").replace("\0", ""), dict(origin.hints.names).get("text"))
    if isinstance(shape, str):
        yield Skipped(str(origin.path), 1, origin.skipped(shape).reason)
        return
    bad: list[Skipped] = []
    seen = False
    for one in articles_of(_records(stream, origin, shape, bad)):
        seen = True
        yield one
    yield from bad
    if not seen and not bad:
        yield origin.skipped("the file has a header and no rows")


def _shape_of(text: str, named: str | None) -> _Shape | str:
    """The table's shape, or why it can't be told."""
    lines = text.splitlines(keepends=True)
    told = _SEPARATOR.fullmatch(lines[0]) if lines else None
    delimiters, first = (told[1], 1) if told else (_DELIMITERS, 0)
    wanted = _TEXTS | {fold_name(named)} if named else _TEXTS
    best: tuple[int, int, _Shape] | None = None
    for skip in range(first, min(len(lines), _PREAMBLE)):
        for delimiter in delimiters:
            cells = [fold_name(cell) for cell in _row(lines[skip:], delimiter)]
            known = len(_KNOWN.intersection(cells) | wanted.intersection(cells))
            short = all(len(cell) <= 60 for cell in cells)
            if short and wanted.intersection(cells) and (best is None or known > best[0]):
                best = (known, -skip, _Shape(delimiter, skip))
        if best:
            return best[2]
    guessed = _guessed(lines[first:], delimiters, first)
    if guessed:
        return guessed
    names = max((_row(lines[first:], delimiter) for delimiter in delimiters), key=len, default=[])
    shown = ", ".join(name[:40] for name in names[:12])
    return f"the first row names no column of text (it names: {shown}); --map text=COLUMN tells it"


def _row(lines: list[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return []


def _guessed(lines: list[str], delimiters: str, first: int) -> _Shape | None:
    """The columns of a table without a header, by what stands in them; of one whose names are not known."""
    best: _Shape | None = None
    for delimiter in delimiters:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row][:50]
        except csv.Error:
            continue
        rows = rows[:-1] if len(rows) > 2 else rows  # the last may be cut
        width = len(rows[0]) if rows else 0
        if width < 2 or any(len(row) != width for row in rows):
            continue
        headed = all(len(cell.split()) <= 4 and "//" not in cell for cell in rows[0]) and len(rows) > 1
        body = rows[1:] if headed else rows
        columns = [[row[place].strip() for row in body] for place in range(width)]
        words = [sum(_prose_words(cell) for cell in column) / len(column) for column in columns]
        longest = max(range(width), key=lambda place: words[place])
        if words[longest] < 8:
            continue
        names = [f"column {place + 1}" for place in range(width)]
        if headed:
            names = [
                name if fold_name(name) in _KNOWN else old for name, old in zip(rows[0], names, strict=True)
            ]
        names[longest] = "text"
        _name_others(names, columns, words, longest)
        if best is None or width > len(best.names):
            best = _Shape(delimiter, first + (1 if headed else 0), tuple(names))
    return best


def _name_others(names: list[str], columns: list[list[str]], words: list[float], longest: int) -> None:
    taken = {fold_name(name) for name in names}
    titles = [place for place in range(len(names)) if place != longest and words[place] >= 2.5]
    if titles and "title" not in taken:
        names[max(titles, key=lambda place: words[place])] = "title"
    for place, column in enumerate(columns):
        filled = [cell for cell in column if cell]
        if not filled or not names[place].startswith("column "):
            continue
        if all(cell.startswith(("http://", "https://")) for cell in filled) and "url" not in names:
            names[place] = "url"
        elif "published" not in names and all(
            not cell.isdigit() and parse_published(cell) for cell in filled
        ):
            names[place] = "published"
        elif place == 0 and len(set(filled)) == len(column) and all(" " not in cell for cell in filled):
            names[place] = "id"


def _prose_words(cell: str) -> int:
    return 0 if cell[:1] in "[{" or cell.startswith("http") else len(cell.split())


def _records(
    stream: Unpacked, origin: Origin, shape: _Shape, bad: list[Skipped]
) -> Iterator[tuple[Folded, Origin] | Skipped]:
    lines = _lines(stream, origin, bad)
    for _ in range(shape.skip):
        next(lines, None)
    names: list[str] = []
    for number, row in _rows(lines, shape.delimiter):
        line = number + shape.skip
        if isinstance(row, csv.Error):
            yield origin.at(line).skipped(f"line {line} is not CSV: {row}")
        elif not names and not shape.names:
            names = [fold_name(name) for name in row]
        elif len(row) > len(names or shape.names) and any(row[len(names or shape.names) :]):
            known = len(names or shape.names)
            reason = f"line {line} has {len(row)} fields where the first row names {known}"
            yield origin.at(line).skipped(reason)
        elif any(row):
            yield _record(names or [fold_name(name) for name in shape.names], row), origin.at(line)


def _record(names: list[str], row: list[str]) -> Folded:
    """Of two columns of one name the first that says something."""
    record: Folded = {}
    for name, cell in zip(names, row, strict=False):
        if not record.get(name):
            record[name] = cell
    return record


def _lines(stream: Unpacked, origin: Origin, bad: list[Skipped]) -> Iterator[str]:
    """The lines without NUL bytes. A bad one is added to `bad`, and blank in its place."""
    for number, line in enumerate(read_lines(stream, newline=""), 1):
        if isinstance(line, BadLine):
            bad.append(origin.at(number).skipped(f"line {number}: {line.reason}"))
        yield "\n" if isinstance(line, BadLine) else line.replace("\0", "").lstrip("\ufeff")


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Each row, with the number of its first line."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        number = rows.line_num + 1
        try:
            yield number, next(rows)
        except csv.Error as error:
            yield number, error
        except StopIteration:
            return
