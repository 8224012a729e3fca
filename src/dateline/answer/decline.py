"""What is said where the archive has no answer: what was searched, what was not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dateline.answer.draft import Draft
from dateline.answer.wording import in_marks, origin
from dateline.types import Citation, Coverage, Filters

NOTHING = "The archive does not answer this."
NOT_OUTRIGHT = "The archive does not say this outright."
CLOSEST = "The articles come closest here:"


def decline(
    coverage: Coverage, filters: Filters, missing: Sequence[str], nearest: Sequence[Citation] = ()
) -> Draft:
    """A draft without claims: its text says what was searched and in vain, and quotes what comes nearest."""
    said = [NOT_OUTRIGHT if nearest else NOTHING, _searched(coverage, filters)]
    if missing:
        said.append(f"Nothing was found about {', '.join(f'“{name}”' for name in missing)}.")
    if nearest:
        quoted = [f"{origin(one.article)}: {in_marks(one.quote)} [{one.number}]" for one in nearest]
        return Draft("\n".join([" ".join([*said, CLOSEST]), *quoted]), (), ())
    if coverage.nearest:
        article = coverage.nearest.article
        printed = ", ".join(filter(None, (article.source, _day(article.day))))
        where = "" if filters.admits(article) else " outside these days"
        said.append(f"The nearest found{where} is “{article.title}”" + (f" ({printed})." if printed else "."))
    return Draft(" ".join(said), (), ())


def _searched(coverage: Coverage, filters: Filters) -> str:
    first, last = _day(coverage.first), _day(coverage.last)
    span = f", published {first} to {last}" if first != last else f", published {first}" if first else ""
    aside = f"{span}," if span else ""
    if words := _days_read(filters):
        return f"{coverage.matched:,} of {_articles(coverage)}{aside} may tell of “{words}”, as you wrote."
    if filters and coverage.matched < coverage.articles:
        one = coverage.matched == 1
        rest = "passes the filters and was searched" if one else "pass the filters and were searched"
        return f"{coverage.matched:,} of {_articles(coverage)}{aside} {rest}."
    return f"{_articles(coverage)} {'was' if coverage.articles == 1 else 'were'} searched{span}."


def _days_read(filters: Filters) -> str | None:
    """The words of the question from which days were read."""
    return filters.inferred.get("since") or filters.inferred.get("until")


def _articles(coverage: Coverage) -> str:
    return "1 article" if coverage.articles == 1 else f"{coverage.articles:,} articles"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
