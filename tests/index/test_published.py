"""Days of publication, counted in memory."""

from __future__ import annotations

from collections import Counter
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
    published = Published([(day, None) for day in sorted(one.toordinal() for one in days)], undated)
    inside = [day for day in days if (not since or day >= since) and (not until or day <= until)]
    assert published.between(since, until) == len(inside)
    known = [day for day in days if not until or day <= until]
    assert published.span(until) == ((min(known), max(known)) if known else (None, None))
    assert published.months(until) == len({(day.year, day.month) for day in known})
    assert published.undated == undated


@given(st.lists(st.tuples(DAYS, st.sampled_from(["Weekly Kiln", "Harbor Wire", "Österpost", None]))), BOUND)
def test_outlets_up_to_a_day_are_those_with_the_most_first(
    reported: list[tuple[date, str | None]], until: date | None
) -> None:
    published = Published(
        [(day, one or None) for day, one in sorted((d.toordinal(), s or "") for d, s in reported)], 0
    )
    told = Counter(one for day, one in reported if one and (until is None or day <= until))
    assert published.outlets(until) == sorted(told, key=lambda one: (-told[one], one))
