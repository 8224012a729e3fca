"""What is searched for: a question or one of its parts, as weighted terms and a vector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from dateline.index.embedder import Embedder, Vectors
from dateline.search.question import Question


@dataclass(frozen=True, slots=True)
class Query:
    """One thing to search for. Without an embedder it has no vector."""

    terms: Mapping[str, float]  # stem → weight
    vector: Vectors | None  # of unit length
    outlets: frozenset[str] = frozenset()  # sources that are preferred


def queries(question: Question, embedder: Embedder | None, whole_weight: float) -> list[Query]:
    """The query of the whole question, and one for each of its parts.

    A part may not name what it is about: the whole weighs so much in it.
    """
    texts = (question.text, *question.parts)
    vectors = embedder.embed_queries(texts) if embedder else [None] * len(texts)
    whole, *parts = [
        Query(dict.fromkeys(question.content(text), 1.0), vector, _outlets(question, text))
        for text, vector in zip(texts, vectors, strict=True)
    ]
    return [whole, *(_in_context(part, whole, whole_weight) for part in parts)]


def about(name: str, question: Question, embedder: Embedder | None) -> list[Query]:
    """The query of each part of the question, told what it is about."""
    texts = [f"{name} {part}" for part in question.parts]
    vectors = embedder.embed_queries(texts) if embedder else [None] * len(texts)
    return [
        Query(dict.fromkeys(question.content(text), 1.0), vector, _outlets(question, text))
        for text, vector in zip(texts, vectors, strict=True)
    ]


def _outlets(question: Question, text: str) -> frozenset[str]:
    """Sources that this part of the question names; all that it names, where the part names none."""
    own = frozenset(outlet.source for outlet in question.outlets if outlet.words in text)
    return own or frozenset(outlet.source for outlet in question.outlets)


def _in_context(part: Query, whole: Query, weight: float) -> Query:
    terms = dict.fromkeys(whole.terms, weight) | dict(part.terms)
    if part.vector is None or whole.vector is None:
        return replace(part, terms=terms)
    vector: Vectors = part.vector + np.float32(weight) * whole.vector
    return replace(part, terms=terms, vector=vector / np.linalg.norm(vector))
