"""Rows out of the pages of an SQLite file, each page by itself, whatever the rest of the file looks like.

After https://www.sqlite.org/fileformat2.html: a page of a tree says how many records it holds and where they
begin; a long record goes on in a chain of pages. Nothing says here that a record is what was written: that
is for the seals of rows to say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.index.ledger.database import Value

PAGE = 4096  # bytes: what SQLite makes unless told otherwise, and the ledger does not tell it
_MAGIC = b"SQLite format 3\0"
_FILE_HEADER = 100  # bytes of the first page before its tree
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 13, 10, 2  # inner pages of tables hold no records
_LOG_HEADER, _FRAME_HEADER = 32, 24
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)  # bytes of the values that are numbers, by their type


@dataclass(frozen=True, slots=True)
class Record:
    """The values of a row, without its key where SQLite keeps that apart; of a row of an index it is None."""

    key: int | None
    values: tuple[Value, ...]


def is_database(file: Path) -> bool:
    """True for a file that begins as SQLite's do."""
    with file.open("rb") as content:
        return content.read(len(_MAGIC)) == _MAGIC


def records(file: Path) -> Iterator[Record]:
    """Every record that can be read on some page of the file, or of the log beside it."""
    log = file.with_name(f"{file.name}-wal")
    logged = dict(_logged(log.read_bytes())) if log.is_file() else {}
    with file.open("rb") as content:
        size = file.stat().st_size
        pages = _Pages(content, size // PAGE, logged)
        for number in sorted({*range(1, pages.count + 1), *logged}):
            yield from _on_page(pages, number)


class _Pages:
    """The pages of a file by number, from 1; what the log says of one stands in its place."""

    def __init__(self, file: BinaryIO, count: int, logged: Mapping[int, bytes]) -> None:
        self.count = count
        self.longest = (count + len(logged)) * PAGE  # bytes that a record can have
        self._file, self._logged = file, logged

    def __getitem__(self, number: int) -> bytes:
        """Raises ValueError for a page that there is not."""
        if number in self._logged:
            return self._logged[number]
        if not 1 <= number <= self.count:
            raise ValueError(f"no page {number}")
        self._file.seek((number - 1) * PAGE)
        return self._file.read(PAGE)


def _logged(log: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each page of the log up to its last whole transaction, in order."""
    waiting: list[tuple[int, bytes]] = []
    salt = log[16:24]
    for place in range(_LOG_HEADER, len(log) - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE):
        number, committed = struct.unpack_from(">II", log, place)
        if log[place + 8 : place + 16] != salt:  # of an earlier use of the log
            return
        waiting.append((number, log[place + _FRAME_HEADER :][:PAGE]))
        if committed:
            yield from waiting
            waiting.clear()


def _on_page(pages: _Pages, number: int) -> Iterator[Record]:
    page = pages[number]
    begin = _FILE_HEADER if number == 1 else 0
    kind, count = page[begin], int.from_bytes(page[begin + 3 : begin + 5])
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER):
        return
    begin += 12 if kind == _INDEX_INNER else 8
    for place in range(begin, min(begin + 2 * count, PAGE - 1), 2):
        try:
            yield _record(pages, page, int.from_bytes(page[place : place + 2]), kind)
        except (ValueError, IndexError):  # what stands there is no record
            continue


def _record(pages: _Pages, page: bytes, place: int, kind: int) -> Record:
    size, place = _varint(page, place + 4 if kind == _INDEX_INNER else place)
    key = None
    if kind == _TABLE_LEAF:
        key, place = _varint(page, place)
    return Record(key, tuple(_values(_payload(pages, page, place, size, kind))))


def _payload(pages: _Pages, page: bytes, place: int, size: int, kind: int) -> bytes:
    """The bytes of a record: those on its page, and the chain of pages on which it goes on."""
    most = PAGE - 35 if kind == _TABLE_LEAF else (PAGE - 12) * 64 // 255 - 23
    least = (PAGE - 12) * 32 // 255 - 23
    if size > pages.longest:
        raise ValueError("a record longer than its file")
    here = size
    if size > most:
        fitting = least + (size - least) % (PAGE - 4)
        here = fitting if fitting <= most else least
    parts, left = [page[place : place + here]], size - here
    following = page[place + here : place + here + 4]
    while left > 0:
        more = pages[int.from_bytes(following)]
        following, part = more[:4], more[4 : 4 + left]
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _values(payload: bytes) -> Iterator[Value]:
    """The values of a record. Raises ValueError and IndexError where it is none."""
    end, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    for kind in kinds:
        width = _WIDTHS[kind] if kind < 10 else (kind - 12) // 2
        part = payload[place : place + width]
        if width < 0 or len(part) < width:
            raise ValueError("a value ends outside of its record")
        yield _value(kind, part)
        place += width


def _value(kind: int, part: bytes) -> Value:
    if kind == 0:
        return None
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 8:
        return int.from_bytes(part, signed=True)
    return part.decode() if kind % 2 else part


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next begins."""
    number = 0
    for step in range(8):
        byte = content[place + step]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + step + 1
    number = number << 8 | content[place + 8]
    return number - (1 << 64) if number >> 63 else number, place + 9
