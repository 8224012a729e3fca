"""What the tests of this room share: spans in short."""

from __future__ import annotations

from dateline.dates import resolve_dates

TODAY = "2019-02-15"  # a Friday


def days(text: str, reference: str = TODAY) -> list[str]:
    """Each span as "first..last+1", or "?" where no days are known; "-" stands for an open side."""
    return [
        "?" if span.reason else f"{span.since or '-'}..{span.until or '-'}"
        for span in resolve_dates(text, reference)
    ]


def words(text: str, reference: str = TODAY) -> list[str]:
    """The text of each span."""
    return [span.text for span in resolve_dates(text, reference)]
