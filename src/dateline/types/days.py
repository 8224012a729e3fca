"""Days and their written form, and the form of everything that leaves the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

JSON = dict[str, object]
Tell = Callable[[str, int, int | None], None]  # progress: stage, done, of how many


def day_of(moment: date | datetime | str | None) -> date | None:
    """The calendar day of a date, a datetime (its own zone, as printed) or an ISO 8601 string.

    Raises ValueError for a string that is not ISO 8601.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def iso(moment: date | datetime | None) -> str | None:
    """ISO 8601, or None."""
    return None if moment is None else moment.isoformat()
