"""One question's marks. A score is the mean of all marks of its name; what does not apply gives no mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain

from dateline.measure.matching import exact, f1, holds_answer, holds_fact
from dateline.measure.questions import Question
from dateline.types import Answer

Mark = tuple[str, float]  # a score's name, and a share: mostly 0 or 1
Marks = Mapping[str, tuple[float, ...]]  # one question's; of quotes it may have several of one name

BUDGETS = (700, 1500)  # words: what an answer is made from, and a language model's evidence
DEPTH = 10  # hits: of MRR, of answers and of a vote on choices
_HITS = (4, 10)
_ANSWER_HITS = (1, 5, 10)

RETRIEVAL = (
    *(f"{name}@words={words}" for words in BUDGETS for name in ("fact_recall", "all_facts")),
    *(f"hits@{k}" for k in _HITS),
    f"mrr@{DEPTH}",
    *(f"answer_hit@{k}" for k in _ANSWER_HITS),
)
ANSWERS = ("choice_accuracy", "answer_contains", "answer_exact", "answer_f1", "quote_exact")
REFUSAL = ("refusal_precision", "refusal_recall")
WRITTEN = (  # by a language model; see written.py
    "prose_right",
    "claims_supported",
    "claims_partly",
    "claims_unsupported",
    "citation_precision",
    "citation_recall",
    "false_support",
    "false_doubt",
)
GROUPS = {"retrieval": RETRIEVAL, "answers": ANSWERS, "refusal": REFUSAL, "written": WRITTEN}


def by_name(marks: Iterable[Mark]) -> Marks:
    """The marks of one question, gathered under their names."""
    gathered = defaultdict[str, list[float]](list)
    for name, mark in marks:
        gathered[name].append(mark)
    return {name: tuple(each) for name, each in gathered.items()}


def retrieval(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Marks of a single ranking, read from its top and cut to each budget of words."""
    yield from chain.from_iterable(facts(question, texts, words) for words in BUDGETS)
    yield from ranking(question, texts)


def facts(question: Question, texts: Sequence[str], words: int) -> Iterator[Mark]:
    """Marks of the evidence that a search gave for a budget of words."""
    if question.evidence:
        inside = within(texts, words)
        found = [any(holds_fact(text, fact.text) for text in inside) for fact in question.evidence]
        yield f"fact_recall@words={words}", sum(found) / len(found)
        yield f"all_facts@words={words}", float(all(found))


def within(texts: Sequence[str], words: int) -> list[str]:
    """The first texts, whole, that have no more words together."""
    used = accumulate(len(text.split()) for text in texts)
    return [text for text, total in zip(texts, used, strict=True) if total <= words]


def ranking(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Marks of the first texts that a search found, best first."""
    if question.evidence:
        wanted = [fact.text for fact in question.evidence]
        places = enumerate(texts[:DEPTH], 1)
        rank = next((rank for rank, text in places if any(holds_fact(text, one) for one in wanted)), None)
        for k in _HITS:
            yield f"hits@{k}", float(rank is not None and rank <= k)
        yield f"mrr@{DEPTH}", 1 / rank if rank is not None else 0.0
    if question.answers:
        for k in _ANSWER_HITS:
            yield f"answer_hit@{k}", float(any(holds_answer(text, question.answers) for text in texts[:k]))


def choice(question: Question, chosen: str | None) -> Iterator[Mark]:
    """Mark of a choice; None: none was made."""
    if question.choices:
        yield "choice_accuracy", float(chosen in question.answers)


def answers(question: Question, answer: Answer) -> Iterator[Mark]:
    """Marks of an answer: of its quotes, and of its short answer or, where it has none, of its text."""
    if not question.answers:
        return
    if answer.answered:
        quotes = [citation.quote for citation in answer.citations]
        yield "answer_contains", float(any(holds_answer(quote, question.answers) for quote in quotes))
    given = (answer.short or answer.text) if answer.answered else ""
    yield "answer_exact", exact(given, question.answers)
    yield "answer_f1", f1(given, question.answers)


def refusal(question: Question, answer: Answer) -> Iterator[Mark]:
    """Precision: declined, and rightly? Recall: to be declined, and was it?"""
    if not answer.answered:
        yield "refusal_precision", float(not question.answerable)
    if not question.answerable:
        yield "refusal_recall", float(not answer.answered)


def voted(choices: Sequence[str], texts: Sequence[str]) -> str | None:
    """The choice with the most votes of the texts that hold it, each 1 / rank; None for a draw."""
    votes = {
        choice: sum(1 / rank for rank, text in enumerate(texts[:DEPTH], 1) if holds_answer(text, [choice]))
        for choice in choices
    }
    most = max(votes.values())
    leading = [choice for choice, vote in votes.items() if vote == most]
    return leading[0] if len(leading) == 1 else None
