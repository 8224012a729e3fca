"""The second step: what the best evidence names and the question does not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dateline.patterns import lazy
from dateline.search.fusion import Found
from dateline.search.question import Question, content_terms

_READ = 12  # of the best sentences
_AGREE = 4  # of them that must have the name: one that fewer have is a guess, and costs a search
_ASKS = lazy(r"\b(?:who|whom|whose|which|what|where|when|how)\b", re.IGNORECASE)
_NAME = lazy(r"(?<![.?!:“\"'] )(?<!^)\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")
_POSSESSIVE = lazy(r"['’]s?$")


def missing_name(question: Question, found: Sequence[Found]) -> str | None:
    """The name that the question describes without saying it, where its best sentences agree on one.

    "Which founder did A in March and B in May?": the sentence of A has the name, that of B may have nothing
    else in common with the question. Only a question of several parts that asks for something has such a
    name; one that is answered yes or no says what it is about.
    """
    if not question.parts or not _ASKS.search(question.text):
        return None
    known = set(content_terms(question.text))
    counts = Counter(
        name
        for one in found[:_READ]
        for name in _names(one.article.text[slice(*one.span)])
        if known.isdisjoint(content_terms(name))
    )
    [(name, times)] = counts.most_common(1) or [("", 0)]
    return name if times >= _AGREE else None


def _names(sentence: str) -> set[str]:
    """The last word of each name: a person's family name."""
    return {_POSSESSIVE.sub("", name.split()[-1]) for name in _NAME.findall(sentence)}
