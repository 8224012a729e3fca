"""Articles out of an index, everywhere; and the proof that none of their words is left in its files."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

from dateline.errors import ArticleMissing
from dateline.index import generations
from dateline.index.damage import stored
from dateline.index.ledger.writer import LedgerWriter
from dateline.index.mending import salvage
from dateline.index.split import split
from dateline.types import Tell


def remove(ids: Sequence[str], ledger: LedgerWriter, tell: Tell) -> int:
    """Takes articles out of the ledger and of everything derived; how many traces of their words remain.

    Raises ArticleMissing, before anything is done, for an id that the index does not hold.
    """
    words: list[bytes] = []
    for id in ids:
        article = ledger.article(id, generation=ledger.generation)
        if article is None:
            raise ArticleMissing(f"no article {id!r} in {ledger.folder}; dateline search shows ids")
        words += [passage.text[:40].encode() for passage in split(article) if len(passage.text) >= 40]
    with ledger.transaction():
        for id in ids:
            ledger.remove(id)
    generations.publish(ledger, tell, erase=True)
    ledger.purge()
    for aside in salvage.set_aside(ledger.folder):
        with stored(aside):
            shutil.rmtree(aside)
    kept = {text for article in ledger.articles() for text in words if text in article.text.encode()}
    return _traces(ledger.folder, [text for text in words if text not in kept])


def _traces(folder: Path, words: Sequence[bytes]) -> int:
    """In how many places of the index's files any of the words stand."""
    return sum(
        _count(file, words) for file in folder.rglob("*") if file.is_file() and file.stat().st_size > 0
    )


def _count(file: Path, words: Sequence[bytes]) -> int:
    """In how many places of a file any of the words stand; it may be larger than the memory."""
    found = 0
    with file.open("rb") as content, mmap(content.fileno(), 0, access=ACCESS_READ) as held:
        for text in words:
            place = held.find(text)
            while place >= 0:
                found += 1
                place = held.find(text, place + len(text))
    return found
