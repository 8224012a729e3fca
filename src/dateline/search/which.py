"""Which of several things of a kind is meant: the first or the second, the largest, that of 2018."""

from __future__ import annotations

import re

from dateline.search.question import Question
from dateline.search.sentences import Sentence

TURNS = frozenset(  # words of a question without which a sentence tells of another one
    "first second third fourth fifth last next previous previously former formerly prior original originally "
    "oldest youngest largest biggest smallest longest".split()
)

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def same_one(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence can be of the very thing asked about: it has the question's "first", "last", "2018".

    A year may also be that of its article.
    """
    article = sentence.hit.article
    text = article.text[sentence.lead : sentence.end]
    held = {*re.findall(r"\w+", text.casefold()), *re.findall(r"\w+", article.title.casefold())}
    if article.day:
        held.add(str(article.day.year))
    wanted = re.findall(r"\w+", question.text.casefold())
    years = {word for word in wanted if _YEAR.fullmatch(word)}
    if len(years) > 1:  # "in 2018 or in 2023": each sentence is of one of them
        wanted = [word for word in wanted if word not in years]
        if years.isdisjoint(held):
            return False
    return all(word in held for word in wanted if word in TURNS or word.isdigit())
