"""Marks of what a language model wrote: is it right, is it labelled rightly, does what it cites carry it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import numpy as np

from dateline.answer.wording import in_marks
from dateline.measure.marks import Mark
from dateline.measure.matching import holds_answer
from dateline.measure.questions import Question
from dateline.types import Answer, Claim, SupportLabel, Usage
from dateline.verification import verify


def prose(answer: Answer) -> list[Claim]:
    """The sentences in a language model's own words: the claims that are no quotations."""
    if answer.mode != "llm":
        return []
    quotes = [f": {in_marks(' '.join(one.quote.split()))}" for one in answer.citations]
    return [one for one in answer.claims if not any(quote in one.text for quote in quotes)]


def written(question: Question, answer: Answer) -> Iterator[Mark]:
    """Marks of an answer that a language model wrote; none of one made of quotes.

    citation_precision: a citation whose quote alone carries its claim, in part at least; citation_recall: a
    claim that has one. false_support: of a question without an answer, a claim that is called supported.
    false_doubt: a claim with a gold answer in it that is called unsupported.
    """
    if answer.mode != "llm":
        return
    claims = prose(answer)
    if question.answers:
        yield "prose_right", float(any(holds_answer(one.text, question.answers) for one in claims))
    if not question.answerable:
        yield "false_support", float(any(one.support == "supported" for one in answer.claims))
    quotes = {one.number: one.quote for one in answer.citations}
    for claim in claims:
        for label in get_args(SupportLabel):
            yield f"claims_{label}", float(claim.support == label)
        yield "citation_recall", float(bool(claim.citations))
        for number in claim.citations:
            yield "citation_precision", float(verify(claim.text, quotes[number]).label != "unsupported")
        if question.answers and holds_answer(claim.text, question.answers):
            yield "false_doubt", float(claim.support == "unsupported")


def cost(usages: Sequence[Usage]) -> Mapping[str, float]:
    """Medians over the answers that a model was asked for: seconds to its first word, in all, and tokens."""
    told: dict[str, list[float | None]] = {
        "first_word_seconds": [one.first_token_seconds for one in usages],
        "model_seconds": [one.seconds for one in usages],
        "prompt_tokens": [one.prompt_tokens for one in usages],
        "completion_tokens": [one.completion_tokens for one in usages],
    }
    known = {name: [one for one in each if one is not None] for name, each in told.items()}
    return {name: round(float(np.median(each)), 2) for name, each in known.items() if each}
