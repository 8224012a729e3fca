"""What is searched for, inside which limits, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from dateline.types.articles import Article
from dateline.types.days import JSON, iso
from dateline.types.spans import TimeSpan

Matched = Literal["published", "told"]


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
    told: tuple[TimeSpan, ...] = ()  # days that the passage speaks of; offsets in the article's text
    matched: Matched | None = None  # which date is inside the days that were asked for, if any were

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
            "told": [one.to_dict() for one in self.told],
            "matched": self.matched,
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles may answer. `since` and `until` are inclusive days; undated articles pass neither.

    These are days of publication. `about_since` and `about_until`, inclusive as well, are days of which a
    passage must speak, read from its article's own date. What is inside the `alternative` passes, too: of a
    question about what happened on a day, it holds later passages that speak of that day.
    `inferred` says which fields were read from the question, each with the words it came from. Those named in
    `ignored`, "since", "until" and "sources", are not read from it.
    """

    since: date | None = None
    until: date | None = None
    sources: tuple[str, ...] = ()
    inferred: Mapping[str, str] = field(default_factory=dict)
    about_since: date | None = None
    about_until: date | None = None
    alternative: Filters | None = None
    ignored: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.sources or self.about_since or self.about_until)

    @property
    def by_words(self) -> bool:
        """True where the days that passages speak of decide what is inside."""
        return bool(self.about_since or self.about_until or self.alternative)

    def admits(self, article: Article) -> bool:
        """True when the article is inside the filters, whatever days its passages speak of.

        Outlets compare without regard to case.
        """
        if self.alternative and self.alternative.admits(article):
            return True
        if self.sources and (article.source or "").casefold() not in {s.casefold() for s in self.sources}:
            return False
        if self.since is None and self.until is None:
            return True
        day = article.utc_day
        if day is None:
            return False
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def to_dict(self) -> JSON:
        return {
            "since": iso(self.since),
            "until": iso(self.until),
            "sources": list(self.sources),
            "inferred": dict(self.inferred),
            "about_since": iso(self.about_since),
            "about_until": iso(self.about_until),
            "ignored": list(self.ignored),
            "alternative": self.alternative.to_dict() if self.alternative else None,
        }


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
