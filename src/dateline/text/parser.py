"""en_core_web_sm as a Parser. The only room that knows spaCy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ParserMissing
from dateline.text.parsed import Entity, Parsed, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 5_000  # characters of a text that are parsed: no sentence has more
_AT_ONCE = 32  # sentences: one batch keeps nobody else waiting for more than a tenth of a second
_UNUSED = ["senter"]  # ends of sentences are found elsewhere


class SpacyParser:
    """One pipeline behind a lock: a second one beside it gained nothing, since both need Python's own."""

    def __init__(self, folder: Path) -> None:
        """From the official files in `folder`. Raises ParserMissing where spaCy can't read them."""
        try:
            from spacy import util
        except ImportError as error:
            raise ParserMissing(
                f"parser: spaCy can't be imported ({error}); run: pip install 'spacy>=3.8,<3.9'"
            ) from error
        self.name = folder.name
        try:
            config = util.load_config(folder / "config.cfg")
            self._pipeline = util.load_model_from_config(config, exclude=_UNUSED)
            self._pipeline.from_disk(folder, exclude=_UNUSED)
        except Exception as error:  # it raises bare ones; the files are all that it is given
            reason = str(error).strip().partition("\n")[0]
            raise ParserMissing(
                f"parser: the files in {folder} can't be read by this spaCy ({reason})"
            ) from error
        self._lock = threading.Lock()

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """One for each text, in order; each should be one sentence. 3 ms for one of 14 words."""
        found: list[Parsed] = []
        for first in range(0, len(texts), _AT_ONCE):
            some = texts[first : first + _AT_ONCE]
            # What a text adds to the vocabulary is forgotten with the zone: a server's memory stays as it is.
            with self._lock, self._pipeline.memory_zone():
                parsed = self._pipeline.pipe([_readable(text) for text in some])
                found += [_parsed(text, doc) for text, doc in zip(some, parsed, strict=True)]
        return found


def _readable(text: str) -> str:
    return text[:LONGEST].encode(errors="replace").decode()  # half of a surrogate pair can't be read; as long


def _parsed(text: str, doc: Doc) -> Parsed:
    words = tuple(
        Word(
            token.text,
            token.idx,
            token.idx + len(token.text),
            token.lemma_,
            token.pos_,
            token.tag_,
            token.dep_,
            token.head.i,
        )
        for token in doc
    )
    return Parsed(text, words, tuple(Entity(one.start, one.end, one.label_) for one in doc.ents))
