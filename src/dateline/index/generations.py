"""The derived half of an index: one folder per generation, written once, then only read.

    index/
      ledger.sqlite             the truth
      generation-000007/        what readers search: vectors/ (Chroma), words/ and articles/ (tantivy)
      writer.lock

A generation is the one before it copied and changed, or made from the ledger. Until the ledger publishes
its number nobody reads it, so a killed run leaves at most a folder that the next run throws away. The
generation before the published one stays for readers that are in the middle of an answer.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

from dateline.errors import StorageError
from dateline.index import manifest, retold, vectors, words
from dateline.index.damage import stored
from dateline.index.ledger import Row
from dateline.index.ledger.writer import LedgerWriter
from dateline.types import Tell

_SPARE = 16 << 20  # bytes: what even a small index needs
_GROWTH = 8  # bytes of an index for one of text: half of what vectors, words and the ledger were seen to take
_FRESH_SHARE = 0.3  # with a larger change than this, writing anew is faster than copying and changing


def folder_of(index: Path, generation: int) -> Path:
    """Where a generation lies."""
    return index / f"generation-{generation:06d}"


def numbers(index: Path) -> list[int]:
    """The numbers of the generations that lie in an index folder, ascending."""
    return [int(folder.name.partition("-")[2]) for folder in _folders(index)]


def publish(
    ledger: LedgerWriter, tell: Tell, *, fresh: bool = False, erase: bool = False, replica: bool = False
) -> None:
    """Derives the next generation from what waits in the ledger and makes it the one readers see.

    With `fresh`, everything is derived anew; with `erase`, that too, and the generation before is not kept.
    A replica has what a store tells: relations, and no vectors to search. Raises StorageError.
    """
    current = ledger.generation
    clean(ledger)
    look_for_room(ledger)
    old, new = folder_of(ledger.folder, current), folder_of(ledger.folder, current + 1)
    if not replica:
        retold.relate(ledger, tell)
    try:
        _derive(ledger, old, new, tell, fresh=fresh or erase, replica=replica)
        ledger.publish(manifest.describe(new))
    except BaseException:
        if ledger.generation == current:
            shutil.rmtree(new, ignore_errors=True)  # gives back the room it took
        raise
    for folder in _folders(ledger.folder):
        if folder != new and (erase or folder != old):
            shutil.rmtree(folder, ignore_errors=True)


def clean(ledger: LedgerWriter) -> None:
    """Throws away what a killed run had begun to derive. Raises StorageError."""
    for folder in _folders(ledger.folder):
        if folder > folder_of(ledger.folder, ledger.generation):
            with stored(folder):
                shutil.rmtree(folder)


def look_for_room(ledger: LedgerWriter, *, text: int = 0) -> None:
    """Raises StorageError where the next generation clearly won't find room beside the published one.

    `text` is how many bytes of it are still to be read.
    """
    published = folder_of(ledger.folder, ledger.generation)
    held = sum(file.stat().st_size for file in published.rglob("*") if file.is_file())
    needed = _SPARE + held + _GROWTH * text
    free = shutil.disk_usage(ledger.folder).free
    if free < needed:
        raise StorageError(
            f"{ledger.folder} has {free / 1e6:,.0f} MB left on its disk and needs at least "
            f"{needed / 1e6:,.0f} MB; make room, then run the command again: nothing was lost"
        )


def is_whole(ledger: LedgerWriter) -> bool:
    """True when the published generation is there, as far as can be seen without reading all of it."""
    told = ledger.meta("manifest") or manifest.nothing()
    folder = folder_of(ledger.folder, ledger.generation)
    if not (folder.is_dir() and manifest.is_whole(told)):
        return False
    return not any(manifest.differences(folder, told, every_byte=False))


def _derive(ledger: LedgerWriter, old: Path, new: Path, tell: Tell, *, fresh: bool, replica: bool) -> None:
    coming = ledger.generation + 1
    total = ledger.count_rows()
    dead, gone = ledger.dead_passages(died=coming), ledger.dead_articles(died=coming)
    changed = len(dead) + ledger.count_rows(born=coming)
    if fresh or changed > _FRESH_SHARE * total or not _can_be_copied(ledger, old):
        born, dead, gone, changed = None, [], [], total
    else:
        born = coming
        with stored(new):
            shutil.copytree(old, new, copy_function=_copying(tell))
    with stored(new):
        new.mkdir(exist_ok=True)
    _write_words(new / "articles", ledger.article_rows, born, gone)
    _write_words(
        new / "words",
        lambda *, born: _told(ledger.rows(born=born), tell, "indexing words", changed if born else total),
        born,
        dead,
    )
    if not replica:
        vectors.write(
            new / "vectors", _told(ledger.rows(born=born), tell, "indexing vectors", changed), dead=dead
        )


class _Rows(Protocol):
    """The rows of one generation, or all."""

    def __call__(self, *, born: int | None) -> Iterator[Row]: ...


def _write_words(folder: Path, rows: _Rows, born: int | None, dead: Sequence[int]) -> None:
    """Changes a copied index, or writes all of it anew where what it forgot would count for too much."""
    if born is not None and dead and words.is_stale(folder, len(dead)):
        with stored(folder):
            shutil.rmtree(folder)
        born, dead = None, ()
    words.write(folder, rows(born=born), dead=dead)


def _copying(tell: Tell) -> Callable[[str, str], str]:
    """Copies a file, and says so: it may be asked to end between two."""
    copied = count()

    def copy(source: str, target: str) -> str:
        tell("copying", next(copied), None)
        return shutil.copy2(source, target)

    return copy


def _can_be_copied(ledger: LedgerWriter, folder: Path) -> bool:
    """True when the folder is what was published, to the byte: or its damage would be published, too."""
    told = ledger.meta("manifest")
    return (
        told is not None
        and manifest.is_whole(told)
        and folder.is_dir()
        and not manifest.strangers(told)
        and not any(manifest.differences(folder, told))
    )


def _told(rows: Iterator[Row], tell: Tell, stage: str, total: int) -> Iterator[Row]:
    for done, row in enumerate(rows):
        if done % 500 == 0:
            tell(stage, done, total)
        yield row
    tell(stage, total, total)


def _folders(index: Path) -> list[Path]:
    return sorted(index.glob("generation-[0-9]*"))
