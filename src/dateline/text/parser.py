"""en_core_web_sm as a Parser. The only room that knows spaCy."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ParserMissing
from dateline.text.parsed import Entity, Parsed, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST = 5_000  # characters of a text that are parsed: no sentence has more
_AT_ONCE = 32  # sentences: one batch keeps nobody else waiting for more than a tenth of a second
_KEPT = 1_000  # sentences: some 10 MB
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
        self._read: OrderedDict[tuple[str, bool], Parsed] = OrderedDict()  # the oldest first

    def parse(self, texts: Sequence[str], *, names: bool = True) -> list[Parsed]:
        """One for each text, in order; each should be one sentence. Without names it takes half as long.

        A sentence of 14 words takes 3 ms, in batches. The last few hundred are kept: claims of one answer are
        held against the same sentences.
        """
        found: dict[str, Parsed] = {}
        with self._lock:
            for text in texts:
                if known := self._read.get((text, True)) or self._read.get((text, names)):
                    found[text] = known
        new = list(dict.fromkeys(text for text in texts if text not in found))
        for first in range(0, len(new), _AT_ONCE):
            found |= self._parse(new[first : first + _AT_ONCE], [] if names else ["ner"])
        with self._lock:
            for text in new:
                self._read[text, names] = found[text]
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return [found[text] for text in texts]

    def _parse(self, texts: Sequence[str], without: Sequence[str]) -> dict[str, Parsed]:
        # What a text adds to the vocabulary is forgotten with the zone: a server's memory stays as it is.
        with self._lock, self._pipeline.memory_zone():
            parsed = self._pipeline.pipe([_readable(text) for text in texts], disable=without)
            return {text: _parsed(text, doc) for text, doc in zip(texts, parsed, strict=True)}


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
