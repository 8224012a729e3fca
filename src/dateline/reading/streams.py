"""A file's bytes and lines, unpacked, with bounds: what is damaged or endless ends early and says so."""

from __future__ import annotations

import bz2
import codecs
import io
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from dateline.reading.encoding import NOT_TEXT, SAMPLE, decode, encoding_of, legacy_of

WHOLE_LIMIT = 512 << 20  # bytes of a file that is read at once (json)
LINE_LIMIT = 32 << 20  # characters of one line
_BLOCK = 1 << 17
_NAMES = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
_ASCII_AND_BROKEN = frozenset(map(chr, range(128))) | {"\ufffd"}
PACKINGS = frozenset(_NAMES)
_ZSTD_WINDOW = 128 << 20  # bytes that a frame may ask for
_RATIO_LIMIT = 200  # unpacked bytes for each packed one; text packs to a fifth, rarely to a twentieth
_RATIO_GRACE = 64 << 20  # unpacked bytes before the ratio counts

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PackingUnknown(Exception):
    """What unpacks the file is not installed; the message says what to install."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that can't be had, and why."""

    reason: str


class Unpacked(io.RawIOBase):
    """The bytes of a file, out of what it is packed in. Damage ends them and is named by `damage`."""

    def __init__(self, file: BinaryIO, *, packing: str = "") -> None:
        self.damage: str | None = None
        self._file = file
        self._name = _NAMES.get(packing, "")
        self._gzip = zlib.decompressobj(wbits=31) if packing == ".gz" else None
        self._other = _opened(file, packing)
        self._ahead = self._rest = b""
        self._read = self._written = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def peek(self, length: int) -> bytes:
        """The next bytes, which stay to be read; fewer only where there are no more."""
        while len(self._ahead) < length and (block := self._next(length - len(self._ahead))):
            self._ahead += block
        return self._ahead[:length]

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        block = self._ahead[: len(view)] if self._ahead else self._next(len(view))
        self._ahead = self._ahead[len(block) :] if self._ahead else b""
        view[: len(block)] = block
        return len(block)

    def _next(self, length: int) -> bytes:
        if self._ended:
            return b""
        if self._gzip is not None:
            return self._unpack(length)
        return self._file.read(length) if self._other is None else self._unpack_other(length)

    def _unpack_other(self, length: int) -> bytes:
        assert self._other is not None
        try:
            block = self._other.read(length)
        except (OSError, EOFError, ValueError, RuntimeError, lzma.LZMAError) as error:
            early = isinstance(error, EOFError) or "before the end" in str(error)
            self._end(f"the {self._name} data {'ends too early' if early else 'is damaged'}")
            return b""
        except Exception as error:  # zstandard has an error of its own, at the root of the tree
            if type(error).__module__.partition(".")[0] != "zstandard":
                raise
            self._end(f"the {self._name} data is damaged")
            return b""
        self._written += len(block)
        if not self._written and not block and self._file.tell():
            self._end(f"the {self._name} data ends too early")
        if self._written > max(_RATIO_GRACE, self._file.tell() * _RATIO_LIMIT):
            self._end(f"the {self._name} data unpacks to more than {_RATIO_LIMIT} times its size")
        return block

    def _unpack(self, length: int) -> bytes:
        """At least one byte and at most `length`; none at the end or where the damage is."""
        while self._gzip is not None and not self._ended:
            if self._gzip.eof:  # another member may follow, or zero padding
                self._rest = self._rest.lstrip(b"\0")
            if not self._rest:
                self._rest = self._file.read(_BLOCK)
                self._read += len(self._rest)
            if self._gzip.eof and self._rest:
                self._gzip = zlib.decompressobj(wbits=31)
            if block := self._unpack_some(self._gzip, length):
                return block
        return b""

    def _unpack_some(self, member: zlib._Decompress, length: int) -> bytes:
        """What the packed bytes at hand give; without any, what zlib still holds back, else the end."""
        ended = not self._rest
        try:
            block = b"" if member.eof else member.decompress(self._rest, length)
        except zlib.error:
            self._end("the gzip data is damaged")
            return b""
        self._rest = member.unused_data if member.eof else member.unconsumed_tail
        self._written += len(block)
        if self._written > max(_RATIO_GRACE, self._read * _RATIO_LIMIT):
            self._end(f"the gzip data unpacks to more than {_RATIO_LIMIT} times its size")
        elif ended and not block:
            self._end(None if member.eof or not self._read else "the gzip data ends too early")
        return block

    def _end(self, damage: str | None) -> None:
        self.damage = damage
        self._ended = True


