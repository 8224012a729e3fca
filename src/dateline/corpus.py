"""The other verbs of the facade: read articles, build and change an index, group stories, resolve
dates, verify claims.

What they need is imported where it is called: a question needs none of it, and should start fast.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dateline import backends
from dateline.config import Settings
from dateline.errors import EmbedderMissing, ParserMissing, StoreAway
from dateline.index import Embedder
from dateline.types import Article, Report, Skipped, Support, Tell, TimeSpan

if TYPE_CHECKING:
    from dateline.index.ledger.writer import LedgerWriter
    from dateline.index.store import Address
    from dateline.text import Parser

Sources = str | Path | Sequence[str | Path]


def read(
    sources: Sources, *, fields: Mapping[str, str] | None = None, day_first: bool | None = None
) -> Iterator[Article | Skipped]:
    """The articles of files, folders and globs, without an index; and what had to be left out, and why.

    `fields` tell where a field stands in records of an unknown shape: {"source": "source.name"}; `day_first`
    what 3/4/2021 is. Those whose newswire line has no year come last: the others help to date them. Raises
    SourceError; ValueError for a field that is none.
    """
    from dateline.reading import hints_of
    from dateline.reading import read as articles_of

    return articles_of(sources, hints_of(fields, day_first=day_first))


def build(
    sources: Sources,
    index: str | Path = "index",
    *,
    embedder: str | Embedder | None = None,
    prune: bool = False,
    store: str | None = None,
    republish: bool = False,
    fields: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> Report:
    """Brings an index to the state of its sources: files, folders, globs. What did not change is kept.

    With `prune`, articles whose files are gone from these sources are taken out; never because something
    could not be read, of which the report's notices tell.

    `fields` and `day_first` are those of `read`.

    With `store`, the address of a Chroma server ("http://host:8000"), the index is published there, too; with
    `republish`, all of it anew, also in the place of another. Where the server is away, the report says so,
    and the next run goes on.

    Where the embedded model can't be had the index holds words alone, and the report's notices say so; an
    embedder asked for by name must be there. Raises SourceError, IndexBusy, IndexMismatch, IndexDamaged,
    StorageError, EmbedderMissing; ValueError for an address that is none.
    """
    from dateline.index import lock, sync
    from dateline.reading import find as find_files
    from dateline.reading import hints_of

    settings = settings or Settings.from_environment()
    tell = progress or backends.silent
    hints = hints_of(fields, day_first=day_first)
    named = [sources] if isinstance(sources, str | Path) else sources
    found = list(find_files(named))
    place = backends.address(store, settings)
    with lock.writing(Path(index), tell) as ledger:
        model, notices = for_articles(embedder or settings.embedder, settings, tell)
        report = sync.synchronise(found, ledger, model, tell, prune=named if prune else (), hints=hints)
        report = replace(report, notices=(*report.notices, *notices))
        return published(report, ledger, place, tell, republish=republish)


def for_articles(
    wanted: str | Embedder, settings: Settings, tell: Tell
) -> tuple[Embedder | None, tuple[str, ...]]:
    """The embedder; none, and what to say, where the usual one can't be had. Raises EmbedderMissing."""
    try:
        return backends.embedder(wanted, settings, tell), ()
    except EmbedderMissing as error:
        if wanted != backends.MINILM:  # asked for by name: words alone would not be what was asked for
            raise
        return None, (f"Indexed words only: {error}",)


