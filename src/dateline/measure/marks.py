"""One question's marks. A score is the mean of all marks of its name; what does not apply gives no mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from dateline.measure.matching import exact, f1, holds_answer, holds_fact
from dateline.measure.questions import Question
from dateline.types import Answer

Mark = tuple[str, float]  # a score's name, and a share: mostly 0 or 1

_BUDGETS = (700, 1500)  # words: what an answer is made from, and a language model's evidence
_HITS = (4, 10)
_ANSWER_HITS = (1, 5, 10)
_DEPTH = 10  # of MRR and of the vote on choices

RETRIEVAL = (
    *(f"{name}@words={words}" for words in _BUDGETS for name in ("fact_recall", "all_facts")),
    *(f"hits@{k}" for k in _HITS),
    f"mrr@{_DEPTH}",
    *(f"answer_hit@{k}" for k in _ANSWER_HITS),
)
ANSWERS = ("choice_accuracy", "answer_contains", "answer_exact", "answer_f1", "quote_exact")
REFUSAL = ("refusal_precision", "refusal_recall")


def retrieval(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Marks of the texts that a search found, best first; they should fill the largest budget of words."""
    if question.evidence:
        held = [[holds_fact(text, fact.text) for fact in question.evidence] for text in texts]
        used = list(accumulate(len(text.split()) for text in texts))
        for words in _BUDGETS:
            inside = [row for row, total in zip(held, used, strict=True) if total <= words]
            found = [any(column) for column in zip(*inside, strict=True)] or [False]
            yield f"fact_recall@words={words}", sum(found) / len(found)
            yield f"all_facts@words={words}", float(all(found))
        rank = next((rank for rank, row in enumerate(held, 1) if any(row)), None)
        for k in _HITS:
            yield f"hits@{k}", float(rank is not None and rank <= k)
        yield f"mrr@{_DEPTH}", 1 / rank if rank is not None and rank <= _DEPTH else 0.0
    if question.answers:
        for k in _ANSWER_HITS:
            yield f"answer_hit@{k}", float(any(holds_answer(text, question.answers) for text in texts[:k]))


def answers(question: Question, answer: Answer, texts: Sequence[str]) -> Iterator[Mark]:
    """Marks of an answer and, for a question with choices, of the texts that were found."""
    if question.choices:
        yield "choice_accuracy", float(_voted(question.choices, texts) in question.answers)
    if not question.answers:
        return
    if answer.answered:
        quotes = [citation.quote for citation in answer.citations]
        yield "answer_contains", float(any(holds_answer(quote, question.answers) for quote in quotes))
    given = answer.text if answer.answered else ""
    yield "answer_exact", exact(given, question.answers)
    yield "answer_f1", f1(given, question.answers)


def refusal(question: Question, answer: Answer) -> Iterator[Mark]:
    """Precision: declined, and rightly? Recall: to be declined, and was it?"""
    if not answer.answered:
        yield "refusal_precision", float(not question.answerable)
    if not question.answerable:
        yield "refusal_recall", float(not answer.answered)


def _voted(choices: Sequence[str], texts: Sequence[str]) -> str | None:
    """The choice with the most votes of the texts that hold it, each 1 / rank; None for a draw."""
    votes = {
        choice: sum(1 / rank for rank, text in enumerate(texts[:_DEPTH], 1) if holds_answer(text, [choice]))
        for choice in choices
    }
    most = max(votes.values())
    leading = [choice for choice, vote in votes.items() if vote == most]
    return leading[0] if len(leading) == 1 else None
