"""Named sources to files, and a file to its articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path

from dateline.errors import SourceError
from dateline.reading.html import read_html
from dateline.reading.records import read_csv, read_json, read_jsonl
from dateline.reading.streams import Unpacked, open_unpacked
from dateline.reading.text import read_markdown, read_text
from dateline.types import Article, Skipped

Reader = Callable[[Unpacked, Path], Iterator[Article | Skipped]]
_READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
}
_KINDS = ", ".join(_READERS)
_PACKED = 2  # times as long is what was packed, at the least that is common
_TEXT = {".txt": 1, ".md": 1, ".html": 0.02, ".htm": 0.02}  # share of a file: pages are mostly markup
_TEXT_OF_RECORDS = 0.25  # they may have fields that are no text of an article


def find(sources: Sequence[str | Path]) -> Iterator[Path | Skipped]:
    """The article files that files, folders and globs name, in order, each once, as absolute paths.

    Hidden files inside a folder, and those of other kinds, are left out silently; a file of another kind
    that is itself named is Skipped, and so is one whose name is no text. Raises SourceError, before anything
    else happens, where a source does not exist or a glob matches nothing.
    """
    named = [path for source in sources for path in _named(source)]
    return _once(_with_text(found) for path in named for found in _files(path))


def read_file(path: Path) -> Iterator[Article | Skipped]:
    """The articles of one file, as they are read. Bad content is Skipped, with the reason."""
    reader = _READERS.get(_kind(path))
    if reader is None:
        yield Skipped(str(path), None, f"it is not one of {_KINDS} (or one of these with .gz)")
        return
    try:
        with open_unpacked(path) as stream:
            yield from reader(stream, path)
            if stream.damage:
                yield Skipped(str(path), None, f"{stream.damage}; what came before was read")
    except OSError as error:
        yield Skipped(str(path), None, f"it can't be read: {error.strerror or error}")


def least_text(path: Path) -> int:
    """About how many bytes of text a file holds, too few rather than too many; 0 where it can't be looked at.

    Its size is all that is looked at.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    packed = _PACKED if path.suffix.lower() == ".gz" else 1
    return int(size * packed * _TEXT.get(_kind(path), _TEXT_OF_RECORDS))


def _kind(path: Path) -> str:
    """The suffix before ".gz", in lower case: ".jsonl" for "a.JSONL.gz"."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _named(source: str | Path) -> list[Path]:
    """The existing paths that one source names. Raises SourceError."""
    try:
        path = Path(source).expanduser()
        if str(source) and path.exists():
            return [path]
        matches = sorted(glob(str(path), recursive=True)) if has_magic(str(path)) else []  # noqa: PTH207
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(
            f"can't look at {str(source)!r}: {error}; name a file, a folder or a glob"
        ) from None
    if not matches:
        missing = "no file matches" if has_magic(str(source)) else "no file or folder"
        raise SourceError(f"{missing} {str(source)!r}; name a file, a folder or a glob")
    return [Path(match) for match in matches]


def _files(path: Path) -> Iterator[Path | Skipped]:
    """The article files at or below a path that was named."""
    if path.is_dir():
        yield from _walk(path)
    elif not path.is_file():
        yield Skipped(str(path.absolute()), None, "it is not a regular file")
    elif _kind(path) not in _READERS:
        yield Skipped(str(path.resolve()), None, f"it is not one of {_KINDS} (or one of these with .gz)")
    else:
        yield path.resolve()


def _walk(top: Path) -> Iterator[Path | Skipped]:
    """The article files below a folder, sorted. Links are followed, each folder is entered once."""
    waiting = [top]
    entered: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            identity = folder.stat()
            if (identity.st_dev, identity.st_ino) in entered:
                continue
            entered.add((identity.st_dev, identity.st_ino))
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(
                str(folder.absolute()), None, f"the folder can't be read: {error.strerror or error}"
            )
            continue
        visible = [Path(entry) for entry in entries if not entry.name.startswith(".")]
        waiting += reversed([entry for entry in visible if _is(stat.S_ISDIR, entry)])
        yield from (
            entry.resolve() for entry in visible if _kind(entry) in _READERS and _is(stat.S_ISREG, entry)
        )


def _is(kind: Callable[[int], bool], path: Path) -> bool:
    """False for a broken link too."""
    try:
        return kind(path.stat().st_mode)
    except OSError:
        return False


def _with_text(found: Path | Skipped) -> Path | Skipped:
    """What was found; a path that is not UTF-8, which neither an article nor a report could hold, as text."""
    if isinstance(found, Skipped):
        return replace(found, path=_as_text(found.path))
    name = str(found)
    if _as_text(name) == name:
        return found
    return Skipped(_as_text(name), None, "its name is not UTF-8, and what is read must be named; rename it")


def _as_text(name: str) -> str:
    r"""The name as it is, with "\xe9" in place of each byte that is no text."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _once(found: Iterator[Path | Skipped]) -> Iterator[Path | Skipped]:
    seen: set[Path | Skipped] = set()
    for one in found:
        if one not in seen:
            seen.add(one)
            yield one
