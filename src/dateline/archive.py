"""The read side of the facade: open an index, search it, ask it."""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from dateline import backends
from dateline.answer import LanguageModel, is_parsed
from dateline.answering import Means, answering
from dateline.config import Settings
from dateline.errors import EmbedderMissing, IndexMismatch
from dateline.index import Embedder, Snapshot, Source
from dateline.search import (
    Choice,
    Question,
    Reranker,
    choose,
    clock,
    examples,
    find,
    freed,
    narrowed,
    timed,
    understand,
)
from dateline.search.find import WINDOW_WORDS as WINDOW_WORDS  # of a hit
from dateline.text import Parser, load_here, soon
from dateline.types import Answer, Article, Event, Filters, Hit, Overview, Tell, Turn, day_of

if TYPE_CHECKING:
    from llama_index.core.llms import LLM
    from llama_index.core.retrievers import BaseRetriever

Day = date | datetime | str


def open(
    index: str | Path = "index",
    *,
    store: str | None = None,
    llm: str | LLM | None = None,
    embedder: str | Embedder | None = None,
    reranker: str | Reranker | None = None,
    progress: Tell | None = None,
    settings: Settings | None = None,
) -> Archive:
    """The archive in an index folder, to be read and asked; usable from many threads.

    With `store`, the address of a Chroma server ("http://host:8000"), what was published there is read, and
    no folder: this machine keeps a copy in its cache, and follows.

    `llm` is a name ("openai:gpt-5-mini", "openai:NAME@http://host:port/v1", "ollama:NAME", "local",
    "local:FILE", "none") or a LlamaIndex LLM,
    `reranker` the name of a LlamaIndex postprocessor ("INTEGRATION:MODEL"); where none is given, the settings
    decide. Raises IndexMissing, IndexMismatch, StoreAway, ModelError, RerankerMissing; ValueError for an
    address that is none.
    """
    settings = settings or Settings.from_environment()
    return Archive(
        backends.source(Path(index), store, settings, backends.silent),
        model=backends.language_model(llm, settings, progress or backends.silent),
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
        source: Source,
        *,
        model: LanguageModel | None,
        embedder: str | Embedder | None,
        reranker: Reranker | None,
        settings: Settings,
    ) -> None:
        self._source = source
        self._model = model
        self._wanted = embedder
        self._reranker = reranker
        self._settings = settings
        self._lock = RLock()
        self._embedders: dict[str, Embedder | EmbedderMissing] = {}  # by the name in the index
        self._parsing: Future[Parser] | None = None  # loads while the first question for it is searched for

    # -- what it is

    @property
    def folder(self) -> Path:
        """The folder of the index that is read."""
        return self._source.newest().folder

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
        means = self._means()
        return (*means.notices, *means.troubles())

    def overview(self) -> Overview:
        """What the index holds and how it was built."""
        return self._current().overview()

    def article(self, id: str) -> Article:
        """The article of that id. Raises ArticleMissing."""
        return self._current().article(id)

    def examples(self, n: int = 4, *, as_of: Day | None = None) -> list[str]:
        """Up to n questions that the archive can answer, made from its articles."""
        means, today = self._means(), day_of(as_of)
        return examples(means.snapshot.as_of(today), means.embedder, n, _inside(None, today))

    def answered_by(self, llm: str | LLM) -> Archive:
        """The same archive with another language model, named as for `open`. Raises ModelError."""
        other = copy.copy(self)
        other._model = backends.language_model(llm, self._settings, backends.silent)
        return other

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
        means = self._means()
        return find(
            means.snapshot.as_of(day_of(as_of)), means.embedder, asked, inside,
            k=k, words=words, window=window, today=day_of(as_of), reranker=self._reranker,
        )  # fmt: skip

    def choose(
        self,
        question: str,
        choices: Sequence[str],
        *,
        as_of: Day | None = None,
        filters: Filters | None = None,
    ) -> Choice:
        """The choice that the articles speak for, with the probability of each."""
        asked, inside = self.understand(question, as_of=as_of, filters=filters)
        means, today = self._means(), day_of(as_of)
        return choose(means.snapshot.as_of(today), means.embedder, asked, choices, inside, today=today)

    def understand(
        self, question: str, *, as_of: Day | None = None, filters: Filters | None = None
    ) -> tuple[Question, Filters]:
        """What is read from a question: its parts, names, days, outlets; and the filters, narrowed by it."""
        today = day_of(as_of)
        snapshot = self._current().as_of(today)
        asked = timed(understand(question, snapshot.sources), clock(snapshot, today, date.today()))
        inside = _inside(filters, today)
        asked = freed(asked, inside)
        return asked, narrowed(asked, inside)

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
        """The answer as it comes: Evidence, Delta..., Answer. The deltas, joined, are the answer's text.

        Between them, what a language model is writing comes as Writing before it is checked.
        """
        today = day_of(as_of)
        if is_parsed(question):
            self._parse_soon()  # beside the embedder and the search
        yield from answering(self._means(), question, history, _inside(filters, today), today)

    def as_retriever(
        self, *, k: int = 10, as_of: Day | None = None, filters: Filters | None = None
    ) -> BaseRetriever:
        """A LlamaIndex retriever over this archive, for any LlamaIndex engine."""
        from dateline.bridge.retriever import retriever

        return retriever(lambda question: self.search(question, k=k, as_of=as_of, filters=filters))

    # -- inside

    def _current(self) -> Snapshot:
        """The newest generation."""
        return self._source.newest()

    def _means(self) -> Means:
        """What one question is answered with: the newest generation, and what embeds questions for it."""
        snapshot = self._current()
        means = Means(
            snapshot,
            None,
            model=self._model,
            reranker=self._reranker,
            second_opinion=self._settings.second_opinion,
            troubles=self._source.notices,
            parser=lambda: self._parse_soon().result(),
        )
        if self._model:
            self._parse_soon()
        if snapshot.embedder is None:
            mend = f"dateline index --rebuild {self._source.where}"
            why = f"Searched by words only: the index has no vectors. Add them with: {mend}"
            return replace(means, notices=(why,))
        embedder = self._embedder_of(snapshot.embedder)
        if isinstance(embedder, EmbedderMissing):
            return replace(means, notices=(f"Searched by words only: {embedder}",))
        # Only of the built-in embedder is it known how close true claims are to what they cite.
        checker = embedder if embedder.name.startswith(backends.MINILM) else None
        return replace(means, embedder=embedder, checker=checker)

    def _parse_soon(self) -> Future[Parser]:
        with self._lock:
            self._parsing = self._parsing or soon(lambda: load_here(self._settings, say=_unsaid))
            return self._parsing

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
                f"the index was built with the embedder {built}, not {embedder.name}; embed it again: "
                f"dateline index --rebuild --embedder {embedder.name} {self._source.where}"
            )
        return embedder


def _unsaid(line: str) -> None:
    """Where a model is taken from is said by who fetches it."""


def _inside(filters: Filters | None, today: date | None) -> Filters:
    """The filters, with nothing published after today."""
    filters = Filters() if filters is None else filters
    if today is None:
        return filters
    return replace(filters, until=min(filters.until, today) if filters.until else today)
