"""Named sources to files, and a file to its articles."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path

from dateline.errors import SourceError
from dateline.reading.archives import articles_in_archive
from dateline.reading.config import BadConfig, hints_beside
from dateline.reading.kinds import ARCHIVES, articles_in, kind_of, readers, shape_of
from dateline.reading.origin import NO_HINTS, Hints, Origin
from dateline.reading.streams import PACKINGS, PackingUnknown, open_unpacked
from dateline.types import Article, Skipped

_PACKED = 2  # times as long is what was packed, at the least that is common
_TEXT = {
    ".txt": 1,
    ".text": 1,
    ".md": 1,
    ".html": 0.02,
    ".htm": 0.02,
}  # share of a file: pages are mostly markup
_TEXT_OF_RECORDS = 0.25  # they may have fields that are no text of an article
_UNLIKELY = frozenset(
    """
    .jpg .jpeg .png .gif .webp .svg .bmp .ico .tif .tiff .heic .avif .mp3 .mp4 .m4a .wav .ogg .mov
    .avi .webm .mkv
    .css .js .mjs .map .ts .woff .woff2 .ttf .eot .otf .py .pyc .sh .exe .dll .so .bin .dat .log
    .lock .toml .yaml
    .yml .ini .cfg .ipynb .r .java .c .h .cpp .go .rs .rb .php .sql .xlsx .xls .ods .ppt .pptx .doc .dmg .iso
    .jar .class .npy .npz .pkl .pt .onnx .safetensors .parquet .feather .db .sqlite .sqlite3 .7z .rar
    """.split()
)
_WANTS = {
    ".parquet": "write it as JSONL", ".sqlite": "write its table as JSONL or CSV",
    ".db": "write its table as JSONL or CSV", ".sqlite3": "write its table as JSONL or CSV",
    ".xlsx": "save it as CSV", ".xls": "save it as CSV", ".ods": "save it as CSV", ".doc": "save it as .docx",
    ".7z": "unpack it", ".rar": "unpack it",
}  # fmt: skip
_PEEKED = 4096  # bytes of a file whose name says nothing
_CONFIG = "dateline.toml"


def find(sources: Sequence[str | Path]) -> Iterator[Path | Skipped]:
    """The article files that files, folders and globs name, in order, each once, as absolute paths.

    Hidden files inside a folder are left out silently; those of other kinds are counted, a Skipped for each
    folder that was named; a file of another kind that is itself named is Skipped, and so is one whose name is
    no text. Raises SourceError, before anything else happens, where a source does
    not exist or a glob matches nothing.
    """
    named = [path for source in sources for path in _named(source)]
    return _once(_with_text(found) for path in named for found in _files(path))


def read_file(path: Path, hints: Hints = NO_HINTS) -> Iterator[Article | Skipped]:
    """The articles of one file, as they are read. Bad content is Skipped, with the reason."""
    try:
        origin = Origin(path, hints=hints.over(hints_beside(path)))
        if kind_of(path.name) in ARCHIVES:
            yield from articles_in_archive(path, origin)
            return
        with open_unpacked(path) as stream:
            yield from articles_in(stream, path.name, origin)
    except OSError as error:
        yield Skipped(str(path), None, f"it can't be read: {error.strerror or error}")
    except (PackingUnknown, BadConfig) as error:
        yield Skipped(str(path), None, str(error))


def least_text(path: Path) -> int:
    """About how many bytes of text a file holds, too few rather than too many; 0 where it can't be looked at.

    Its size is all that is looked at.
    """
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    packed = _PACKED if path.suffix.lower() in PACKINGS | ARCHIVES else 1
    return int(size * packed * _TEXT.get(kind_of(path.name), _TEXT_OF_RECORDS))


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
    elif _may_be_read(path.name, path):
        yield path.resolve()
    else:
        wanted = _WANTS.get(kind_of(path.name))
        kinds = ", ".join([*readers(), *sorted(ARCHIVES)])
        known = f"it is not one of {kinds} (or one of these with .gz, .bz2, .xz or .zst)"
        yield Skipped(str(path.resolve()), None, f"{known}; {wanted}" if wanted else known)


def _may_be_read(name: str, path: Path) -> bool:
    """True for a file of a kind that is known, by its name or else by its first bytes."""
    kind = kind_of(name)
    if kind in readers() or kind in ARCHIVES:
        return True
    if kind in _UNLIKELY:
        return False
    try:
        with path.open("rb") as file:
            shape = shape_of(file.read(_PEEKED))
    except OSError:
        return False
    return bool(shape) and not shape.startswith("it ")


def _walk(top: Path) -> Iterator[Path | Skipped]:
    """The article files below a folder, sorted, then a count of the others. Links are followed, each once."""
    waiting = [top]
    entered: set[tuple[int, int]] = set()
    others: Counter[str] = Counter()
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
        visible = [entry for entry in entries if not entry.name.startswith(".") and entry.name != _CONFIG]
        waiting += reversed([Path(entry) for entry in visible if _is_a(entry.is_dir)])
        for entry in visible:
            if not _is_a(entry.is_file):
                continue
            if _may_be_read(entry.name, Path(entry)):
                yield Path(entry).resolve()
            else:
                others[kind_of(entry.name) or "without a suffix"] += 1
    if others:
        yield _not_read(top, others)


def _not_read(top: Path, others: Counter[str]) -> Skipped:
    """What was passed over below a folder, by kind: "312 .jpg: not articles; 4 .xlsx: save it as CSV"."""
    plain = [f"{count:,} {kind}" for kind, count in others.most_common() if kind not in _WANTS]
    parts = [f"{', '.join(plain)}: not articles"] if plain else []
    parts += [f"{count:,} {kind}: {_WANTS[kind]}" for kind, count in others.most_common() if kind in _WANTS]
    return Skipped(str(top.absolute()), None, "; ".join(parts), tuple(others.most_common()))


def _is_a(question: Callable[[], bool]) -> bool:
    """False for a broken link too."""
    try:
        return question()
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
