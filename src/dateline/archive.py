"""The read side of the facade: open an index, search it, ask it."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from dateline import backends
from dateline.answer import (
    Draft,
    LanguageModel,
    decline,
    followed_by,
    planned,
    quote,
    standalone,
    write,
)
from dateline.config import Settings
from dateline.errors import EmbedderMissing, IndexMismatch, ModelError, RerankerMissing
from dateline.index import Embedder, Snapshot
from dateline.search import Question, Reranker, examples, find, judge, narrowed, rank, understand
from dateline.search.find import WINDOW_WORDS as WINDOW_WORDS  # of a hit
from dateline.types import (
    Answer,
    Article,
    Delta,
    Event,
    Evidence,
    Filters,
    Hit,
    Overview,
    Turn,
    day_of,
)

if TYPE_CHECKING:
    from llama_index.core.llms import LLM
    from llama_index.core.retrievers import BaseRetriever

Day = date | datetime | str

EVIDENCE_WORDS = 700  # what an answer is made from: a dozen passages, read in a few seconds by any model


def open(
    index: str | Path = "index",
    *,
    llm: str | LLM | None = None,
    embedder: str | Embedder | None = None,
    reranker: str | Reranker | None = None,
    settings: Settings | None = None,
) -> Archive:
    """The archive in an index folder, to be read and asked; usable from many threads.

    `llm` is a name ("openai:gpt-5-mini", "openai:NAME@http://host:port/v1", "none") or a LlamaIndex LLM,
    `reranker` the name of a LlamaIndex postprocessor ("INTEGRATION:MODEL"); where none is given, the settings
    decide. Raises IndexMissing, IndexMismatch, ModelError, RerankerMissing.
    """
    settings = settings or Settings.from_environment()
    return Archive(
        Path(index),
        model=backends.language_model(llm, settings),
        embedder=embedder,
        reranker=backends.reranker(reranker, settings),
        settings=settings,
    )


def ask(
    question: str,
    *,
    index: str | Path = "index",
    as_of: Day | None = None,
    filters: Filters | None = None,
    llm: str | LLM | None = None,
) -> Answer:
    """The answer to one question; `open` an archive to ask several."""
    return open(index, llm=llm).ask(question, as_of=as_of, filters=filters)


class Archive:
    """An index to be read and asked. Thread-safe; follows the index when a newer generation is published."""

    def __init__(
        self,
        folder: Path,
        *,
        model: LanguageModel | None,
        embedder: str | Embedder | None,
        reranker: Reranker | None,
        settings: Settings,
    ) -> None:
        self.folder = folder
        self._model = model
        self._wanted = embedder
        self._reranker = reranker
        self._settings = settings
        self._lock = RLock()
        self._snapshot = Snapshot(folder)
        self._embedders: dict[str, Embedder | EmbedderMissing] = {}  # by the name in the index

    # -- what it is

    @property
    def mode(self) -> str:
        """Who writes the answers, for the reader: "Quotes only" or "Answers written by openai:NAME"."""
        return f"Answers written by {self._model.name}" if self._model else "Quotes only"

    @property
    def reranker(self) -> str | None:
        """The name of the reranker; mostly there is none."""
        return self._reranker.name if self._reranker else None

    @property
    def notices(self) -> tuple[str, ...]:
        """What is not available, one sentence each."""
        return self._reading().notices

    def overview(self) -> Overview:
        """What the index holds and how it was built."""
        return self._current().overview()

    def article(self, id: str) -> Article:
        """The article of that id. Raises ArticleMissing."""
        return self._current().article(id)

    def examples(self, n: int = 4) -> list[str]:
        """Up to n questions that the archive can answer, made from its articles."""
        reading = self._reading()
        return examples(reading.snapshot, reading.embedder, n)

    # -- asking

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        words: int | None = None,
        window: int = WINDOW_WORDS,
        as_of: Day | None = None,
        filters: Filters | None = None,
    ) -> list[Hit]:
        """The best passages, best first: k windows of at most `window` words, for reading.

        With `words`, the evidence that fits into that many words: the sentences that tell most.
        """
        asked, inside = self.understand(question, as_of=as_of, filters=filters)
        reading = self._reading()
        return find(
            reading.snapshot, reading.embedder, asked, inside,
            k=k, words=words, window=window, today=day_of(as_of), reranker=self._reranker,
        )  # fmt: skip

    def understand(
        self, question: str, *, as_of: Day | None = None, filters: Filters | None = None
    ) -> tuple[Question, Filters]:
        """What is read from a question: its parts, names and outlets; and the filters, narrowed by it."""
        asked = understand(question, self._current().sources)
        return asked, narrowed(asked, _inside(filters, day_of(as_of)))

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: Day | None = None,
        filters: Filters | None = None,
    ) -> Answer:
        """The answer to a question: every quote of it stands in its article at the stated offsets."""
        *_, last = self.stream(question, history=history, as_of=as_of, filters=filters)
        assert isinstance(last, Answer)
        return last

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: Day | None = None,
        filters: Filters | None = None,
    ) -> Generator[Event]:
        """The answer as it comes: Evidence, Delta..., Answer. The deltas, joined, are the answer's text."""
        started = time.monotonic()
        today = day_of(as_of)
        reading = self._reading()
        snapshot, embedder, notices = reading.snapshot, reading.embedder, list(reading.notices)
        asked = standalone(question, history, snapshot.sources)
        inside = narrowed(asked, _inside(filters, today))
        failure: ModelError | None = None
        if self._model:
            try:
                asked = planned(asked, self._model)
            except ModelError as error:
                failure = error
        if asked.text != question:
            notices.append(f"Understood as: {asked.text}")
        coverage = snapshot.coverage(inside)
        if coverage.undated and (inside.since or inside.until):
            notices.append(f"Not searched, since they have no date: {coverage.undated:,} of the articles.")
        hits, failed = self._evidence(reading, asked, inside, today)
        notices += failed
        yield Evidence(tuple(hits), inside, asked.parts, tuple(notices))
        verdict = judge(snapshot, embedder, asked, hits)
        if verdict.enough:
            draft = yield from self._drafted(reading, asked, question, hits, history, today, failure)
        else:
            draft = Draft("", (), ())
        answered = bool(draft.claims)
        if not answered:
            coverage = replace(coverage, nearest=hits[0] if hits else None)
            declined = decline(coverage, inside, verdict.missing)
            draft = replace(draft, text=declined.text)
            yield Delta(draft.text)
        yield Answer(
            question=question,
            answered=answered,
            mode="llm" if self._model and draft.usage else "extractive",
            text=draft.text,
            claims=draft.claims,
            citations=draft.citations,
            filters=inside,
            short=draft.short,
            parts=asked.parts,
            missing=draft.missing,
            coverage=coverage,
            as_of=today,
            degraded=draft.degraded,
            notices=(*notices, *draft.notices),
            usage=draft.usage,
            seconds=round(time.monotonic() - started, 3),
        )

    def as_retriever(self, *, k: int = 10) -> BaseRetriever:
        """A LlamaIndex retriever over this archive, for any LlamaIndex engine."""
        from dateline.bridge.retriever import retriever

        return retriever(lambda question: self.search(question, k=k))

    # -- inside

    def _evidence(
        self, reading: _Reading, asked: Question, inside: Filters, today: date | None
    ) -> tuple[list[Hit], tuple[str, ...]]:
        """What an answer is made from; and, where the reranker failed, a sentence that says so."""
        snapshot, embedder = reading.snapshot, reading.embedder
        try:
            return find(
                snapshot, embedder, asked, inside,
                words=EVIDENCE_WORDS, today=today, reranker=self._reranker,
            ), ()  # fmt: skip
        except RerankerMissing as error:
            hits = find(snapshot, embedder, asked, inside, words=EVIDENCE_WORDS, today=today)
            return hits, (f"Not reranked: {error}.",)

    def _drafted(
        self,
        reading: _Reading,
        asked: Question,
        question: str,
        hits: Sequence[Hit],
        history: Sequence[Turn],
        today: date | None,
        failure: ModelError | None,
    ) -> Generator[Delta, None, Draft]:
        """The model's draft; the quoted one where there is no model or it failed before its first claim.

        One that failed already, with `failure`, is not asked again.
        """

        def quoted() -> Draft:
            return quote(asked, rank(reading.snapshot, reading.embedder, asked, hits))

        if not self._model:
            draft = quoted()
            yield Delta(draft.text)
            return draft
        try:
            if failure:
                raise failure
            written = yield from write(question, hits, self._model, history=history, today=today)
        except ModelError as error:
            draft = quoted()
            yield Delta(draft.text)
            return replace(draft, degraded=error.reason, notices=(f"Quotes only: {error}.",))
        if written.citations or not written.claims:
            return written
        draft = quoted()
        yield Delta(f" {draft.text}")
        return followed_by(written, draft)

    def _current(self) -> Snapshot:
        """The newest generation. An older one that another thread still reads closes when that is done."""
        with self._lock:
            if not self._snapshot.is_current():
                self._snapshot = Snapshot(self.folder)
            return self._snapshot

    def _reading(self) -> _Reading:
        """What one question is answered from: the newest generation, and what embeds questions for it."""
        snapshot = self._current()
        if snapshot.embedder is None:
            mend = f"dateline index --rebuild --index {self.folder}"
            why = f"Searched by words only: the index has no vectors. Add them with: {mend}"
            return _Reading(snapshot, None, (why,))
        embedder = self._embedder_of(snapshot.embedder)
        if isinstance(embedder, EmbedderMissing):
            return _Reading(snapshot, None, (f"Searched by words only: {embedder}",))
        return _Reading(snapshot, embedder, ())

    def _embedder_of(self, built: str) -> Embedder | EmbedderMissing:
        """The embedder that the index was built with, loaded once; why not, where it can't be had."""
        with self._lock:
            if built not in self._embedders:
                wanted = self._wanted or (backends.MINILM if built.startswith(backends.MINILM) else built)
                try:
                    self._embedders[built] = backends.embedder(wanted, self._settings, backends.silent)
                except EmbedderMissing as error:
                    self._embedders[built] = error
            embedder = self._embedders[built]
        if not isinstance(embedder, EmbedderMissing) and embedder.name != built:
            raise IndexMismatch(
                f"{self.folder} was built with the embedder {built}, not {embedder.name}; embed it again: "
                f"dateline index --rebuild --embedder {embedder.name} --index {self.folder}"
            )
        return embedder


@dataclass(frozen=True, slots=True)
class _Reading:
    """One generation of the index, what embeds questions for it, and what is not available."""

    snapshot: Snapshot
    embedder: Embedder | None
    notices: tuple[str, ...]


def _inside(filters: Filters | None, today: date | None) -> Filters:
    """The filters, with nothing published after today."""
    filters = filters or Filters()
    if today is None:
        return filters
    return replace(filters, until=min(filters.until, today) if filters.until else today)
