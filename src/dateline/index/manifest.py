"""What a published generation is made of: its files with sizes and hashes, and the libraries that wrote them.

The manifest is kept in the ledger, so that a folder of another generation, or of another index, is no match.
Sizes are compared when an index is opened, the bytes of words and of vectors before the first is searched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from mmh3 import mmh3_x64_128

_LIBRARIES = ("chromadb", "tantivy")
_PART = 1 << 20
_NO_CONTENT = (".tantivy-meta.lock", ".tantivy-writer.lock")


def nothing() -> str:
    """The manifest of a generation without files."""
    told: dict[str, object] = {"written by": {}, "files": {}}
    return json.dumps(told | {"seal": _seal(told)})


def describe(folder: Path) -> str:
    """The manifest of a generation's folder."""
    files = {
        file.relative_to(folder).as_posix(): (file.stat().st_size, _hash(file))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name not in _NO_CONTENT
    }
    told = {"written by": {name: version(name) for name in _LIBRARIES}, "files": files}
    return json.dumps(told | {"seal": _seal(told)})


def is_whole(manifest: str) -> bool:
    """True when the manifest itself is what was described."""
    try:
        told = json.loads(manifest)
        return bool(told.pop("seal", None) == _seal(told))
    except (ValueError, AttributeError):
        return False


def differences(
    folder: Path, manifest: str, *, part: str = "", every_byte: bool = True
) -> Iterator[tuple[Path, str]]:
    """Each file of a part ("words"), or of all, that is not as the manifest says, and how.

    Without `every_byte` only the sizes are looked at.
    """
    for name, (size, expected) in json.loads(manifest)["files"].items():
        file = folder / name
        if part and not name.startswith(f"{part}/"):
            continue
        try:
            now = file.stat().st_size
            if now != size:
                yield file, f"it has {now:,} bytes and had {size:,} when it was written"
            elif every_byte and _hash(file) != expected:
                yield file, "its content is not what was written"
        except FileNotFoundError:
            yield file, "it is missing"
        except OSError as error:
            yield file, f"it can't be read: {error.strerror}"


def strangers(manifest: str) -> list[str]:
    """Libraries that wrote the generation in a version whose files this program does not promise to read."""
    return [
        f"{name} {written} (this program has {version(name)})"
        for name, written in json.loads(manifest)["written by"].items()
        if _compatible(written) != _compatible(version(name))
    ]


def _seal(told: Mapping[str, object]) -> str:
    return mmh3_x64_128(json.dumps(told).encode()).digest().hex()


def _compatible(release: str) -> list[str]:
    """The part of a version that changes when its files may: "1.5.9" → 1, "0.27.0" → 0.27."""
    numbers = release.split(".")
    return numbers[:1] if numbers[0] != "0" else numbers[:2]


def _hash(file: Path) -> str:
    """Of accidents, not of forgery: it reads as fast as memory does."""
    made = mmh3_x64_128()
    with file.open("rb") as content:
        while part := content.read(_PART):
            made.update(part)
    return made.digest().hex()
