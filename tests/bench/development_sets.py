"""Where the development sets lie: a folder `shared/data` beside some folder above this one."""

from __future__ import annotations

import sys
from pathlib import Path


def find(name: str) -> Path | None:
    """The folder of the set; None, and a line that says so, where this machine does not have it."""
    for above in Path(__file__).resolve().parents:
        if (folder := above / "shared/data" / name).is_dir():
            return folder
    print(f"skipped: no folder shared/data/{name} beside any folder above this file", file=sys.stderr)
    return None
