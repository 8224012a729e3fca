"""The verb of this room: a text and a day in, spans out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from dateline.dates import calendar_rules, clock_rules, range_rules, shift_rules, turn_rules, unit_rules
from dateline.dates.days import Stretch
from dateline.dates.grammar import read
from dateline.dates.holidays import known_year
from dateline.dates.numbers import read_numbers
from dateline.dates.tense import look
from dateline.dates.times import Floating, Setting
from dateline.dates.tokens import sentences, tokens
from dateline.patterns import lazy
from dateline.types import TimeSpan

# From the smallest times to those told by others: each level reads what those before it have read.
LEVELS = (
    unit_rules.AMOUNTS,
    unit_rules.UNITS,
    calendar_rules.PARTS,
    calendar_rules.YEARS,
    calendar_rules.WEEKDAYS,
    turn_rules.TURNS,
    clock_rules.CLOCKS,
    clock_rules.PORTIONS,
    shift_rules.SHIFTS,
    range_rules.RANGES,
    range_rules.RELATIONS,
    clock_rules.LEFT_OVER,
)

_IDIOM = lazy(r"at the end of the day,", re.IGNORECASE)


def resolve_dates(text: str, reference: date | datetime | str) -> list[TimeSpan]:
    """The days that a text speaks of, in its order, read as on the day of reference; spans don't overlap.

    Past or future goes by the tense of the sentence: a bare weekday is the last one, today included, unless
    the verb looks ahead. Each sentence is read alone. Raises ValueError for a reference that is not ISO 8601.
    """
    return list(_spans(text, _setting(reference)))


def _setting(reference: date | datetime | str) -> Setting:
    if isinstance(reference, str):
        moment = datetime.fromisoformat(reference)
        reference = moment if len(reference) > 10 else moment.date()
    if isinstance(reference, datetime):
        return Setting(reference.date(), reference)
    return Setting(reference)


def _spans(text: str, setting: Setting) -> Iterator[TimeSpan]:
    for start, end in sentences(text):
        told: Stretch | None = None
        known: dict[str, Stretch | None] = {}  # "Feb. 27" is one day in a sentence
        found = read_numbers(tokens(text, start, end))
        read(found, LEVELS, setting)
        for token in found:
            time = token.value
            if isinstance(time, Floating):
                words = text[token.start : token.end].casefold()
                if time.in_year is None or words not in known:
                    looks = look(text, (start, end), (token.start, token.end))
                    known[words] = _pick(time, replace(setting, look=looks, told=told), text[start:end])
                time = known[words]
            if not isinstance(time, Stretch) or _IDIOM.match(text, token.start):
                continue
            if time.reason is None:
                told = time
            yield TimeSpan(
                text[token.start : token.end],
                token.start,
                token.end,
                time.since,
                time.until,
                time.grain,
                time.at,
                time.reason,
            )


def _pick(time: Floating, setting: Setting, sentence: str) -> Stretch | None:
    """The days; an hour in a sentence without a verb is one of a programme, still to come."""
    try:
        found = time.pick(setting)
        if found is not None and found.at is not None and setting.look == 0:
            found = time.pick(replace(setting, look=1))
    except (ValueError, OverflowError):  # outside the calendar
        return None
    if found is None or found.since is None or time.in_year is None or not time.is_day:
        return found
    known = known_year(found.since, setting.today, sentence)
    return found if known is None else time.in_year(known)