def rebuild(
    index: str | Path = "index",
    *,
    embedder: str | Embedder | None = None,
    store: str | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> Report:
    """Splits and embeds every article of an index again, from its own ledger; the way to another embedder.

    Raises IndexMissing, IndexBusy, EmbedderMissing.
    """
    from dateline.index import lock, sync
    from dateline.index.ledger import Ledger

    settings = settings or Settings.from_environment()
    tell = progress or backends.silent
    place = backends.address(store, settings)
    Ledger(Path(index)).close()  # there must be one: this makes none
    with lock.writing(Path(index), tell) as ledger:
        model = backends.embedder(embedder or settings.embedder, settings, tell)
        return published(sync.rebuild(ledger, model, tell), ledger, place, tell)


def remove(
    ids: Sequence[str],
    index: str | Path = "index",
    *,
    store: str | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> int:
    """Takes articles out of an index everywhere; how many traces of their words remain in its files (0).

    With `store`, also out of what was published there. Raises IndexMissing, IndexBusy, ArticleMissing;
    StoreAway, after which they are gone here, and the next run takes them out there.
    """
    from dateline.index import lock, removal
    from dateline.index.ledger import Ledger

    Ledger(Path(index)).close()
    tell = progress or backends.silent
    place = backends.address(store, settings or Settings.from_environment())
    with lock.writing(Path(index), tell) as ledger:
        traces = removal.remove(ids, ledger, tell)
        if place:
            from dateline.index.store.publish import publish

            try:
                publish(ledger, place, tell)
            except StoreAway as error:
                done = f"gone from {ledger.folder}, and taken out there by the next dateline index --store"
                raise StoreAway(f"{error}; what was to be removed is {done}") from None
        return traces


def published(
    report: Report,
    ledger: LedgerWriter,
    store: Address | None,
    tell: Tell,
    *,
    republish: bool = False,
) -> Report:
    """The report, after the index was published to a store, if one is named."""
    if store is None:
        return report
    from dateline.index.store.publish import publish

    try:
        publish(ledger, store, tell, republish=republish)
    except StoreAway as error:
        kept = f"what was read is kept in {ledger.folder}, and the next run publishes it"
        return replace(report, published=False, notices=(*report.notices, f"Not published: {error}; {kept}"))
    return replace(report, published=True)


def group_stories(
    articles: Iterable[Article],
    *,
    embedder: str | Embedder | None = None,
    settings: Settings | None = None,
) -> list[list[str]]:
    """Ids of the articles, copies and rewrites of one report together; alone is a list of one.

    Ids in a list, and the lists, are in order of first appearance. Where the embedding model can't be had,
    only copies are found, and a warning says so; an embedder asked for by name must be there. Raises
    EmbedderMissing.
    """
    from dateline.index.stories import group_stories as grouped

    return grouped(articles, embedder=_at_hand(embedder, settings, "Only copies are found, no rewrites"))


def resolve_dates(text: str, reference: date | datetime | str) -> list[TimeSpan]:
    """The days that a text speaks of, in its order, read against the day it was written.

    A span's days are half-open; where the words name no days that can be known, it says why. Raises
    ValueError for a reference that is not ISO 8601.
    """
    from dateline.dates import resolve_dates as resolved

    return resolved(text, reference)


def verify(
    claim: str,
    evidence: Sequence[str] | str,
    *,
    embedder: str | Embedder | None = None,
    parser: Parser | None = None,
    settings: Settings | None = None,
) -> Support:
    """How far evidence carries a claim, sentence by sentence, without a language model.

    Numbers with their units, names, dates, negation, modality and who is said to have said it must stand in
    the sentences that come nearest; then closeness of meaning counts. Where the embedding model can't be had
    words alone decide, and a warning says so; an embedder asked for by name must be there. Who does what to
    whom is compared by the parser that is on this machine; where there is none, a warning says so, too.
    Raises EmbedderMissing.
    """
    from dateline.verification import verify as verified

    model = _at_hand(embedder, settings, "Verified by words alone")
    if model and parser is None:
        parser = _parser_here(settings)
    return verified(claim, evidence, embedder=model, parser=parser)


def _parser_here(settings: Settings | None) -> Parser | None:
    """The parser of this machine; none, and a warning, where it has none. Nothing is fetched for it."""
    from dateline.text import load_here

    try:
        return load_here(settings or Settings.from_environment(), say=lambda _: None)
    except ParserMissing as error:
        warnings.warn(f"Verified without a parser: {error}", stacklevel=3)
        return None


def _at_hand(embedder: str | Embedder | None, settings: Settings | None, without: str) -> Embedder | None:
    """The embedder that is meant; none, and a warning of what is lost, where the usual one can't be had."""
    settings = settings or Settings.from_environment()
    wanted = embedder or settings.embedder
    try:
        return backends.embedder(wanted, settings, backends.silent)
    except EmbedderMissing as error:
        if wanted != backends.MINILM:  # asked for by name
            raise
        warnings.warn(f"{without}: {error}", stacklevel=3)
        return None
