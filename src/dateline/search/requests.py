"""What is asked of the archive itself: how many articles, which outlets, the oldest, the news of a day.

Such a question is not answered by a sentence of an article, but by which articles there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.dates import resolve_dates
from dateline.patterns import lazy
from dateline.search.question import content_terms
from dateline.types import Filters, TimeSpan

Of = Literal["number", "list", "outlets", "extent", "oldest", "newest", "news"]

_ARTICLE = r"(?:news )?(?:article|report|story|piece|text)(?:s|ies)?|stories"
_OUTLET = r"(?:outlet|newspaper|paper|source|publication|agency|agencie|magazine)s?"
_HERE = (  # after "which outlets", "how many articles": the archive is meant, and nothing it tells of
    r"(?: (?:are|is|do|does|have|has|you|we|i|the|this|your|our|there|here|held|hold|holds|contain|contains"
    r"|included|include|in|of|it|got|archive|index|collection|corpus|database|altogether|total))*"
)
_ABOUT = r"(?:about|on|of|over|regarding|concerning|mentioning|naming|that mention|which mention)"
_MENTION = (
    r"(?:(?:are|is|were|write|wrote|report|reported|speak|tell|have written|have reported) (?:about|on|of)"
    r"|mention|mentioned|name|cover|covered|deal with|discuss|discussed|contain)"
)
_OLDEST, _NEWEST = "oldest|earliest|first", "newest|latest|most recent|last"
_ENDS = r"[\s?.!]*$"
_PATTERNS: tuple[tuple[Of, str], ...] = (
    ("number", rf"how many (?:{_ARTICLE}){_HERE}"),
    ("number", rf"how many (?:{_ARTICLE}) {_MENTION} (?P<about>.+?)"),
    ("list", rf"(?:please )?(?:list|show|give|find|name)(?: me)?(?: all)?(?: of)?(?: the)? (?:{_ARTICLE})"
        rf" {_ABOUT} (?P<about>.+?)"),
    ("list", rf"(?:what|which) (?:{_ARTICLE}) {_MENTION} (?P<about>.+?)"),
    ("outlets", rf"(?:what|which) {_OUTLET}{_HERE}"),
    ("outlets", rf"(?:what|which) {_OUTLET} {_MENTION} (?P<about>.+?)"),
    ("extent", r"(?:what|which) (?:period|span|time|times|dates|days|years)(?: of time)?"
          r" (?:does|do|is|are) (?:the|this|your) \w+ (?:cover|span|covered)(?:ed|s)?"),
    ("oldest", rf"(?:what|which|when) (?:is|was) the (?:{_OLDEST}) (?:{_ARTICLE}){_HERE}"),
    ("newest", rf"(?:what|which|when) (?:is|was) the (?:{_NEWEST}) (?:{_ARTICLE}){_HERE}"),
    ("oldest", rf"(?:what|which|when) (?:is|was) the (?:{_OLDEST}) (?:{_ARTICLE}) {_ABOUT} (?P<about>.+?)"),
    ("newest", rf"(?:what|which|when) (?:is|was) the (?:{_NEWEST}) (?:{_ARTICLE}) {_ABOUT} (?P<about>.+?)"),
)  # fmt: skip
_REQUESTS = tuple((of, lazy(rf"^\W*{pattern}{_ENDS}", re.IGNORECASE)) for of, pattern in _PATTERNS)
_DAYS = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for the days of a question
_PREPOSITION = (
    r"(?:(?:published|printed) )?(?:(?:in|on|of|from|for|during|over|within|since|by|at) (?:the )?)?"
)
_NEWS = lazy(
    r"^\W*(?:(?:please )?(?:give|show|tell)(?: me)? |what (?:is|was|were|are) )?(?:all )?(?:the )?"
    r"(?:(?:most important|main|top|biggest|latest|other) )?(?:news|headlines|articles|reports|stories)\b"
    r"|^\W*what (?:happened|(?:was|has been) (?:reported|published|written|in the news)|else happened)\b"
    r"|^\W*what did (?:the )?(?:papers?|newspapers?|press|outlets?|media) (?:report|write|say|publish)\b"
    r"|^\W*(?:summari[sz]e|sum up|how (?:has|was)) (?:the )?(?:coverage|news|reports)\b",
    re.IGNORECASE,
)
_OF_NEWS = lazy(r"\b(?:played out|developed|changed|been)\b", re.IGNORECASE)
_DAYS_NEWS = lazy(rf"^\W*(?:what (?:is|was) )?{_DAYS}['’]s? (?:news|headlines)\b", re.IGNORECASE)
_MOST_WORDS = 4  # that an article must hold; a question with more of them tells what it wants to know


@dataclass(frozen=True, slots=True)
class Request:
    """Which articles are asked for: those that hold all `terms`, of these days; `about` is as it was put."""

    of: Of
    about: str = ""
    terms: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None  # inclusive
    days: str = ""  # the words of the question that name them


def requested(text: str, today: date | None) -> Request | None:
    """What a question asks of the archive itself; None for every other. Without `today`, no days are read."""
    asked = " ".join(text.split())
    spans = _spans(asked, today)
    if len(spans) == 1:
        [span] = spans
        timeless = asked[: span.start] + _DAYS + asked[span.end :]
        if (about := _of_news(timeless)) is not None:
            return _within("news", about, span)
    for of, pattern in _REQUESTS:
        if found := pattern.match(asked):
            about = found.groupdict().get("about") or ""
            if len(spans) != 1 or spans[0].text not in about:
                return _about(of, about)
            return _within(
                of, re.sub(rf" ?\b{_PREPOSITION}$", "", about.replace(spans[0].text, "")), spans[0]
            )
    return None


def limited(filters: Filters, request: Request) -> Filters:
    """The filters, narrowed to the days of the request."""
    since, until = filters.since, filters.until
    inferred = dict(filters.inferred)
    if request.since and (since is None or request.since > since):
        since, inferred["since"] = request.since, request.days
    if request.until and (until is None or request.until < until):
        until, inferred["until"] = request.until, request.days
    return replace(filters, since=since, until=until, inferred=inferred)


def _spans(text: str, today: date | None) -> list[TimeSpan]:
    found = resolve_dates(text, today) if today else []
    return [one for one in found if not one.reason and (one.since or one.until)]


def _of_news(timeless: str) -> str | None:
    """What the news is to be about, "" for all; None where no news is asked for."""
    rest = re.sub(rf"\b{_PREPOSITION}{_DAYS}", " ", timeless, flags=re.IGNORECASE)
    if _DAYS_NEWS.match(timeless):
        return _DAYS_NEWS.sub(" ", timeless).replace(_DAYS, " ")
    if found := _NEWS.match(rest):
        return _OF_NEWS.sub(" ", rest[found.end() :].replace(_DAYS, " "))
    words = re.findall(r"[\w’'-]+", rest)
    keywords = bool(words) and "?" not in rest and all(content_terms(word) for word in words)
    return rest.replace(_DAYS, " ") if keywords else None  # "lighthouse Skarn May 2024"


def _within(of: Of, about: str, span: TimeSpan) -> Request | None:
    request = _about(of, about)
    until = span.until and span.until - timedelta(days=1)
    if request is None:
        return None
    return Request(of, request.about, request.terms, span.since, until, span.text)


def _about(of: Of, about: str) -> Request | None:
    """The request for articles about something; None where what it is has too many words, or none."""
    said = re.sub(rf"^\W*(?:(?:{_ABOUT}|in|to|at|the|an?) )+|[\s?.!,]+$", "", about, flags=re.IGNORECASE)
    terms = content_terms(said)
    if len(terms) > _MOST_WORDS or (about.strip(" ?.!,") and not terms):
        return None
    return Request(of, said, terms)
