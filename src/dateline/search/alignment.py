"""A question laid over a text word by word: each of its words finds the one nearest to it in meaning.

    question ──read──▶ states of its tokens ─┐
                                             ├─▶ of each sentence: how near its words come to each of these
    hits ──in pieces──▶ states of theirs ────┘

The sum of the best matches is the late interaction of ColBERT (Khattab and Zaharia, SIGIR 2020), with the
token states of the embedding model, which was not trained for it: they serve all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.index.embedder import Reader, Reading, Vectors
from dateline.index.sentences import Span
from dateline.patterns import lazy
from dateline.search.question import Question
from dateline.types import Hit

CHANCE = 0.25  # about the cosine of words that have nothing to do with each other

_READ = 120  # words that are read at once
_BEFORE = 60  # words before them: what "this treaty" is stands there
_WORD = lazy(r"\w[\w.'’]*")
_ASKING = lazy(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_GAPLESS = lazy(r"\S+")


@dataclass(frozen=True, slots=True)
class Alignment:
    """How near a sentence comes to a question, as cosines; `CHANCE` where the question has no such word."""

    content: float  # of the nearest word to each content word: their mean
    asking: float  # of the nearest word to the one that asks: "who" is near to a name
    whole: float  # of its mean word to that of the question


@dataclass(frozen=True, slots=True)
class _Piece:
    """Sentences of one hit and the words before them: `article.text[start:]` begins with `text`."""

    text: str
    start: int
    sentences: tuple[Span, ...]


def aligned(reader: Reader, question: Question, hits: Sequence[Hit]) -> list[Alignment]:
    """The alignment of each sentence of each hit, in order, read in its context."""
    pieces = [piece for hit in hits for piece in _pieces(hit)]
    asked, *read = reader.read([question.text, *(piece.text for piece in pieces)])
    content, asking = _content(question, asked), _asking(question, asked)

    def laid_over(states: Vectors) -> Alignment:
        if not len(asked.states) or not len(states):  # marks that are no token
            return Alignment(CHANCE, CHANCE, 0.0)
        nearest = (asked.states @ states.T).max(axis=1)
        return Alignment(
            float(nearest @ content) if content.any() else CHANCE,
            float(nearest[asking].mean()) if asking.any() else CHANCE,
            float(_mean(states) @ _mean(asked.states)),
        )

    return [
        laid_over(states)
        for piece, reading in zip(pieces, read, strict=True)
        for states in _of_sentences(piece, reading)
    ]


def _pieces(hit: Hit) -> Iterator[_Piece]:
    """The hit's sentences, so many at once as are read in one go; one at least."""
    text = hit.article.text
    gathered: list[Span] = []
    words = 0
    for start, end in hit.passage.sentences:
        more = len(text[start:end].split())
        if gathered and words + more > _READ:
            yield _piece(text, gathered)
            gathered, words = [], 0
        gathered.append((start, end))
        words += more
    yield _piece(text, gathered)


def _piece(text: str, sentences: Sequence[Span]) -> _Piece:
    first, end = sentences[0][0], sentences[-1][1]
    before = [word.start() for word in _GAPLESS.finditer(text, max(0, first - 20 * _BEFORE), first)]
    start = (before[-_BEFORE:] or [first])[0]
    return _Piece(text[start:end], start, tuple(sentences))


def _of_sentences(piece: _Piece, reading: Reading) -> Iterator[Vectors]:
    """The states of each sentence's tokens; of one beyond what the model reads, those of all."""
    for start, end in piece.sentences:
        first, last = np.searchsorted(reading.begins, [start - piece.start, end - piece.start])
        yield reading.states[first:last] if last > first else reading.states


def _content(question: Question, asked: Reading) -> NDArray[np.float32]:
    """What each token of the question weighs: an equal share for each content word, shared by its tokens."""
    weights = np.zeros(len(asked.begins), np.float32)
    for word in _WORD.finditer(question.text):
        tokens = _tokens(asked, word.span())
        if tokens.any() and not set(question.terms).isdisjoint(question.content(word[0])):
            weights[tokens] = 1 / tokens.sum()
    total: np.float32 = weights.sum()
    return weights / total if total else weights


def _asking(question: Question, asked: Reading) -> NDArray[np.bool_]:
    word = _ASKING.search(question.text)
    return _tokens(asked, word.span() if word else (0, 0))


def _tokens(reading: Reading, span: Span) -> NDArray[np.bool_]:
    return (reading.begins >= span[0]) & (reading.begins < span[1])


def _mean(states: Vectors) -> Vectors:
    mean: Vectors = states.mean(axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-12)
