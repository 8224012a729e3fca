"""When a text holds a fact or an answer, and how near one answer is to another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_MARKER = re.compile(r"\[\d+\]")  # of a citation, in an answer
_NO_WORD = re.compile(r"[^\w\s]|_")
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def holds_fact(text: str, fact: str) -> bool:
    """True when, white space removed, the fact is a part of the text."""
    return "".join(fact.split()) in "".join(text.split())


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """True when the words of some answer stand in the text in a row, case and punctuation folded."""
    words = f" {_folded(text)} "
    return any(f" {folded} " in words for answer in answers if (folded := _folded(answer)))


def exact(given: str, answers: Sequence[str]) -> float:
    """1 when the text, its markers aside, is one of the answers, else 0 (SQuAD, arXiv:1606.05250)."""
    return float(any(_words(given) == _words(answer) for answer in answers))


def f1(given: str, answers: Sequence[str]) -> float:
    """Harmonic mean of precision and recall of words, against the nearest answer (SQuAD)."""
    return max((_f1(_words(given), _words(answer)) for answer in answers), default=0.0)


def _f1(given: Sequence[str], gold: Sequence[str]) -> float:
    if not given or not gold:
        return float(given == gold)
    return 2 * (Counter(given) & Counter(gold)).total() / (len(given) + len(gold))


def _folded(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.casefold()).split())


def _words(answer: str) -> list[str]:
    """SQuAD's normalisation: lower case, no punctuation, no articles."""
    bare = _NO_WORD.sub("", _MARKER.sub("", answer).lower())
    return _ARTICLE.sub(" ", bare).split()
