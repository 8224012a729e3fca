"""All sources to one stream of articles: duplicates named, missing years inferred."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.reading.clean import fold
from dateline.reading.files import find, read_file
from dateline.reading.origin import NO_HINTS, Hints
from dateline.reading.related import Signature, sign
from dateline.reading.states import State, is_same_report, state_of, told_apart
from dateline.reading.years import infer_among, is_yearless
from dateline.types import Article, Skipped


def read(sources: str | Path | Sequence[str | Path], hints: Hints = NO_HINTS) -> Iterator[Article | Skipped]:
    """The articles of files, folders and globs. Those whose year must be inferred come last.

    A copy of an earlier article (same source, same text but for case and white space) is Skipped, and so
    is a second state of one report under its id; another report of that id gets one of its own.
    Raises SourceError, at once, as `find` does.
    """
    found = find([sources] if isinstance(sources, str | Path) else sources)
    return _read(found, hints)


def _read(found: Iterator[Path | Skipped], hints: Hints) -> Iterator[Article | Skipped]:
    """Keeps the yearless articles whole until the end, and of all others a signature."""
    yearless: list[Article] = []
    neighbours: list[Signature] = []
    for one in _distinct(found, hints):
        if isinstance(one, Article) and is_yearless(one):
            yearless.append(one)
            continue
        if isinstance(one, Article):
            neighbours.append(sign(one))
        yield one
    dated = {article.id: article for article in infer_among(yearless, neighbours)}
    yield from (dated.get(article.id, article) for article in yearless)


def _distinct(found: Iterator[Path | Skipped], hints: Hints) -> Iterator[Article | Skipped]:
    """Everything that was read, with copies and second uses of an id as Skipped."""
    ids: dict[str, str] = {}
    states: dict[str, State] = {}
    texts: dict[bytes, str] = {}
    for source in found:
        for one in [source] if isinstance(source, Skipped) else read_file(source, hints):
            if isinstance(one, Skipped):
                yield one
                continue
            path = one.path or ""
            if one.id in states and not is_same_report(state_of(one), states[one.id]):
                one = told_apart(one)
            key = hashlib.blake2b(
                f"{fold(one.source or '')}\0{fold(one.text)}".encode(), digest_size=16
            ).digest()
            if key in texts:
                earlier = texts[key]
                yield Skipped(path, None, f"a copy of article {earlier} in {ids[earlier]}")
            elif one.id in ids:
                yield Skipped(path, None, f"its id {one.id} is that of an earlier article in {ids[one.id]}")
            else:
                ids[one.id] = path
                states[one.id] = state_of(one)
                texts[key] = one.id
                yield one
