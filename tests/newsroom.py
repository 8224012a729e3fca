"""A small corpus for tests, made up, and the tools to lay it out on disk and to watch it being embedded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.index import Document, Embedder
from dateline.index.embedder import Embedded, Vectors
from dateline.index.sentences import sentences
from dateline.index.split import passage_of
from dateline.text import Parser, load_here
from dateline.text.files import folder_of
from dateline.types import Article, Hit

Record = dict[str, object]

RECORDS: tuple[Record, ...] = (
    {
        "id": "bridge-opens",
        "title": "Larkvale opens its new bridge",
        "source": "Harbor Wire",
        "date": "2019-02-04",
        "text": "Mayor Ines Okafor opened the new bridge over the Tarn in Larkvale on Monday. It cost "
        "48 million euros, six million more than planned. Some 3,000 people walked across it before the "
        "first cars came.\n\n"
        "The old bridge will be taken down in the spring.",
    },
    {
        "id": "ferry-strike",
        "title": "Ferry crews stop work",
        "source": "Ansel Gazette",
        "date": "2019-02-11",
        "text": "Ferry crews in Port Ansel stopped work at dawn, leaving 1,200 passengers on the quays. “We "
        "have had no rise in four years,” said Tomas Reyl, who speaks for the crews. Nobody was hurt.",
    },
    {
        "id": "ferry-talks",
        "title": "Date set for the ferry talks",
        "source": "Ansel Gazette",
        "date": "2019-02-13",
        "text": "The ferry company and its crews will meet at the town hall of Larkvale on March 2 at 5 p.m. "
        "Both sides said that they hope for an agreement. Tomas Reyl will lead the delegation of the crews.",
    },
    {
        "id": "telescope",
        "title": "Telescope on Mount Perrin sees its first light",
        "source": "Harbor Wire",
        "date": "2019-05-20",
        "text": "The telescope on Mount Perrin took its first picture on Sunday night. Its mirror, KX4471, "
        "is six metres wide. Astronomer Lena Brandt said that it will look for planets of other suns.",
    },
    {
        "id": "bakery",
        "title": "A bakery turns a hundred",
        "source": "Weekly Kiln",
        "date": "2018-11-30",
        "text": "The bakery of the Dunmore family is a hundred years old. It sells 900 loaves a day, most of "
        "them rye. The founder’s great-granddaughter, Ada Dunmore, still gets up at two in the morning.",
    },
    {
        "id": "flood",
        "title": "River rises after a week of rain",
        "source": "Weekly Kiln",
        "date": "2019-01-08",
        "text": "Rain fell on the valley for the seventh day. Sixty families left their homes in Osterby "
        "when the river came over its banks. The army brought sandbags and pumps.",
    },
    {
        "id": "library",
        "title": "Library lends tools",
        "text": "The library of Osterby now lends drills and saws beside its novels. A ladder may be kept "
        "for a week.",
    },
)


def write_articles(file: Path, *records: Record) -> Path:
    """The file, with one record a line."""
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return file


def report(id: str, text: str, **fields: object) -> Record:
    """A record with a headline and an outlet, unless they are given."""
    return {
        "id": id,
        "title": f"About {id}",
        "source": "Harbor Wire",
        "date": "2019-02-04",
        "text": text,
    } | fields


def hit(article: Article, *, rank: int = 1) -> Hit:
    """The whole text of an article as one passage."""
    return Hit(passage_of(article, list(sentences(article.text))), article, 1.0, rank)


class Watched:
    """An embedder that keeps the headlines of what it embedded; under another name, if one is given."""

    def __init__(self, embedder: Embedder, *, name: str | None = None) -> None:
        self.name = name or embedder.name
        self.dimensions = embedder.dimensions
        self.embedded: list[str] = []
        self._embedder = embedder

    def embed_documents(self, documents: Sequence[Document]) -> list[Embedded]:
        self.embedded += [document.headline for document in documents]
        return self._embedder.embed_documents(documents)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embedder.embed_queries(texts)


def parser_here() -> Parser:
    """The parser on this machine. The tests never fetch it: `make install` has."""
    try:
        return load_here(Settings.from_environment(), say=print)
    except ParserMissing as missing:
        pytest.skip(f"{missing}: run `make install`")


def with_parser(cache: Path) -> Path:
    """A cache that has the parser, where this machine has it: who answers from there misses nothing."""
    there = folder_of(Settings.from_environment())
    here = folder_of(Settings(cache=cache))
    if there.is_dir() and not here.exists():
        here.parent.mkdir(parents=True, exist_ok=True)
        here.symlink_to(there, target_is_directory=True)
    return cache
