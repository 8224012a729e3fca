"""A folder to open in place of a published one.

Chroma writes into its database whenever it is opened, tantivy makes locks: what was published would change
under its checksums, readers would write side by side, a folder that can't be written could not be searched.

Small files are copied, since Chroma writes a small graph anew when it is opened; large ones are links.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from dateline.index.damage import stored

_SMALL = 1 << 24  # bytes: copied in 10 ms


def borrowed(folder: Path, *, copied: Collection[str] = ()) -> TemporaryDirectory[str]:
    """A folder with the files of `folder`, those so named always as copies; it goes when it is let go."""
    with stored(Path(gettempdir())):
        place = TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True)
        for file in folder.resolve().rglob("*"):
            here = Path(place.name, file.relative_to(folder.resolve()))
            if file.is_dir():
                here.mkdir(parents=True, exist_ok=True)
            elif not file.name.endswith(".lock"):
                here.parent.mkdir(parents=True, exist_ok=True)
                _link(file, here, copy=file.name in copied or file.stat().st_size <= _SMALL)
    return place


def _link(file: Path, here: Path, *, copy: bool) -> None:
    try:
        if not copy:
            here.symlink_to(file)
            return
    except OSError:  # a system where links are a privilege
        pass
    shutil.copyfile(file, here)
