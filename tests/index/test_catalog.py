from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from dateline.index.catalog import catalog
from dateline.index.spoken import SpokenDays, spoken_days
from dateline.types import Filters

FEB_4, FEB_9 = date(2019, 2, 4), date(2019, 2, 9)
ROWS = [
    (1, FEB_4.toordinal(), "Harbor Wire", 1),
    (2, FEB_9.toordinal(), "Österpost", 2),
    (3, FEB_9.toordinal(), "Harbor Wire", 3),
    (7, None, "Harbor Wire", 4),
    (9, FEB_4.toordinal(), None, 5),
]
SPOKEN = SpokenDays(*np.array([(2, FEB_4.toordinal(), FEB_4.toordinal() + 1), (7, 737_000, 737_365)]).T)


@pytest.mark.parametrize(
    ("filters", "inside"),
    [
        (Filters(), [1, 2, 3, 7, 9]),
        (Filters(since=FEB_9), [2, 3]),
        (Filters(until=FEB_4), [1, 9]),
        (Filters(since=FEB_4, until=FEB_9), [1, 2, 3, 9]),
        (Filters(sources=("HARBOR WIRE",)), [1, 3, 7]),
        (Filters(sources=("ÖSTERPOST", "Harbor Wire")), [1, 2, 3, 7]),
        (Filters(since=FEB_9, sources=("Harbor Wire",)), [3]),
        (Filters(sources=("nobody",)), []),
        (Filters(about_since=FEB_4, about_until=FEB_4), [2]),
        (Filters(about_until=FEB_4, sources=("nobody",)), []),
        (Filters(until=FEB_4, alternative=Filters(about_since=FEB_4, about_until=FEB_4)), [1, 2, 9]),
    ],
)
def test_filters_keep_everything_else_out(filters: Filters, inside: list[int]) -> None:
    assert catalog(ROWS, lambda: SPOKEN).inside(filters).tolist() == inside


def test_a_catalog_of_nothing_holds_nothing() -> None:
    assert catalog([], lambda: spoken_days([])).inside(Filters(since=FEB_4)).tolist() == []
