from __future__ import annotations

from datetime import date

import pytest

from dateline.index.catalog import catalog
from dateline.types import Filters

FEB_4, FEB_9 = date(2019, 2, 4), date(2019, 2, 9)
ROWS = [
    (1, FEB_4.toordinal(), "Harbor Wire"),
    (2, FEB_9.toordinal(), "Österpost"),
    (3, FEB_9.toordinal(), "Harbor Wire"),
    (7, None, "Harbor Wire"),
    (9, FEB_4.toordinal(), None),
]


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
    ],
)
def test_filters_keep_everything_else_out(filters: Filters, inside: list[int]) -> None:
    assert catalog(ROWS).inside(filters).tolist() == inside


def test_a_catalog_of_nothing_holds_nothing() -> None:
    assert catalog([]).inside(Filters(since=FEB_4)).tolist() == []
