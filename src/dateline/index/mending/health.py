"""Is an index what was written? Its ledger, and what was derived from it; and the repair of both.

Whatever the ledger holds is never guessed: a damaged article is taken out and named, to be read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import DatelineError, IndexDamaged, IndexMismatch
from dateline.index import lock, manifest, retold, sync
from dateline.index.damage import AFRESH, doctor
from dateline.index.embedder import Embedder
from dateline.index.generations import folder_of, publish
from dateline.index.ledger.audit import Audit
from dateline.index.ledger.schema import FILE
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.mending import probe, salvage
from dateline.index.words import WordIndex
from dateline.types import Finding, Tell

_STAGE = "checking"


def examine(index: Path, tell: Tell) -> list[Finding]:
    """All that is wrong with the index in this folder; nothing in it is changed."""
    tell(_STAGE, 0, 4)
    file, mend = str(index / FILE), doctor(index)
    if not (index / FILE).is_file() or (index / FILE).stat().st_size == 0:
        return [Finding("there is no ledger, or it is empty", file, AFRESH)]
    try:
        ledger = Audit(index)
    except IndexMismatch as error:
        return [Finding(str(error), file, AFRESH)]
    except DatelineError as error:
        why = error.__context__ or "its settings are not what was written"
        return [Finding(f"the ledger can't be opened ({why})", file, mend)]
    try:
        while True:
            generation = ledger.generation
            found = _examined(ledger, tell)
            if not found or ledger.generation == generation:  # or a writer has published meanwhile
                return found
    except IndexDamaged as error:
        return [Finding(f"the ledger can't be read ({error.__context__ or error})", file, mend)]
    finally:
        ledger.close()


def _examined(ledger: Audit, tell: Tell) -> list[Finding]:
    if structure := ledger.structure():
        told = f"SQLite finds: {'; '.join(structure)}"
        return [Finding(told, str(ledger.folder / FILE), doctor(ledger.folder))]
    tell(_STAGE, 1, 4)
    found = [*_content(ledger)]
    tell(_STAGE, 2, 4)
    return [*found, *_derived(ledger, tell)]


def _content(ledger: Audit) -> Iterator[Finding]:
    """What of the rows is not as it was written."""
    file, mend = str(ledger.folder / FILE), doctor(ledger.folder)
    for what, keys in (("articles", ledger.damaged_articles()), ("passages", ledger.damaged_passages())):
        if keys:
            yield Finding(f"{len(keys):,} {what} are not what was written", file, mend)
    if days := ledger.damaged_days():
        yield Finding(f"the days that {len(days):,} articles speak of are not what was written", file, mend)
    if bare := ledger.bare_articles():
        yield Finding(f"{len(bare):,} articles have no passages", file, mend)
    if ledger.retold_is_damaged():
        yield Finding("which articles tell the same report is not what was written", file, mend)


def _derived(ledger: Audit, tell: Tell) -> Iterator[Finding]:
    """What of the published generation is not as it was derived, or not what the ledger says."""
    folder, mend = folder_of(ledger.folder, ledger.generation), doctor(ledger.folder)
    if not ledger.generation:
        finish = f"finish it: dateline index FOLDER --index {ledger.folder}"
        yield Finding("nothing was published yet", str(ledger.folder), finish)
        return
    if not folder.is_dir():
        yield Finding("it is missing", str(folder), mend)
        return
    told = ledger.meta("manifest")
    if told is None or not manifest.is_whole(told):
        yield Finding("it was published without checksums, or they are damaged", str(folder), mend)
        return
    if other := manifest.strangers(told):
        yield Finding(f"it was written by {', '.join(other)}", str(folder), mend)
        return
    changed = [*manifest.differences(folder, told)]
    for file, how in changed:
        yield Finding(how, str(file), mend)
    if changed:
        return
    tell(_STAGE, 3, 4)
    articles, passages, _ = ledger.keys()
    for name, keys in (("articles", articles), ("words", passages)):
        if wrong := _differ(folder / name, keys):
            yield Finding(wrong, str(folder / name), mend)
    for wrong in probe.ask(ledger.folder):
        yield Finding(wrong, str(folder / "vectors"), mend)
    tell(_STAGE, 4, 4)


def _differ(folder: Path, expected: set[int]) -> str | None:
    try:
        found = WordIndex(folder).keys()
    except DatelineError as error:
        return f"it can't be read ({error.__cause__})"
    if found == expected:
        return None
    missing, more = len(expected - found), len(found - expected)
    return f"of {len(expected):,} texts {missing:,} are missing, and {more:,} should not be there"


def _in_indexes(structure: list[str]) -> bool:
    """True when every complaint is of an index, which can be made again from its table."""
    return all("index" in line and "malformed" not in line for line in structure)


def needs_embedder(index: Path) -> str | None:
    """The embedder that a repair needs, where passages have to be read anew."""
    ledger = Audit(index)
    try:
        again = ledger.bare_articles() or ledger.damaged_passages()
        return ledger.meta("next embedder") if again else None
    finally:
        ledger.close()


def save_rows(index: Path, tell: Tell) -> list[Finding]:
    """Makes a ledger that can't be read anew from the rows that can; what is lost.

    One that can be read stays as it is. Raises IndexBusy and StorageError.
    """
    with lock.alone(index):
        return [] if _can_be_read(index) else salvage.salvage(index, tell)


def _can_be_read(index: Path) -> bool:
    """True where SQLite can follow the pages of the ledger, or of its tables at least."""
    try:
        ledger = Audit(index)
    except IndexMismatch:
        return True
    except DatelineError:
        return False
    try:
        structure = ledger.structure()
        return not structure or _in_indexes(structure)
    finally:
        ledger.close()


def repair(index: Path, embedder: Embedder | None, tell: Tell) -> list[Finding]:
    """Derives everything anew from the ledger and publishes it; the articles that had to be taken out of it.

    Damaged passages are split and embedded again from their articles. Raises IndexBusy and StorageError.
    """
    with lock.writing(index, tell) as ledger:
        ledger.reindex()
        audit = Audit(index)
        try:
            articles, passages = audit.damaged_articles(), audit.damaged_passages()
            related, speaking = audit.retold_is_damaged(), audit.damaged_days()
            bare = audit.bare_articles()
        finally:
            audit.close()
        lost = _taken_out(ledger, articles)
        if passages or bare:
            sync.split_again(ledger, ledger.owners(passages), embedder, tell)
        with ledger.transaction():
            ledger.speak_again(speaking, tell)
        if related:
            retold.relate(ledger, tell, everything=True)
        publish(ledger, tell, fresh=True)
        ledger.purge()  # of the damaged rows that were replaced
    return lost


def _taken_out(ledger: LedgerWriter, keys: list[int]) -> list[Finding]:
    """Findings that name what has to be read again; the ledger no longer takes its files as read."""
    again = f"dateline index FOLDER --index {ledger.folder}"
    with ledger.transaction():
        return [
            Finding("a damaged article was taken out", path or f"article {key}", f"read it again: {again}")
            for key in keys
            for path in [ledger.drop(key)]
        ]
