"""Question → the events of its answer: understood, searched for, judged, drafted, checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date

from dateline.answer import (
    Draft,
    Ground,
    LanguageModel,
    Spending,
    decline,
    followed_by,
    listed,
    prepared,
    quote,
    reconsidered,
    standalone,
    timeline,
    with_differences,
    with_others,
    write,
)
from dateline.errors import ModelError, ParserMissing, RerankerMissing
from dateline.index import Embedder, Snapshot
from dateline.search import (
    Clock,
    Correction,
    Question,
    Reranker,
    Sentence,
    asks_how_it_developed,
    by_day,
    clock,
    correction_told,
    corrections,
    find,
    freed,
    judge,
    limited,
    looked_up,
    narrowed,
    rank,
    requested,
    reread,
    timed,
    timely,
    understand,
    without_corrected,
)
from dateline.text import Parser
from dateline.timing import age_told, counted_from, outside, untied, with_days
from dateline.types import (
    Answer,
    Citation,
    Delta,
    Event,
    Evidence,
    Filters,
    Hit,
    Quoted,
    Reading,
    Turn,
    Writing,
)

EVIDENCE_WORDS = 700  # what an answer is made from: a dozen passages, read in a few seconds by any model
FOUND_NOTHING = "The language model found no answer in what it was shown; what the articles say is quoted."
OF_STORY = 2  # passages of one report that several articles copy


@dataclass(frozen=True, slots=True)
class Means:
    """What a question is answered with: one generation of the index, and who reads it.

    `checker` embeds claims and quotations to compare them, and `parser` waits for what tells who does what
    to whom in them, or raises ParserMissing; `notices` say what is not available,
    `troubles` what has failed by now.
    """

    snapshot: Snapshot
    embedder: Embedder | None
    checker: Embedder | None = None
    parser: Callable[[], Parser] | None = None
    model: LanguageModel | None = None
    reranker: Reranker | None = None
    second_opinion: bool = False
    notices: tuple[str, ...] = ()
    troubles: Callable[[], tuple[str, ...]] = tuple  # what came up since


def answering(
    means: Means, text: str, history: Sequence[Turn], filters: Filters, today: date | None
) -> Generator[Event]:
    """Evidence, Delta..., Answer; see `Archive.stream`."""
    yield from _Answering(means, text, history, filters, today).events()


class _Answering:
    """One question on its way to an answer, and what there is to say about the way."""

    def __init__(
        self, means: Means, text: str, history: Sequence[Turn], filters: Filters, today: date | None
    ) -> None:
        self._begun = time.monotonic()
        self._means = means = replace(means, snapshot=means.snapshot.as_of(today))
        self._text = text
        self._history = history
        self._filters = filters
        self._today = today
        self._clock: Clock | None = clock(means.snapshot, today, date.today())
        self._notices = [*means.notices, *means.troubles()]
        self._spending = Spending(means.model.name) if means.model else None
        self._corrections: list[Correction] = []
        self._failure: ModelError | None = None  # of the model: it is asked no more

    def events(self) -> Generator[Event]:
        if (of_the_archive := self._listed()) is not None:
            yield from of_the_archive
            return
        asked = freed(timed(self._understood(), self._clock), self._filters)
        inside = narrowed(asked, self._filters)
        coverage = self._means.snapshot.coverage(inside)
        self._notices += [*counted_from(asked, self._clock), *untied(asked)]
        if coverage.undated and (inside.since or inside.until):
            self._notices.append(
                f"Not searched, since they have no date: {coverage.undated:,} of the articles."
            )
        hits = self._standing(self._evidence(asked, inside))
        understood = asked.text if asked.text != self._text else None
        yield Evidence(tuple(hits), inside, understood, asked.parts, tuple(self._notices))
        verdict = judge(self._means.snapshot, self._means.embedder, asked, hits)
        draft = Draft("", (), (), missing=verdict.missing)
        told_of_days = asked.moments and not asked.terms  # all that is told of these days is asked for
        enough = verdict.enough or bool(hits and told_of_days)
        if enough or (hits and self._means.model):
            draft = yield from self._drafted(asked, hits, doubtful=not enough)
            draft = replace(draft, missing=verdict.missing)
        answered, nearest = bool(draft.claims), tuple[Citation, ...]()
        self._notices += [one for one in self._means.troubles() if one not in self._notices]
        if answered:
            self._notices += self._corrected(draft)
            self._notices += age_told(asked, draft.citations, self._today or date.today())
        else:
            coverage = replace(coverage, nearest=self._nearest(asked, inside, hits))
            nearest = self._closest(asked, hits) if verdict.near else ()
            days = replace(inside, alternative=None)
            draft = replace(draft, text=decline(coverage, days, verdict.missing, nearest).text)
            yield Delta(draft.text)
        if answered and verdict.missing:
            named = ", ".join(f"“{one}”" for one in verdict.missing)
            self._notices.append(f"A part of the question stays open; nothing was found about {named}.")
        usage = self._spending.usage() if self._spending else None
        yield Answer(
            question=self._text,
            answered=answered,
            mode="llm" if usage and draft.written else "extractive",
            text=draft.text,
            claims=draft.claims,
            citations=with_days(draft.citations, hits, inside),
            filters=inside,
            short=draft.short,
            understood=understood,
            parts=asked.parts,
            missing=draft.missing,
            nearest=nearest,
            timeline=draft.timeline,
            coverage=coverage,
            as_of=self._today,
            degraded=draft.degraded,
            notices=(*self._notices, *draft.notices),
            usage=usage,
            seconds=round(time.monotonic() - self._begun, 3),
        )

    def _listed(self) -> tuple[Event, ...] | None:
        """The answer to what is asked of the archive itself, from its ledger and its words; else None."""
        days_count = self._clock is not None and not {"since", "until"} <= {*self._filters.ignored}
        request = requested(self._text, self._clock.today if self._clock and days_count else None)
        if request is None:
            return None
        inside = limited(self._filters, request)
        draft = listed(self._means.snapshot, request, inside)
        if draft is None:
            return None
        answer = Answer(
            question=self._text,
            answered=True,
            mode="extractive",
            text=draft.text,
            claims=draft.claims,
            citations=draft.citations,
            filters=inside,
            coverage=self._means.snapshot.coverage(inside),
            as_of=self._today,
            notices=tuple(self._notices),
            seconds=round(time.monotonic() - self._begun, 3),
        )
        return Evidence((), inside, notices=answer.notices), Delta(draft.text), answer

    def _understood(self) -> Question:
        """The question in full, by rule, and by the model where that can tell more; its names looked up."""
        asked = self._in_full()
        text, readings = looked_up(self._means.snapshot, asked.text)
        if not readings:
            return asked
        self._notices += [str(one) for one in readings]
        read = understand(text, self._means.snapshot.sources)
        return replace(
            read,
            wanted=asked.wanted,
            parts=tuple(reread(part, readings) for part in asked.parts),
            focus=reread(asked.focus, readings),
        )

    def _in_full(self) -> Question:
        sources = self._means.snapshot.sources
        asked = standalone(self._text, self._history, sources)
        if self._means.model is None or self._spending is None:
            return asked
        try:
            return prepared(asked, self._text, self._history, self._means.model, self._spending, sources)
        except ModelError as error:
            self._failure = error
            return asked

    def _evidence(self, asked: Question, inside: Filters) -> list[Hit]:
        """What an answer is made from; where the reranker fails, in the order without it."""

        def found(reranker: Reranker | None) -> list[Hit]:
            return find(
                self._means.snapshot, self._means.embedder, asked, inside,
                words=EVIDENCE_WORDS, of_story=OF_STORY, today=self._today, reranker=reranker,
            )  # fmt: skip

        try:
            return found(self._means.reranker)
        except RerankerMissing as error:
            self._notices.append(f"Not reranked: {error}.")
            return found(None)

    def _standing(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits without what notices of correction take back; the notices are kept."""
        articles = {hit.article.id: hit.article for hit in hits}
        self._corrections = corrections(self._means.snapshot, articles.values(), self._filters)
        return without_corrected(hits, self._corrections)

    def _corrected(self, draft: Draft) -> list[str]:
        """The notices of the articles that are cited, or of those that these correct."""
        cited = {one.article.id for one in draft.citations}
        return [
            correction_told(one) for one in self._corrections if cited & {one.article.id, one.corrects.id}
        ]

    def _nearest(self, asked: Question, inside: Filters, hits: Sequence[Hit]) -> Hit | None:
        """The closest thing found: outside the days that the question names, where these have no answer."""
        if (wider := outside(asked, inside, self._filters)) is not None:
            found = self._evidence(replace(asked, moments=()), wider)
            days = replace(inside, alternative=None)
            hits = [hit for hit in found if not days.admits(hit.article)] or found or hits
        return hits[0] if hits else None

    def _closest(self, asked: Question, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        """What would be quoted, were it enough."""
        ranked = rank(self._means.snapshot, self._means.embedder, by_day(asked), hits)
        return self._quoted(asked, timely(asked, ranked, self._today)).citations if ranked else ()

    def _quoted(self, asked: Question, ranked: Sequence[Sentence]) -> Draft:
        """The answer in quotes; the parser is waited for where it tells sides, or who did it."""
        return quote(asked, ranked, lambda: self._parser("No sides, and no person or place in short"))

    def _drafted(
        self, asked: Question, hits: Sequence[Hit], *, doubtful: bool
    ) -> Generator[Quoted | Reading | Writing | Delta, None, Draft]:
        """The model's draft; the quoted one where there is no model, or nothing came of asking it.

        Of doubtful evidence nothing is quoted, and of what a model writes from it one claim at least must be
        carried in full; else there is no answer. A timeline is always made of quotes: each of its days is a
        day of the quote.
        """
        means = self._means
        if asked.focus:
            asked = replace(understand(asked.focus, means.snapshot.sources), moments=asked.moments)
        ranked = timely(asked, rank(means.snapshot, means.embedder, by_day(asked), hits), self._today)
        told = timeline(ranked) if asks_how_it_developed(asked.text) and not doubtful else None
        if told:
            yield Delta(told.text)
            return told
        quoted = None if doubtful else with_differences(self._quoted(asked, ranked), asked, ranked)
        if means.model is None or self._spending is None:
            return (yield from _said(quoted))
        if quoted:
            yield Quoted(quoted.text, quoted.claims, quoted.citations)
        ground = Ground(hits, ranked, doubtful)
        try:
            if self._failure:
                raise self._failure
            written = yield from self._written(asked, ground, means.model, self._spending)
        except ModelError as error:
            draft = yield from _said(quoted)
            without = "Quotes only" if quoted else "Not written"
            return replace(draft, degraded=error.reason, notices=(f"{without}: {error}.",))
        if not written.claims:
            if quoted and means.model.style == "small":  # it misses much that stands there
                return replace((yield from _said(quoted)), notices=(FOUND_NOTHING,))
            return written
        if not written.citations:
            return followed_by(written, (yield from _said(quoted, before="\n")))
        whole = with_differences(written, asked, ranked)
        if whole is written:
            whole = with_others(written, asked, ranked)
        if more := whole.text.removeprefix(written.text):
            yield Delta(more)
        return self._reconsidered(whole, means.model, self._spending)

    def _parser(self, without: str) -> Parser | None:
        """The parser, where there is one; where not, a notice says what is done without."""
        try:
            return self._means.parser() if self._means.parser else None
        except ParserMissing as error:
            self._notices.append(f"{without}: {error}")
            return None

    def _written(
        self, asked: Question, ground: Ground, model: LanguageModel, spending: Spending
    ) -> Generator[Reading | Writing | Delta, None, Draft]:
        """What the model writes; of doubtful ground only from the first claim on that is carried in full."""
        parser = self._parser("Claims are compared by words and closeness alone")
        writing = write(
            asked.text, ground, model, spending,
            checker=self._means.checker, parser=parser, history=self._history, today=self._today,
        )  # fmt: skip
        held: list[Delta] = []
        carried = not ground.doubtful
        with closing(writing):
            while True:
                try:
                    event = next(writing)
                except StopIteration as end:
                    draft: Draft = end.value
                    return draft if carried else replace(draft, text="", claims=(), citations=())
                if carried or not isinstance(event, Delta):
                    yield event
                    continue
                held.append(event)
                if event.claim and event.claim.support == "supported":
                    carried = True
                    yield from held

    def _reconsidered(self, draft: Draft, model: LanguageModel, spending: Spending) -> Draft:
        """The draft after a second opinion, where one is wanted."""
        if not self._means.second_opinion or draft.degraded:
            return draft
        try:
            return reconsidered(draft, model, spending)
        except ModelError as error:
            return replace(draft, notices=(*draft.notices, f"No second opinion: {error}."))


def _said(draft: Draft | None, *, before: str = "") -> Generator[Delta, None, Draft]:
    """The draft, handed out whole; one without claims where there is none."""
    if draft is None:
        return Draft("", (), ())
    yield Delta(before + draft.text)
    return draft
