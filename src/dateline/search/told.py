"""Which date of a passage is inside the days asked for: that of its report, or one that it tells of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.index.snapshot import Snapshot
from dateline.index.spoken import speaks
from dateline.types import Article, Filters, Hit, Matched, TimeSpan


def dated(snapshot: Snapshot, hits: Sequence[Hit], filters: Filters) -> list[Hit]:
    """The hits with the days that they speak of, and which date of each was asked for."""
    spoken = snapshot.spoken(hit.article for hit in hits)
    return [_dated(hit, spoken.get(hit.article.id, ()), filters) for hit in hits]


def _dated(hit: Hit, spoken: Iterable[TimeSpan], filters: Filters) -> Hit:
    start, end = hit.passage.start, hit.passage.end
    told = tuple(span for span in spoken if start <= span.start < end)
    return replace(hit, told=told, matched=_matched(hit.article, told, filters))


def _matched(article: Article, told: Sequence[TimeSpan], filters: Filters) -> Matched | None:
    if told_of_asked(article, told, filters):
        return "told"
    asked = filters.since or filters.inferred.keys() & {"since", "until"}
    return "published" if asked else None


def told_of_asked(article: Article, told: Sequence[TimeSpan], filters: Filters) -> TimeSpan | None:
    """The first of the spans that is of the days that were asked for; None for a report of these days."""
    about = filters.alternative or filters
    if not (about.about_since or about.about_until):
        return None
    if article.day and (about.about_since or article.day) <= article.day <= (
        about.about_until or article.day
    ):
        return None
    return next((span for span in told if speaks(span, about.about_since, about.about_until)), None)
