"""Days of publication, counted in memory."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dateline.index.published import Published

DAYS = st.dates(date(1, 1, 1), date(2100, 1, 1))
BOUND = st.none() | DAYS


@given(st.lists(DAYS, max_size=30), st.integers(0, 5), BOUND, BOUND)
def test_what_is_counted_is_what_lies_between(
    days: list[date], undated: int, since: date | None, until: date | None
) -> None:
    published = Published(sorted(day.toordinal() for day in days), undated)
    inside = [day for day in days if (not since or day >= since) and (not until or day <= until)]
    assert published.between(since, until) == len(inside)
    known = [day for day in days if not until or day <= until]
    assert published.span(until) == ((min(known), max(known)) if known else (None, None))
    assert published.months(until) == len({(day.year, day.month) for day in known})
    assert published.undated == undated
