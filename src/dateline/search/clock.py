"""The day from which the words of a question count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.index.snapshot import Snapshot
from dateline.types import Filters

_RUNNING = timedelta(days=7)  # without a report for longer, an archive has ended
_COVERED = 0.1  # of the usual number of reports: with fewer, an archive tells of days in looking back alone


@dataclass(frozen=True, slots=True)
class Clock:
    """The day from which words like "last week" count, and the first and last day of the archive.

    `told` is how many articles were published from one day to another, `usual` how many on a day of the
    months that have some. A month without a year is the last one of which there are reports; where the day is
    set by the asker, `given`, it is the last one at all.
    """

    today: date
    first: date
    last: date
    told: Callable[[date, date], int]
    usual: float
    given: bool = False
    ended: bool = False  # the archive ends in the past, and today is its last day

    def covers(self, since: date, until: date) -> bool:
        """True when the archive has reports of those days, and not only a stray one."""
        since, until = max(since, self.first), min(until, self.last)
        days = (until - since).days + 1
        return days > 0 and self.told(since, until) >= max(1, _COVERED * self.usual * days)


def clock(snapshot: Snapshot, as_of: date | None, real: date) -> Clock | None:
    """The clock of a question asked as of a day, or else on the real one; None in an archive without dates.

    For an archive that ends in the past, "last week" is that before its end.
    """
    covered = snapshot.as_of(as_of).coverage(Filters())
    if covered.first is None or covered.last is None:
        return None
    ended = as_of is None and real - covered.last > _RUNNING
    return Clock(
        as_of or (covered.last if ended else real),
        covered.first,
        covered.last,
        lambda since, until: snapshot.coverage(Filters(since, until)).matched,
        snapshot.as_of(as_of).reports_a_day,
        given=as_of is not None,
        ended=ended,
    )
