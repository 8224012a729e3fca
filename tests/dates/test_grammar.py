from __future__ import annotations

from datetime import date

from dateline.dates.days import Stretch, one_day
from dateline.dates.grammar import Level, Rule, read
from dateline.dates.times import Setting
from dateline.dates.tokens import tokens

TODAY = Setting(date(2019, 2, 15))


def kinds(text: str, *levels: Level) -> list[str]:
    found = tokens(text, 0, len(text))
    read(found, levels, TODAY)
    return [token.kind for token in found]


def a_day(_: Setting, month: int, day: int) -> Stretch:
    return one_day(date(2019, month, day))


def test_a_rule_makes_one_token_of_its_neighbours() -> None:
    assert kinds("on Feb. 8", Level(Rule("month:month day:small", a_day))) == ["on", "date"]


def test_what_must_stand_around_is_no_part() -> None:
    level = Level(Rule("{on} month:month day:small {!x}", a_day))
    assert kinds("on Feb. 8", level) == ["on", "date"]
    assert kinds("Feb. 8", level) == ["month", "small"]
    assert kinds("on Feb. 8 it", level) == ["on", "month", "small", "x"]


def test_a_rule_that_finds_no_day_leaves_the_next_to_try() -> None:
    other = Rule("month small", lambda _: Stretch(None, None, "day", reason="none"))
    assert kinds("Feb. 30", Level(Rule("month:month day:small", a_day), other)) == ["vague"]


def test_a_level_reads_what_the_one_before_has_read() -> None:
    of_day = Level(Rule("the part of date:date", lambda _, date: date))
    assert kinds("the night of Feb. 8", Level(Rule("month:month day:small", a_day)), of_day) == ["date"]
