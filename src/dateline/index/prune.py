"""Which files that an index was read from are gone from its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from glob import has_magic
from pathlib import Path

from dateline.types import Skipped


def gone(
    known: Iterable[str], sources: Sequence[str | Path], found: Sequence[Path | Skipped]
) -> tuple[list[str], list[str]]:
    """The known files of these sources that are no more; and what could not be looked at, a sentence each.

    A file is gone only where the system says so. Nothing is gone below a folder that can't be read, nor below
    a source in which no file is left: it may be a disk that is not there today.
    """
    there = {str(path) for path in found if isinstance(path, Path)}
    closed = {_real(one.path): one.reason for one in found if isinstance(one, Skipped) and not one.kinds}
    closed |= {root: "it holds no article file" for root in _roots(sources) if not _any_below(root, there)}
    lost, said = list[str](), dict[str, None]()
    for name in known:
        if name in there or not any(_holds(source, name) for source in sources):
            continue
        if shut := next((folder for folder in closed if _below(name, folder)), None):
            said[f"Nothing was pruned below {shut}: {closed[shut]}"] = None
        elif failure := _failure(name):
            if isinstance(failure, FileNotFoundError | NotADirectoryError):
                lost.append(name)
            else:
                said[f"Not pruned: {name} can't be looked at: {failure.strerror}"] = None
    return lost, list(said)


def _holds(source: str | Path, name: str) -> bool:
    """True for a file that a source names, or would name if it were there."""
    path = Path(source).expanduser()
    if path.exists() or not has_magic(str(source)):
        return _below(name, _real(path))
    return fnmatch(name, _real(path)) or fnmatch(name, f"{_real(path)}/*")


def _roots(sources: Sequence[str | Path]) -> Iterator[str]:
    return (_real(source) for source in sources if Path(source).expanduser().is_dir())


def _any_below(root: str, names: Collection[str]) -> bool:
    return any(_below(name, root) for name in names)


def _below(name: str, folder: str) -> bool:
    return Path(name).is_relative_to(folder)


def _real(path: str | Path) -> str:
    return str(Path(path).expanduser().resolve())


def _failure(name: str) -> OSError | None:
    try:
        Path(name).stat()
    except OSError as error:
        return error
    return None
