"""A follow-up question, made to stand alone by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.search import Question, understand
from dateline.types import Turn

_LEANING = frozenset(
    "he she it they him her them his hers its their theirs that this these those there then".split()
)
_SHORT = 3  # content words; a question with fewer and no name is about what was asked before


def standalone(text: str, history: Sequence[Turn], sources: Sequence[str] = ()) -> Question:
    """The question as it is to be searched: with the question before it added, where it leans on that.

    Only earlier questions are added, never answers: what was answered is no evidence.
    """
    question = understand(text, sources)
    if not history or not _leans(question):
        return question
    before = standalone(history[-1].question, history[:-1], sources).text
    whole = understand(f"{text.rstrip()} ({before})", sources)
    return replace(whole, wanted=question.wanted, parts=())


def _leans(question: Question) -> bool:
    words = {word.strip("?,.!’'").casefold() for word in question.text.split()}
    return not question.names and (len(question.terms) < _SHORT or bool(words & _LEANING))
