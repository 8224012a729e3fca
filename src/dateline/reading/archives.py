"""ZIP and tar: each file in them as if it lay in the folder."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from dateline.reading.kinds import ARCHIVES, articles_in, kind_of, readers
from dateline.reading.origin import Origin
from dateline.reading.streams import PackingUnknown, unpacked
from dateline.types import Article, Skipped

_MEMBERS = 200_000
_RATIO = 200  # unpacked bytes for each packed one
_GRACE = 64 << 20  # bytes that a member may always unpack to
_DAMAGES = (
    zipfile.BadZipFile,
    tarfile.TarError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


def articles_in_archive(path: Path, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of the files in an archive; what was read before damage stays. Raises OSError."""
    try:
        if zipfile.is_zipfile(path):
            yield from _zip(path, origin)
        else:
            yield from _tar(path, origin)
    except _DAMAGES as error:
        yield origin.skipped(f"the archive is damaged or encrypted: {str(error)[:100]}")


def _zip(path: Path, origin: Origin) -> Iterator[Article | Skipped]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MEMBERS:
            yield origin.skipped(f"the archive holds more than {_MEMBERS:,} files; unpack it")
            return
        for member in sorted(members, key=lambda one: one.filename):
            here = origin.inside(member.filename)
            if member.is_dir() or not _is_wanted(member.filename):
                continue
            if member.file_size > max(_GRACE, member.compress_size * _RATIO):
                yield here.skipped(f"it unpacks to more than {_RATIO} times its size")
                continue
            with archive.open(member) as file:
                yield from _member(cast(BinaryIO, file), member.filename, here)


def _tar(path: Path, origin: Origin) -> Iterator[Article | Skipped]:
    with tarfile.open(path, "r|*") as archive:
        for count, member in enumerate(archive):
            if count >= _MEMBERS:
                yield origin.skipped(f"the archive holds more than {_MEMBERS:,} files; unpack it")
                return
            if member.isfile() and _is_wanted(member.name):
                file = archive.extractfile(member)
                if file is not None:
                    yield from _member(cast(BinaryIO, file), member.name, origin.inside(member.name))


def _member(file: BinaryIO, name: str, origin: Origin) -> Iterator[Article | Skipped]:
    try:
        with unpacked(file, name) as stream:
            yield from articles_in(stream, name, origin)
    except PackingUnknown as error:
        yield origin.skipped(str(error))


def _is_wanted(name: str) -> bool:
    """False for what lies hidden, and for other kinds; an archive in an archive is one of them."""
    parts = Path(name).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and kind_of(name) in readers() and kind_of(name) not in ARCHIVES
