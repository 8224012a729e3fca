"""Evidence as sentences that know where they stand and what is beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.index.sentences import sentences
from dateline.types import SupportingSentence
from dateline.verification.names import Initials, abbreviated
from dateline.verification.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the evidence, with its tokens; `place` counts through all of the evidence."""

    stands: SupportingSentence
    tokens: tuple[Token, ...]
    keys: frozenset[str]
    place: int

    @property
    def text(self) -> str:
        """As it stands in the evidence."""
        return self.stands.text


def read(evidence: Sequence[str]) -> list[Sentence]:
    """Every sentence of the evidence, in order; one without a word or number is left out."""
    found: list[Sentence] = []
    for stands in _split(evidence):
        if held := tokens(stands.text):
            found.append(Sentence(stands, held, frozenset(token.key for token in held), len(found)))
    return found


def with_initials(sentences: Sequence[Sentence], known: Initials) -> list[Sentence]:
    """The sentences, a name that is spelled out and has known initials in one token."""
    found: list[Sentence] = []
    for sentence in sentences:
        held = abbreviated(sentence.tokens, known)
        keys = frozenset(token.key for token in held)
        found.append(
            sentence if len(held) == len(sentence.tokens) else replace(sentence, tokens=held, keys=keys)
        )
    return found


def beside(sentence: Sentence, all_sentences: Sequence[Sentence]) -> Sequence[Sentence]:
    """The sentence between its neighbours.

    Evidence that is one sentence long (a list of sentences) has its neighbours in the list.
    """
    return all_sentences[max(0, sentence.place - 1) : sentence.place + 2]


def _split(evidence: Sequence[str]) -> Iterator[SupportingSentence]:
    for number, text in enumerate(evidence):
        for start, end in sentences(text):
            yield SupportingSentence(text[start:end], number, start, end)
