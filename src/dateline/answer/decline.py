"""What is said where the archive has no answer: what was searched, what was not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.answer.draft import Draft
from dateline.types import Coverage, Filters


def decline(coverage: Coverage, filters: Filters, missing: Sequence[str]) -> Draft:
    """A draft without claims, whose text says what was searched and in vain."""
    said = ["The archive does not answer this.", _searched(coverage, filters)]
    if missing:
        said.append(f"Nothing was found about {', '.join(f'“{name}”' for name in missing)}.")
    if coverage.nearest:
        article = coverage.nearest.article
        origin = ", ".join(filter(None, (article.source, _day(article.day))))
        where = "" if filters.admits(article) else " outside these days"
        said.append(f"The nearest found{where} is “{article.title}”" + (f" ({origin})." if origin else "."))
    return Draft(" ".join(said), (), ())


def _searched(coverage: Coverage, filters: Filters) -> str:
    span = f", published {_day(coverage.first)} to {_day(coverage.last)}" if coverage.first else ""
    if words := _days_read(filters):
        return f"{coverage.matched:,} of {_articles(coverage)}{span} may tell of “{words}”, as you wrote."
    if filters:
        aside = f"{span}," if span else ""
        return f"{coverage.matched:,} of {_articles(coverage)}{aside} pass the filters and were searched."
    return f"{_articles(coverage)} {'was' if coverage.articles == 1 else 'were'} searched{span}."


def _days_read(filters: Filters) -> str | None:
    """The words of the question from which days were read."""
    return filters.inferred.get("since") or filters.inferred.get("until")


def _articles(coverage: Coverage) -> str:
    return "1 article" if coverage.articles == 1 else f"{coverage.articles:,} articles"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
