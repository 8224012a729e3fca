"""A question's facts → where each was found. What was missed is looked for deeper, and in its article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.archive import Archive
from dateline.errors import ArticleMissing
from dateline.measure.marks import within
from dateline.measure.matching import holds_fact
from dateline.measure.outcome import LOOKED, Trace
from dateline.measure.questions import Fact, Question
from dateline.types import Hit

Packed = Mapping[int, Sequence[str]]  # by a budget of words: the texts of the evidence for it


def traced(archive: Archive, question: Question, packed: Packed, hits: Sequence[Hit]) -> tuple[Trace, ...]:
    """One trace per fact of the question, in order."""
    brought = [_smallest(fact, packed) for fact in question.evidence]
    if None in brought:
        hits = archive.search(question.text, k=LOOKED, as_of=question.as_of)
    return tuple(
        _trace(archive, question, fact, words, hits)
        for fact, words in zip(question.evidence, brought, strict=True)
    )


def _smallest(fact: Fact, packed: Packed) -> int | None:
    return next(
        (
            words
            for words, texts in sorted(packed.items())
            if any(holds_fact(text, fact.text) for text in within(texts, words))
        ),
        None,
    )


def _trace(archive: Archive, question: Question, fact: Fact, words: int | None, hits: Sequence[Hit]) -> Trace:
    holding = next((hit for hit in hits if holds_fact(hit.passage.text, fact.text)), None)
    if holding:
        return Trace(fact, holding.article.title, words, holding.rank)
    if fact.article_id is None:
        return Trace(fact, words=words)
    try:
        article = archive.article(fact.article_id)
    except ArticleMissing:
        return Trace(fact, words=words, obstacle=f"the index has no article {fact.article_id}")
    obstacle = None
    if not holds_fact(article.text, fact.text):
        obstacle = "its article does not have these words"
    elif question.as_of and not (article.day and article.day <= question.as_of):
        obstacle = f"its article is not known to be published by {question.as_of}"
    return Trace(fact, article.title, words, obstacle=obstacle)
