"""Archive and questions → Evaluation."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.archive import Archive
from dateline.measure import marks
from dateline.measure.marks import BUDGETS, DEPTH, Mark
from dateline.measure.outcome import Outcome
from dateline.measure.questions import Question
from dateline.measure.run import Run, RunSettings, settings_of
from dateline.measure.scores import Scores, score
from dateline.measure.trace import Packed, traced
from dateline.measure.written import written
from dateline.types import JSON, Answer, Hit, Tell

_SHOWN = 3  # hits that an outcome keeps


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of each question, the scores of all, and the settings they were made with."""

    settings: RunSettings
    outcomes: tuple[Outcome, ...]
    scores: Scores

    @property
    def run(self) -> Run:
        """What another evaluation of the same questions is compared with."""
        return Run(self.settings, {outcome.question: outcome.marks for outcome in self.outcomes})

    def to_dict(self) -> JSON:
        """The scores, and what `read_run` reads."""
        outcomes = [outcome.to_dict() for outcome in self.outcomes]
        return self.scores.to_dict() | {"settings": dict(self.settings), "outcomes": outcomes}


def evaluate(archive: Archive, questions: Sequence[Question], *, progress: Tell | None = None) -> Evaluation:
    """How an archive does on questions, each searched for and asked by itself, as of its own day.

    Raises ValueError where there are no questions.
    """
    if not questions:
        raise ValueError("no questions to score")
    outcomes = []
    for number, question in enumerate(questions, 1):
        outcomes.append(_outcome(archive, question))
        if progress:
            progress("asked", number, len(questions))
    return Evaluation(settings_of(archive), tuple(outcomes), score(outcomes))


def _outcome(archive: Archive, question: Question) -> Outcome:
    """Evidence for each budget of words and the first hits are searches of their own: they differ in form."""
    hits = archive.search(question.text, k=DEPTH, as_of=question.as_of)
    packed = {
        words: _texts(archive.search(question.text, words=words, as_of=question.as_of))
        for words in (BUDGETS if question.evidence else ())
    }
    started = time.perf_counter()
    answer = archive.ask(question.text, as_of=question.as_of)
    seconds = time.perf_counter() - started
    given = [*_marks(question, _texts(hits), packed, answer), *_quotes(archive, answer)]
    if question.choices:
        chosen = archive.choose(question.text, question.choices, as_of=question.as_of)
        given += marks.choice(question, chosen.choice)
    traces = traced(archive, question, packed, hits)
    return Outcome(question, marks.by_name(given), tuple(hits[:_SHOWN]), traces, answer, seconds)


def _marks(question: Question, texts: Sequence[str], packed: Packed, answer: Answer) -> Iterator[Mark]:
    for words, evidence in packed.items():
        yield from marks.facts(question, evidence, words)
    yield from marks.ranking(question, texts)
    yield from marks.answers(question, answer)
    yield from marks.refusal(question, answer)
    yield from written(question, answer)


def _quotes(archive: Archive, answer: Answer) -> Iterator[Mark]:
    """For each citation, whether its quote stands in the stored article at its offsets."""
    for citation in answer.citations:
        text = archive.article(citation.article.id).text
        yield "quote_exact", float(text[citation.start : citation.end] == citation.quote)


def _texts(hits: Sequence[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]
