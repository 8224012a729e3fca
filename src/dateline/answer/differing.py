"""An answer that says where the reports it rests on differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.answer.disagreement import differences
from dateline.answer.draft import ROUND, Draft, compose
from dateline.answer.quotes import cite
from dateline.search import Question, Sentence
from dateline.types import Citation, Claim


def with_differences(draft: Draft, question: Question, ranked: Sequence[Sentence]) -> Draft:
    """The draft with a claim for each thing that the evidence tells in several ways, every one cited.

    It comes first in a quoted answer, in place of the short one, which would choose between them; after the
    claims of a language model, which are shown already.
    """
    found = differences(question, ranked)
    if not found:
        return draft
    citations, told = list(draft.citations), list[Claim]()
    for one in found:
        numbers = tuple(dict.fromkeys(_cited(side.sentence, citations) for side in one.sides))
        told.append(Claim(one.sentence().translate(ROUND), "supported", numbers))
    if draft.written:
        claims, between = [*draft.claims, *told], " "
    else:
        claims, between = [*told, *draft.claims[1 if draft.short else 0 :]], "\n"
    text = compose(claims, between=between)
    return replace(draft, text=text, claims=tuple(claims), citations=tuple(citations), short=None)


def _cited(sentence: Sentence, citations: list[Citation]) -> int:
    """The number of the citation that holds the sentence; a new one, where none does."""
    article = sentence.hit.article
    for one in citations:
        if one.article.id == article.id and one.start <= sentence.start and sentence.end <= one.end:
            return one.number
    citations.append(cite(len(citations) + 1, sentence.hit, sentence.start, sentence.end))
    return citations[-1].number
