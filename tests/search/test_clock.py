"""The day from which words count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline.index import Snapshot
from dateline.search import clock
from newsroom import RECORDS
from search.shelf import index_of

END = date(2019, 5, 20)  # of the newsroom


def test_words_count_from_the_real_day_while_reports_come_in(snapshot: Snapshot) -> None:
    given = clock(snapshot, None, date(2019, 5, 23))
    assert given is not None
    assert (given.today, given.ended) == (date(2019, 5, 23), False)


def test_words_count_from_the_end_of_an_archive_that_has_ended(snapshot: Snapshot) -> None:
    given = clock(snapshot, None, date(2026, 1, 1))
    assert given is not None
    assert (given.today, given.ended) == (END, True)


def test_a_day_that_is_set_counts_and_nothing_later_is_known(snapshot: Snapshot) -> None:
    given = clock(snapshot, date(2019, 2, 12), date(2026, 1, 1))
    assert given is not None
    assert (given.today, given.last, given.given) == (date(2019, 2, 12), date(2019, 2, 11), True)


def test_days_with_hardly_a_report_are_not_covered(snapshot: Snapshot) -> None:
    given = clock(snapshot, None, END)
    assert given is not None
    assert given.covers(date(2019, 2, 1), date(2019, 2, 28))
    assert not given.covers(date(2019, 3, 1), date(2019, 3, 31))


def test_without_dated_articles_there_is_no_clock(tmp_path: Path) -> None:
    undated = [one for one in RECORDS if "date" not in one]
    assert clock(index_of(tmp_path / "undated", *undated), None, END) is None
