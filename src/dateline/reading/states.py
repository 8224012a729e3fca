"""Two articles of one id: states of one report, of which the later is kept, or two reports."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.types import Article

_ALIKE = 0.5  # share of words that two states of one report have in common


@dataclass(frozen=True, slots=True)
class State:
    """What is kept of an article that was read, to tell another of its id from a later state of it."""

    path: str
    url: str | None
    title: str
    moment: float  # of publication; -inf where it is not known
    words: frozenset[int]


def state_of(article: Article) -> State:
    """What of an article tells which state of a report it is."""
    words = frozenset(map(hash, article.text[:4000].casefold().split()[:300]))
    return State(article.path or "", article.url, article.title.casefold(), _moment(article), words)


def is_same_report(one: State, other: State) -> bool:
    """True for two states of one report: of one address; without addresses alike in headline or words."""
    if one.url and other.url:
        return one.url == other.url
    if one.title == other.title:
        return True
    least = min(len(one.words), len(other.words)) or 1
    return len(one.words & other.words) >= _ALIKE * least


def is_later(one: State, other: State) -> bool:
    """True where `one`, which was read after `other`, is the later state: by its date, then by its place."""
    if one.moment != other.moment:
        return one.moment > other.moment
    return one.path >= other.path


def told_apart(article: Article) -> Article:
    """The article under an id of its own: that of its record belongs to another report."""
    key = f"{article.path}#{article.id}#{article.url or article.title}"
    return replace(article, id=hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:12])


def _moment(article: Article) -> float:
    moment = article.published
    if moment is None:
        return float("-inf")
    if isinstance(moment, datetime):
        return moment.date().toordinal() + (moment.hour * 60 + moment.minute) / 1440
    return float(moment.toordinal())
