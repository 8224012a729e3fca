"""The nouns of dateline. Every one is frozen; `to_dict()` gives its public JSON.

    Article ──split──▶ Passage ──search──▶ Hit ──answer──▶ Claim + Citation ──▶ Answer

Offsets are character positions in `Article.text`, half-open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

PublishedFrom = Literal["metadata", "dateline", "inferred"]
Mode = Literal["extractive", "llm"]
SupportLabel = Literal["supported", "partly", "unsupported"]
Grain = Literal[
    "time", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"
]
JSON = dict[str, object]
Tell = Callable[[str, int, int | None], None]  # progress: stage, done, of how many


def day_of(moment: date | datetime | str | None) -> date | None:
    """The calendar day of a date, a datetime (its own zone, as printed) or an ISO 8601 string.

    Raises ValueError for a string that is not ISO 8601.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def iso(moment: date | datetime | None) -> str | None:
    """ISO 8601, or None."""
    return None if moment is None else moment.isoformat()


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `text` is the body: what offsets count in and quotes are taken from."""

    id: str
    title: str
    text: str
    published: date | datetime | None = None
    published_from: PublishedFrom | None = None
    source: str | None = None  # the outlet or agency: "Xinhua"
    url: str | None = None
    authors: tuple[str, ...] = ()
    place: str | None = None  # as printed in the newswire line: "WASHINGTON"
    kind: str | None = None  # "opinion", "correction"; None: a report
    path: str | None = None  # the file it was read from

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return day_of(self.published)

    def brief(self) -> JSON:
        """What a reader needs to recognise the article, without its text."""
        return {
            "id": self.id,
            "title": self.title,
            "source": self.source,
            "published": iso(self.published),
            "url": self.url,
        }

    def to_dict(self) -> JSON:
        return self.brief() | {
            "text": self.text,
            "published_from": self.published_from,
            "authors": list(self.authors),
            "place": self.place,
            "kind": self.kind,
            "path": self.path,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not indexed, and why. `line` counts from 1; None for a whole file."""

    path: str
    line: int | None
    reason: str

    def to_dict(self) -> JSON:
        return {"path": self.path, "line": self.line, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one article: `article.text[start:end] == text`."""

    id: str
    article_id: str
    text: str
    start: int
    end: int
    sentences: tuple[tuple[int, int], ...] = ()  # where each begins and ends, in the article's text

    def to_dict(self) -> JSON:
        return {
            "id": self.id,
            "article_id": self.article_id,
            "text": self.text,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question. Scores order the hits of one search; they compare no further."""

    passage: Passage
    article: Article
    score: float
    rank: int  # from 1
    also: tuple[Article, ...] = ()  # copies of the article, in other outlets or under other headlines

    def to_dict(self) -> JSON:
        return {
            "rank": self.rank,
            "score": self.score,
            "article": self.article.brief(),
            "passage_id": self.passage.id,
            "text": self.passage.text,
            "start": self.passage.start,
            "end": self.passage.end,
            "also": [one.brief() for one in self.also],
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. `since` and `until` are inclusive days; undated articles pass neither.

    `inferred` says which fields were read from the question, each with the words it came from.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    inferred: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.sources)

    def admits(self, article: Article) -> bool:
        """True when the article is inside the filters. Outlets compare without regard to case."""
        if self.sources and (article.source or "").casefold() not in {s.casefold() for s in self.sources}:
            return False
        if self.since is None and self.until is None:
            return True
        day = article.day
        if day is None:
            return False
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def to_dict(self) -> JSON:
        return {
            "since": iso(self.since),
            "until": iso(self.until),
            "sources": list(self.sources),
            "inferred": dict(self.inferred),
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A proved quotation: `article.text[start:end] == quote`, checked when it is made."""

    number: int  # from 1, as shown: [1]
    article: Article
    quote: str
    start: int
    end: int
    also: tuple[Article, ...] = ()  # copies of the article, which tell the same

    def __post_init__(self) -> None:
        if self.article.text[self.start : self.end] != self.quote:
            raise ValueError(f"citation [{self.number}] does not stand in article {self.article.id}")

    def to_dict(self) -> JSON:
        return {
            "number": self.number,
            "article": self.article.to_dict(),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "also": [one.brief() for one in self.also],
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, how far its sources carry it, and the numbers of its citations."""

    text: str
    support: SupportLabel
    citations: tuple[int, ...] = ()

    def to_dict(self) -> JSON:
        return {"text": self.text, "support": self.support, "citations": list(self.citations)}


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched for an answer: all articles, and those inside the filters."""

    articles: int
    first: date | None
    last: date | None
    matched: int
    nearest: Hit | None = None  # the closest thing found, where nothing answered
    undated: int = 0  # articles without a day: outside any filter of days

    def to_dict(self) -> JSON:
        return {
            "articles": self.articles,
            "first": iso(self.first),
            "last": iso(self.last),
            "matched": self.matched,
            "nearest": self.nearest.to_dict() if self.nearest else None,
            "undated": self.undated,
        }


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was given and gave, in tokens; None where its server did not say."""

    model: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_seconds: float | None = None

    def to_dict(self) -> JSON:
        return {
            "model": self.model,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "first_token_seconds": self.first_token_seconds,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is a Claim. `text` is made from the claims, with [n] markers."""

    question: str
    answered: bool
    mode: Mode
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    filters: Filters
    coverage: Coverage
    parts: tuple[str, ...] = ()  # of the question, where it asks about several things
    as_of: date | None = None
    degraded: str | None = None  # why the language model did not (fully) answer: a reason of ModelError
    notices: tuple[str, ...] = ()  # sentences the user must see: what was not available
    usage: Usage | None = None
    seconds: float = 0.0

    @property
    def independent_sources(self) -> int:
        """How many of the cited articles share neither outlet nor report with another.

        Articles of one outlet, and copies of one report, are one source together.
        """
        groups: list[set[str]] = []
        for one in self.citations:
            told = {f"article {one.article.id}", *(f"article {copy.id}" for copy in one.also)}
            told |= {f"outlet {one.article.source.casefold()}"} if one.article.source else set()
            same = [group for group in groups if group & told]
            groups = [group for group in groups if group not in same] + [told.union(*same)]
        return len(groups)

    def to_dict(self) -> JSON:
        return {
            "question": self.question,
            "answered": self.answered,
            "mode": self.mode,
            "degraded": self.degraded,
            "text": self.text,
            "claims": [claim.to_dict() for claim in self.claims],
            "citations": [citation.to_dict() for citation in self.citations],
            "independent_sources": self.independent_sources,
            "filters": self.filters.to_dict(),
            "parts": list(self.parts),
            "as_of": iso(self.as_of),
            "coverage": self.coverage.to_dict(),
            "notices": list(self.notices),
            "usage": self.usage.to_dict() if self.usage else None,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """First event of a stream: the passages the answer will be made from."""

    hits: tuple[Hit, ...]
    filters: Filters
    parts: tuple[str, ...] = ()  # of the question, where it asks about several things
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """More of the answer's text. A stream's deltas, joined, are the final `Answer.text`."""

    text: str


Event = Evidence | Delta | Answer  # a stream is Evidence, Delta..., Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation, with the answer's text as it was shown."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of indexing did. Counts are articles; `articles` and `passages` are the index's totals."""

    added: int
    updated: int
    unchanged: int
    removed: int
    skipped: tuple[Skipped, ...]
    articles: int
    passages: int
    seconds: float
    notices: tuple[str, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "skipped": [one.to_dict() for one in self.skipped],
            "articles": self.articles,
            "passages": self.passages,
            "seconds": self.seconds,
            "notices": list(self.notices),
        }


@dataclass(frozen=True, slots=True)
class Overview:
    """What an index holds. `sources` and `months` ("2019-02") are (name, articles), most / earliest first."""

    articles: int
    passages: int
    undated: int
    first: date | None
    last: date | None
    sources: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    embedder: str | None
    versions: Mapping[str, str]
    bytes: int

    def to_dict(self) -> JSON:
        return {
            "articles": self.articles,
            "passages": self.passages,
            "undated": self.undated,
            "first": iso(self.first),
            "last": iso(self.last),
            "sources": dict(self.sources),
            "months": dict(self.months),
            "embedder": self.embedder,
            "versions": dict(self.versions),
            "bytes": self.bytes,
        }


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The days that `text[start:end]` speaks of: `since` is the first, `until` the day after the last.

    One of them is None where the words leave that side open ("before 2010"). Both are None where the
    words name no days that can be known; `reason` then says why. `grain` is what the words count in:
    "early 2019" counts in years. `at` is the time of day, where one is given, with its zone if it has one.
    """

    text: str
    start: int
    end: int
    since: date | None
    until: date | None
    grain: Grain
    at: datetime | None = None
    reason: str | None = None

    def to_dict(self) -> JSON:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "since": iso(self.since),
            "until": iso(self.until),
            "grain": self.grain,
            "at": iso(self.at),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class SupportingSentence:
    """A sentence of the evidence: `evidence[number][start:end] == text`, numbers from 0."""

    text: str
    evidence: int
    start: int
    end: int

    def to_dict(self) -> JSON:
        return {"text": self.text, "evidence": self.evidence, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Support:
    """How far evidence carries a claim.

    `score` is between 0 and 1; the label follows from it alone. `sentences` has the one
    that carries most first. `reasons` says in plain words what is not carried, gravest first.
    """

    label: SupportLabel
    score: float
    sentences: tuple[SupportingSentence, ...] = ()
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "label": self.label,
            "score": self.score,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "reasons": list(self.reasons),
        }
