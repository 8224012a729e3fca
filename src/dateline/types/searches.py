"""What is searched for, inside which limits, and what is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dateline.types.articles import Article
from dateline.types.days import JSON, iso


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
