"""A claim beside sentences by what is tied to what in them, whatever the order of their words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.index import Reader
from dateline.text import Parsed, Parser, Tie, ties
from dateline.verification.closeness import Weights
from dateline.verification.evidence import Sentence
from dateline.verification.nearness import Matrix, nearness
from dateline.verification.tokens import Token

Floats = NDArray[np.float64]

_ELSEWHERE = 0.95  # what another sentence than the best one carries counts
_OTHER_ROLE = 0.85  # "the minister's denial", "the minister denied"
_PRONOUN = 0.75  # that a pronoun is who or what the other side names
_SAID = 0.3  # nearness of a word that means it
_WEIGHTLESS = 0.3  # of a word that says little by itself
_WEAKEST = 2  # ties that tell where a claim breaks
_THIRD = frozenset("he she it they him her them his hers its their theirs who which that".split())
_NOMINAL = ("NOUN", "PROPN")


@dataclass(frozen=True, slots=True)
class Side:
    """A parsed sentence with our tokens: `token[i]` is the place of the token in which word i stands."""

    parsed: Parsed
    tokens: Sequence[Token]
    token: tuple[int | None, ...]
    ties: tuple[Tie, ...]

    def key_of(self, word: int) -> str | None:
        """The key of the token in which the word stands."""
        place = self.token[word]
        return None if place is None else self.tokens[place].key


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim, a sentence, and how far the words and ties of the one are those of the other: 0 to 1."""

    claim: Side
    sentence: Side
    near: Matrix  # tokens of the claim x tokens of the sentence
    words: Matrix  # words of the claim x words of the sentence
    carried: Floats  # of each tie of the claim

    def same(self, mine: int, theirs: int) -> float:
        """How far word `mine` of the claim is word `theirs` of the sentence: 0 to 1."""
        return float(self.words[mine, theirs])


@dataclass(frozen=True, slots=True)
class Carried:
    """How far a sentence, and those near to it, carry the words and ties of a claim: 0 to 1."""

    words: float  # of the sentence alone
    ties: float  # of the sentence alone
    weakest: float  # the mean of the two that all of the sentences carry least


class Comparison:
    """A claim, laid beside the sentences that are nearest to it."""

    def __init__(
        self,
        claim: str,
        tokens: Sequence[Token],
        weights: Weights,
        sentences: Sequence[Sentence],
        *,
        parser: Parser,
        reader: Reader,
    ) -> None:
        texts = [claim, *(sentence.text for sentence in sentences)]
        (parsed, *others), (reading, *readings) = parser.parse(texts, names=False), reader.read(texts)
        mine = _side(parsed, tokens)
        self.beside = {  # by the place of the sentence
            sentence.place: _beside(
                mine,
                _side(other, sentence.tokens),
                nearness(tokens, reading, sentence.tokens, read),
            )
            for sentence, other, read in zip(sentences, others, readings, strict=True)
        }
        self._tokens = tokens
        self._words = np.array([weights.of.get(one.key, 0.0) if one.content else 0.0 for one in tokens])
        keys = [mine.key_of(word) for word in range(len(parsed.words))]
        heavy = [_WEIGHTLESS if key is None else weights.of.get(key, _WEIGHTLESS) for key in keys]
        self._ties = np.array([heavy[tie.head] + heavy[tie.of] for tie in mine.ties])

    def said(self) -> frozenset[str]:
        """The keys of the claim's words that a sentence says, in this word or another."""
        near = np.max([one.near.max(axis=1) for one in self.beside.values()], axis=0)
        return frozenset(token.key for token, held in zip(self._tokens, near, strict=True) if held >= _SAID)

    def carried(self, place: int, others: Collection[int]) -> Carried:
        """What the sentence at that place carries, and what is carried least by it and the others."""
        best = self.beside[place]
        words = float(self._words @ best.near.max(axis=1) / (self._words.sum() or 1.0))
        if not len(self._ties):
            return Carried(words, 1.0, 1.0)
        held = best.carried
        for one in others:
            held = np.maximum(held, _ELSEWHERE * self.beside[one].carried)
        share = float(best.carried @ self._ties / self._ties.sum())
        return Carried(words, share, float(np.sort(held)[:_WEAKEST].mean()))


def crossed(one: Tie, other: Tie) -> bool:
    """Whether who does it in one has it done, or given, to them in the other."""
    if one.role == other.role:
        return False
    pair = (one.role, other.role)
    return pair in (("agent", "patient"), ("patient", "agent")) or (
        "agent" in pair and "dative" in (one.slot, other.slot)
    )


def _beside(claim: Side, sentence: Side, near: Matrix) -> Beside:
    words = _words(claim, sentence, near)
    return Beside(claim, sentence, near, words, _carried(claim.ties, sentence.ties, words))


def _words(claim: Side, sentence: Side, near: Matrix) -> Matrix:
    """How far each word of the claim is each of the sentence's; a pronoun may be whatever is named."""
    padded = np.pad(near, ((0, 1), (0, 1)))  # a word in no token is near to none: row and column -1
    found = padded[np.ix_(*([-1 if t is None else t for t in side.token] for side in (claim, sentence)))]
    mine, theirs = (
        np.array([word.text.casefold() for word in side.parsed.words]) for side in (claim, sentence)
    )
    (pronoun, nominal), (other, named) = (_kinds(side.parsed) for side in (claim, sentence))
    found[pronoun[:, None] | other[None, :]] = 0.0
    may_be = np.outer(pronoun, other | named) | np.outer(nominal, other)
    found[may_be] = _PRONOUN
    found[mine[:, None] == theirs[None, :]] = 1.0
    return found


def _kinds(parsed: Parsed) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of the words are pronouns, and which name something."""
    pronoun = np.array([word.text.casefold() in _THIRD for word in parsed.words], bool)
    return pronoun, np.array([word.pos in _NOMINAL for word in parsed.words], bool) & ~pronoun


def _carried(claim: Sequence[Tie], sentence: Sequence[Tie], words: Matrix) -> Floats:
    """How far each tie of the claim is one of the sentence's, this way or turned round: "X, the Y"."""
    if not claim or not sentence:
        return np.zeros(len(claim))
    heads, others = [tie.head for tie in claim], [tie.head for tie in sentence]
    ofs, their_ofs = [tie.of for tie in claim], [tie.of for tie in sentence]
    fit = np.array([[_fit(mine, theirs) for theirs in sentence] for mine in claim])
    turns = np.array([[_turns(mine, theirs) for theirs in sentence] for mine in claim])
    straight = fit * words[np.ix_(heads, others)] * words[np.ix_(ofs, their_ofs)]
    turned = turns * words[np.ix_(heads, their_ofs)] * words[np.ix_(ofs, others)]
    return np.asarray(np.maximum(straight, turned).max(axis=1), np.float64)


def _fit(mine: Tie, theirs: Tie) -> float:
    return 0.0 if crossed(mine, theirs) else 1.0 if mine.role == theirs.role else _OTHER_ROLE


def _turns(mine: Tie, theirs: Tie) -> float:
    either = "other" in (mine.role, theirs.role) or mine.role == theirs.role == "agent"
    return _OTHER_ROLE if either else 0.0


def _side(parsed: Parsed, tokens: Sequence[Token]) -> Side:
    return Side(parsed, tokens, tuple(_tokens_of(parsed, tokens)), ties(parsed))


def _tokens_of(parsed: Parsed, tokens: Sequence[Token]) -> Iterator[int | None]:
    place = 0
    for word in parsed.words:
        while place < len(tokens) and tokens[place].end <= word.start:
            place += 1
        yield place if place < len(tokens) and tokens[place].start < word.end else None
