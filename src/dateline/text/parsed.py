"""What a parser makes of a sentence, in nouns of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: `parsed.text[start:end] == text`.

    `head` is the place of the word that it hangs under, its own for a root. `pos` is of Universal
    Dependencies ("VERB", "PROPN"), `tag` of the Penn Treebank ("VBD", "MD"), `dep` of ClearNLP ("nsubj",
    "nsubjpass", "dobj", "agent", "ccomp", "neg").
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A name, a number or a time: words[first:last], half-open; its label is of OntoNotes ("PERSON")."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its words in order. Where it is more than one sentence, it has several roots."""

    text: str
    words: tuple[Word, ...]
    entities: tuple[Entity, ...]

    @property
    def roots(self) -> list[int]:
        """The places of the words that hang under none."""
        return [place for place, word in enumerate(self.words) if word.head == place]

    def children(self, place: int) -> list[int]:
        """The places of the words right under that one, in order."""
        return [one for one, word in enumerate(self.words) if word.head == place and one != place]

    def subtree(self, place: int) -> list[int]:
        """The places of that word and of all that hangs under it, in order."""
        return [one for one in range(len(self.words)) if place in self.path(one)]

    def path(self, place: int) -> Iterator[int]:
        """The place, its head's, the head's head's, up to the root."""
        yield place
        while (head := self.words[place].head) != place:
            yield (place := head)


class Parser(Protocol):
    """Reads sentences. Thread-safe."""

    name: str  # "en_core_web_sm-3.8.0"

    def parse(self, texts: Sequence[str], *, names: bool = True) -> list[Parsed]:
        """One for each text, in order; each should be one sentence. Without names, `entities` is empty.

        Nothing raises for what a text holds.
        """
