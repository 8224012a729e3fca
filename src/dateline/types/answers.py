"""What is answered, claim by claim, and how it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.types.articles import Article
from dateline.types.days import JSON, iso
from dateline.types.searches import Coverage, Filters, Hit
from dateline.types.spans import TimeSpan

Mode = Literal["extractive", "llm"]
SupportLabel = Literal["supported", "partly", "unsupported"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A proved quotation: `article.text[start:end] == quote`, checked when it is made."""

    number: int  # from 1, as shown: [1]
    article: Article
    quote: str
    start: int
    end: int
    also: tuple[Article, ...] = ()  # copies of the article, which tell the same
    told: TimeSpan | None = None  # where the quote is of the days asked about by what it tells, not its date

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
            "told": self.told.to_dict() if self.told else None,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, how far its sources carry it, and the numbers of its citations.

    `reasons` says in plain words what they do not carry, gravest first.
    """

    text: str
    support: SupportLabel
    citations: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> JSON:
        return {
            "text": self.text,
            "support": self.support,
            "citations": list(self.citations),
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: a day, the quote that tells of it, and the number of its citation."""

    day: date
    text: str
    citation: int

    def to_dict(self) -> JSON:
        return {"day": iso(self.day), "text": self.text, "citation": self.citation}


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was given and gave, in tokens, how often it was asked, and how long it took.

    None stands where its server did not say, or no word came.
    """

    model: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    first_token_seconds: float | None = None  # from the question to the first word of its answer
    requests: int = 1  # over HTTP, those that failed among them
    seconds: float | None = None  # of all requests

    def to_dict(self) -> JSON:
        return {
            "model": self.model,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "first_token_seconds": self.first_token_seconds,
            "requests": self.requests,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose every sentence is a Claim. `text` is made from the claims, with [n] markers.

    Where the answer is a name, a number, a day or a place that stands in a quote, it is `short`, and the text
    begins with it. `missing` names what of the question nothing was found about: of an answer without claims
    and of one that answers a part. Where nothing is answered, `nearest` is what the articles say that comes
    closest, if anything does: quoted in the text, and never given out as the answer.
    """

    question: str
    answered: bool
    mode: Mode
    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    filters: Filters
    coverage: Coverage
    short: str | None = None
    understood: str | None = None  # the question as it was searched for, where that is not as it was asked
    parts: tuple[str, ...] = ()  # of the question, where it asks about several things
    missing: tuple[str, ...] = ()
    nearest: tuple[Citation, ...] = ()
    timeline: tuple[Entry, ...] = ()  # where the question asks how something developed; earliest first
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
            "short": self.short,
            "claims": [claim.to_dict() for claim in self.claims],
            "citations": [citation.to_dict() for citation in self.citations],
            "independent_sources": self.independent_sources,
            "filters": self.filters.to_dict(),
            "understood": self.understood,
            "parts": list(self.parts),
            "missing": list(self.missing),
            "nearest": [citation.to_dict() for citation in self.nearest],
            "timeline": [entry.to_dict() for entry in self.timeline],
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
    understood: str | None = None  # see Answer
    parts: tuple[str, ...] = ()  # of the question, where it asks about several things
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """More of the answer's text. A stream's deltas, joined, are the final `Answer.text`.

    `claim` is the one that ends with this piece, checked.
    """

    text: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """The sentence that is being written, as far as it has come: unchecked, and no part of the text yet.

    It stands for what the next Delta brings, and may come to nothing.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """The answer in quotes, which stands while a language model reads; what that writes takes its place."""

    text: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A language model is at its prompt: about so many tokens, for so many seconds so far."""

    model: str
    tokens: int
    seconds: float


# A stream is Evidence, Delta..., Answer; where a model writes, Quoted, Reading and Writing stand between.
Event = Evidence | Quoted | Reading | Writing | Delta | Answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation, with the answer's text as it was shown."""

    question: str
    answer: str
