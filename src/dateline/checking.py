"""The facade of health: checks an index, and what was published of it to a store; mends both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dateline import backends
from dateline.config import Settings
from dateline.index import Embedder
from dateline.types import Finding, Health, Tell

if TYPE_CHECKING:
    from dateline.index.store import Address


def check(
    index: str | Path = "index",
    *,
    store: str | None = None,
    repair: bool = False,
    embedder: Embedder | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> Health:
    """Whether everything in an index is what was written; every byte of it is looked at.

    With `store`, the address of a Chroma server ("http://host:8000"), also what was published there, all of
    which is fetched; and that alone, where there is no index in the folder.

    With `repair`, what is derived is made again from the ledger, without embedding, and the index is checked
    once more. A ledger whose file is damaged is written anew from the rows in it that are whole; the damaged
    one is kept beside it. Articles that are damaged themselves are taken out and named, to be read again from
    their files; where only some of their passages are, these are embedded again, with `embedder` or the one
    of that name. A store is written anew from the index that was published there.

    Raises IndexBusy, StorageError, EmbedderMissing when it repairs; ValueError for an address that is none.
    """
    from dateline.index.ledger.schema import FILE

    settings = settings or Settings.from_environment()
    folder, tell = Path(index), progress or backends.silent
    place = backends.address(store, settings)
    here = place is None or (folder / FILE).is_file()
    health = Health(True, ())
    if here:
        health = _of_index(folder, tell, embedder, settings, repair=repair)
    if place:
        own = folder if here and health.healthy else None
        there = _of_store(place, own, tell, repair=repair)
        health = Health(
            health.healthy and there.healthy,
            (*health.findings, *there.findings),
            repaired=health.repaired or there.repaired,
        )
    return health


def _of_index(
    folder: Path, tell: Tell, embedder: Embedder | None, settings: Settings, *, repair: bool
) -> Health:
    from dateline.index.damage import AFRESH
    from dateline.index.mending import health

    findings = health.examine(folder, tell)
    if not (repair and _mendable(findings)):
        return Health(not findings, tuple(findings))
    unsaved = health.save_rows(folder, tell)
    if any(one.mend == AFRESH for one in unsaved):
        return Health(False, tuple(unsaved))
    wanted = health.needs_embedder(folder)
    name = backends.MINILM if wanted and wanted.startswith(backends.MINILM) else wanted
    model = backends.embedder(embedder or name, settings, tell) if name else None
    lost = health.repair(folder, model, tell)
    left = (*unsaved, *lost, *health.examine(folder, tell))
    return Health(not left, left, repaired=True)


def _of_store(place: Address, index: Path | None, tell: Tell, *, repair: bool) -> Health:
    """That of what was published; it is mended from an index that is whole."""
    from dateline.errors import StoreAway
    from dateline.index import lock
    from dateline.index.store.publish import publish
    from dateline.index.store.survey import examine

    findings = examine(place, index, tell)
    if not (repair and index and _mendable(findings)):
        return Health(not findings, tuple(findings))
    try:
        with lock.writing(index, tell) as ledger:
            publish(ledger, place, tell, republish=True)
    except StoreAway as error:
        return Health(False, (*findings, Finding(str(error), str(place), "then run the command again")))
    left = examine(place, index, tell)
    return Health(not left, tuple(left), repaired=True)


def _mendable(findings: list[Finding]) -> bool:
    return any("doctor --repair" in one.mend for one in findings)