def open_unpacked(path: Path) -> Unpacked:
    """The file's bytes. Raises OSError, PackingUnknown."""
    return unpacked(path.open("rb"), path.name)


def unpacked(file: BinaryIO, name: str) -> Unpacked:
    """The bytes of an open file of this name. Raises PackingUnknown."""
    suffix = Path(name).suffix.lower()
    try:
        return Unpacked(file, packing=suffix if suffix in PACKINGS else "")
    except PackingUnknown:
        file.close()
        raise


def _opened(file: BinaryIO, packing: str) -> BinaryIO | None:
    """What unpacks the file, but for gzip. Raises PackingUnknown."""
    if packing == ".bz2":
        return cast(BinaryIO, bz2.BZ2File(file))
    if packing == ".xz":
        return cast(BinaryIO, lzma.LZMAFile(file))
    if packing == ".zst":
        try:
            import zstandard
        except ImportError:
            raise PackingUnknown("it needs dateline[zst]: pip install 'dateline[zst]'") from None
        limited = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        return cast(BinaryIO, limited.stream_reader(file, read_across_frames=True))
    return None


def read_whole(stream: Unpacked, limit: int = WHOLE_LIMIT) -> bytes | None:
    """All bytes, or None where there are more than `limit`."""
    data = io.BufferedReader(stream, _BLOCK).read(limit + 1)
    return data if len(data) <= limit else None


def read_lines(stream: Unpacked, *, newline: str) -> Iterator[str | BadLine]:
    """Each line with its end, decoded.

    `newline` is what ends a line: "\\n" for that alone, "" for any of "\\n", "\\r", "\\r\\n".
    """
    buffered = io.BufferedReader(stream, SAMPLE)
    encoding = encoding_of(buffered.peek(SAMPLE)[:SAMPLE])
    if encoding is None:
        yield BadLine(NOT_TEXT)
        return
    if encoding == "utf-8":
        encoding = _of_old(buffered.peek(SAMPLE)[:SAMPLE]) or encoding
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    lines = io.TextIOWrapper(buffered, encoding, errors, newline)
    while line := lines.readline(LINE_LIMIT):
        if len(line) < LINE_LIMIT or line.endswith("\n"):
            yield line if line.isascii() or not _is_escaped(line) else _redecoded(line)
            continue
        while (more := lines.readline(LINE_LIMIT)) and not more.endswith("\n"):
            pass
        yield BadLine(f"it is longer than {LINE_LIMIT >> 20} million characters")


def _of_old(sample: bytes) -> str | None:
    """The encoding of a file that has no UTF-8 beyond ASCII, where it can be told; None: look at lines."""
    text = sample.decode("utf-8", "replace")
    if "\ufffd" not in text[:-1] or not set(text) <= _ASCII_AND_BROKEN:
        return None
    return legacy_of(sample)


def _is_escaped(line: str) -> bool:
    """True where bytes that are not UTF-8 stand in the line as surrogates."""
    try:
        codecs.utf_8_encode(line)
    except UnicodeEncodeError:
        return True
    return False


def _redecoded(line: str) -> str | BadLine:
    text = decode(line.encode("utf-8", "surrogateescape"))
    return BadLine(NOT_TEXT) if text is None else text
