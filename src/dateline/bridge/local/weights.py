"""The weights of a local model: a GGUF file of one's own, or the usual one, fetched once from the hub."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.config import Settings
from dateline.errors import ModelError
from dateline.index.damage import stored
from dateline.types import Tell

if TYPE_CHECKING:
    from http.client import HTTPResponse

_HUB_SECONDS = 20.0  # to connect, and then without a byte
_STEP = 1 << 20  # bytes
_INSTEAD = "or name a file: --llm local:/path/to/model.gguf"


@dataclass(frozen=True, slots=True)
class Weights:
    """A file of the model hub, of which every byte is known."""

    name: str
    path: str  # on the hub
    size: int
    sha256: str

    @property
    def file(self) -> str:
        """Its name, here as there."""
        return self.path.rpartition("/")[2]


# Under Apache-2.0, 1.5 billion parameters. The checksum is what the hub says of the file (`x-linked-etag`).
USUAL = Weights(
    "Qwen2.5-1.5B-Instruct",
    "Qwen/Qwen2.5-1.5B-Instruct-GGUF/resolve/91cad51170dc346986eccefdc2dd33a9da36ead9/"
    "qwen2.5-1.5b-instruct-q4_k_m.gguf",
    1_117_320_736,
    "6a1a2eb6d15622bf3c96857206351ba97e1af16c30d7a74ee38970e434e9407e",
)


def named(path: str) -> Path:
    """The file of that path. Raises ModelError where it is not there, or no GGUF file."""
    file = Path(path).expanduser()
    try:
        with file.open("rb") as opened:
            begins = opened.read(4)
    except OSError as error:
        raise ModelError(
            "unknown_model", f"--llm local:{path} can't be read ({error.strerror or error}); name a GGUF file"
        ) from None
    if begins != b"GGUF":
        raise ModelError(
            "unknown_model", f"--llm local:{path} is no GGUF file; name one that llama.cpp can run"
        )
    return file


def fetched(weights: Weights, settings: Settings, tell: Tell) -> Path:
    """The file on this machine; fetched first where it is not here yet, going on where that was broken off.

    Safe in several processes at once. Raises ModelError, StorageError.
    """
    from filelock import FileLock

    folder = settings.cache.expanduser() / "models" / weights.name
    file = folder / weights.file
    if _has_all(file, weights):
        return file
    with stored(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if not _has_all(file, weights):
                _fetch(weights, settings.model_hub, folder / f"{weights.file}.part", tell).replace(file)
    return file


def _has_all(file: Path, weights: Weights) -> bool:
    return file.is_file() and file.stat().st_size == weights.size


def _fetch(weights: Weights, hub: str, part: Path, tell: Tell) -> Path:
    """The whole file, checked, under the name of the part. Raises ModelError."""
    stage = f"fetching the language model {weights.name} ({weights.size / 1e9:.1f} GB, once)"
    tell(stage, 0, None)
    held = part.stat().st_size if part.is_file() else 0
    if held > weights.size:
        part.unlink()
    if held != weights.size:
        _append(weights, hub, part, tell)
    with part.open("rb") as file:
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    if checksum != weights.sha256:
        part.unlink()
        raise ModelError(
            "not_installed",
            f"what {hub} gave as {weights.file} is not the official file, and was thrown away; "
            f"try again, {_INSTEAD}",
        )
    return part


def _append(weights: Weights, hub: str, part: Path, tell: Tell) -> None:
    """Fetches what is missing of the part."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    held = part.stat().st_size if part.is_file() else 0
    asked = {"User-Agent": "dateline"} | ({"Range": f"bytes={held}-"} if held else {})
    why = "it ended too soon"
    try:
        request = Request(f"{hub.rstrip('/')}/{weights.path}", headers=asked)
        with urlopen(request, timeout=_HUB_SECONDS) as reply:
            _copy(reply, part, weights, tell)
    except HTTPError as error:
        error.close()
        why = f"HTTP status {error.code}"
    except (OSError, HTTPException, ValueError) as error:  # ValueError: not an address
        why = str(getattr(error, "reason", error)) or type(error).__name__
    if not part.is_file() or part.stat().st_size != weights.size:
        raise ModelError(
            "not_installed",
            f"the language model {weights.name} can't be fetched from {hub} ({why}); what has come is kept: "
            f"connect this machine and try again, {_INSTEAD}",
        )


def _copy(reply: HTTPResponse, part: Path, weights: Weights, tell: Tell) -> None:
    """Writes what comes behind what is there, or anew where a server does not go on."""
    with ExitStack() as held:
        with stored(part):
            file = held.enter_context(part.open("ab" if reply.status == 206 else "wb"))
        while file.tell() < weights.size and (piece := reply.read(_STEP)):
            with stored(part):
                file.write(piece)
            tell(f"fetching {weights.file}", file.tell(), weights.size)
