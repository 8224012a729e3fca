from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.index.ledger.files import AS_ARTICLE, THE_ID
from dateline.index.ledger.writer import LedgerWriter
from dateline.types import Skipped


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[LedgerWriter]:
    ledger = LedgerWriter(tmp_path)
    yield ledger
    ledger.close()


def test_a_file_is_current_until_its_size_or_time_changes(ledger: LedgerWriter) -> None:
    skipped = [Skipped("a.csv", 3, "no text"), Skipped("a.csv", None, "cut short")]
    with ledger.transaction():
        ledger.record_file("a.csv", 10, 20, skipped)
    assert ledger.file_is_current("a.csv", 10, 20)
    assert not ledger.file_is_current("a.csv", 11, 20)
    assert not ledger.file_is_current("a.csv", 10, 21)
    assert not ledger.file_is_current("b.csv", 10, 20)
    assert ledger.skipped_of("a.csv") == skipped
    assert ledger.skipped_of("b.csv") == []


def test_files_that_refused_something_for_an_article_are_forgotten_with_it(ledger: LedgerWriter) -> None:
    copy = Skipped("copy.txt", None, f"other: {AS_ARTICLE}bridge")
    second = Skipped("second.txt", None, f"{THE_ID}'bridge' was already read from first.txt")
    of_another = Skipped("of-another.txt", None, f"other: {AS_ARTICLE}old-bridge")
    with ledger.transaction():
        for one in (copy, second, of_another):
            ledger.record_file(one.path, 1, 1, [one])
        ledger.record_file("whole.txt", 1, 1, [])
        assert ledger.forget_refused_for({"bridge"}) == {"copy.txt", "second.txt"}
    assert ledger.known_files() == {"of-another.txt", "whole.txt"}
