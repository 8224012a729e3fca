"""Whether two sentences speak of the same thing, and the difference that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.answer.disagreement.difference import Difference, Side, source_of
from dateline.answer.disagreement.named import denied
from dateline.answer.disagreement.told import Told
from dateline.answer.disagreement.values import Name, Number, Value
from dateline.search import Sentence
from dateline.verification.tokens import tokens

SIDES = 3  # of a difference that are named, at most
_PART = 2  # times as much, of which a number may be a part
_LONGER = 8  # times as many days, of which a week of one may be the other's day
_ONE_STORY = 90  # days between reports of one thing: what comes again in a year is another


def grouped(told: Iterable[Told]) -> Difference | None:
    """The first value that another contradicts, with those that do: of more than two, the latest.

    What agrees with two values that contradict each other ("more than 10") is on no side.
    """
    groups: list[list[Told]] = []
    for one in told:
        same = [group for group in groups if _alike(group[0].value, one.value)]
        if not same:
            groups.append([one])
        elif len(same) == 1:
            same[0].append(one)
    for number, group in enumerate(groups):
        for one in group:
            others = [
                (there, other)
                for other in groups[number + 1 :]
                if (there := next((two for two in other if contrary(one, two)), None))
            ]
            if others:
                sides = _ordered([_side(*other) for other in others])[1 - SIDES :]
                return Difference(_ordered([_side(one, group), *sides]))
    return None


def paired(one: Told, two: Told) -> Difference:
    """The difference of two."""
    return Difference(_ordered([_side(one, [one]), _side(two, [two])]))


def contrary(one: Told, two: Told) -> bool:
    """Whether both speak of one thing in different reports, and no other name or day keeps them apart."""
    here, there = one.sentence.hit.article, two.sentence.hit.article
    if one.value.slot != two.value.slot or one.value.agrees(two.value) or here.id == there.id:
        return False
    apart = (there.day - here.day).days if here.day and there.day else None
    if source_of(here) == source_of(there) and not apart:
        return False
    if apart is not None and abs(apart) > _ONE_STORY:
        return False
    if not (_meet(one.names, two.names) and _meet(one.places, two.places) and _same_days(one, two)):
        return False
    if _mentions(one.sentence, two.value) or _mentions(two.sentence, one.value):
        return False
    if _both_open(one.value, two.value):
        return _grows(one, two, apart)
    return not _part_of(one, two)


def _alike(one: Value, two: Value) -> bool:
    return one.slot == two.slot and one.agrees(two)


def _meet(one: frozenset[str], two: frozenset[str]) -> bool:
    return not one or not two or bool(one & two)


def _same_days(one: Told, two: Told) -> bool:
    """Whether the days that both speak of meet, and are about as many."""
    if not one.days or not two.days:
        return True
    meet = any(a < d and c < b for a, b in one.days for c, d in two.days)
    short, long = sorted(max((b - a).days for a, b in told.days) for told in (one, two))
    return meet and long <= _LONGER * short


def _part_of(one: Told, two: Told) -> bool:
    """Whether one of two numbers is so much smaller that it may be of a part, which one of them names."""
    if not isinstance(one.value, Number) or not isinstance(two.value, Number):
        return False
    less, more = sorted((one.value.amount, two.value.amount))
    alike = one.names == two.names and one.places == two.places and bool(one.days) == bool(two.days)
    return not alike and more > _PART * less


def _both_open(one: Value, two: Value) -> bool:
    """Whether both give a bound on the same side: "at least 12", "at least 15" can both be right."""
    return isinstance(one, Number) and isinstance(two, Number) and one.bound == two.bound in ("over", "under")


def _grows(one: Told, two: Told, apart: int | None) -> bool:
    """Whether the later of two bounds goes further: then it tells more."""
    if not apart or not isinstance(one.value, Number) or not isinstance(two.value, Number):
        return False
    more = two.value.amount - one.value.amount
    return (more > 0) == (apart > 0) if one.value.bound == "over" else (more < 0) == (apart > 0)


def _mentions(sentence: Sentence, value: Value) -> bool:
    """Whether the passage says a name of the other side, and not as what is not so: it may be part of it."""
    text = sentence.hit.passage.text
    if not isinstance(value, Name) or value.tokens[0].word not in text.casefold():
        return False
    held, keys = tokens(text), [token.key for token in value.tokens]
    return any(
        [token.key for token in held[place : place + len(keys)]] == keys and not denied(held, place)
        for place in range(len(held) - len(keys) + 1)
    )


def _side(told: Told, group: Sequence[Told]) -> Side:
    return Side(
        told.shown, told.sentence, told.speaker, tuple(one.sentence for one in group if one is not told)
    )


def _ordered(sides: Sequence[Side]) -> tuple[Side, ...]:
    """By day, where all have one; else, and on one day, those first that more outlets give."""
    dated = all(side.day for side in sides)

    def place(side: Side) -> tuple[int, int, str, int]:
        day = side.day.toordinal() if dated and side.day else 0
        return day, -side.sources, side.sentence.hit.article.id, side.sentence.start

    return tuple(sorted(sides, key=place))
