"""The number that a sentence gives for what a question counts or measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.answer.disagreement.asked import Asked, keys_of
from dateline.answer.disagreement.bind import bound_to
from dateline.answer.disagreement.told import Found
from dateline.answer.disagreement.values import Number
from dateline.verification.bounds import bound
from dateline.verification.tokens import Token, stem, tokens

_COUNTED = 3  # words from a number to the noun that it counts
_PEOPLE = "people person persons death dead victim casualty"
_PARTS = frozenset("more other others another additional further extra remaining".split())
_STEPS = frozenset(("first", "from", "by"))
_INCLUDING = frozenset(("include", "includes", "including", "included"))
_SUPPOSING = frozenset("would could may might if unless typically usually normally generally".split())
_RATES = frozenset("per each every daily weekly monthly annually yearly hourly apiece".split())
_PERIODS = "second minute hour day night week month year"
_MONEY = frozenset("dollar pound euro yen yuan ruble rupee".split())
_TIMES = frozenset("second minute hour day week month year decade century".split())
_LENGTHS = frozenset("mile kilometer meter centimeter millimeter foot inch yard".split())
_UNITS = {
    "long": _TIMES | _LENGTHS,
    "far": _LENGTHS,
    "old": frozenset(("year", "month", "day", "week")),
    "tall": _LENGTHS,
    "high": _LENGTHS,
    "deep": _LENGTHS,
    "fast": frozenset(("mph", "kph")),
    "much": _MONEY,
    "cost": _MONEY,
    "price": _MONEY,
    "percentage": frozenset(("percent",)),
    "percent": frozenset(("percent",)),
    "share": frozenset(("percent",)),
    "age": frozenset(("year",)),
    "large": frozenset(("acre", "hectare")) | _LENGTHS,
}


def numbers(asked: Asked, held: Sequence[Token]) -> Iterator[Found]:
    """Each number of the sentence that counts or measures what is asked, bound to what is said of it."""
    if supposing(held) and not asked.ahead:
        return
    for place, token in enumerate(held):
        if token.quantity is None or token.kind != "number" or token.quantity.unit == "ordinal":
            continue
        measured = _measured(asked, held, place)
        if measured is None or partial(held, place):
            continue
        slot, last = measured
        if bound_to(asked.action or asked.events, held, place, _is_number):
            value = Number(slot + _rate(held, last), tuple(held[max(0, place - 3) : place + 1]))
            yield value, (held[place - bounding(held, place)].start, held[last].end)


def alone(asked: Asked, held: Sequence[Token], place: int) -> bool:
    """Whether the number stands without a word that narrows what it counts, and without a rate."""
    after = held[place + 1 : place + 2]
    narrowed = after and after[0].content and not after[0].parted and after[0].key not in asked.keys
    return not narrowed and not _rate(held, place) and not _rate(held, place + 1)


def supposing(held: Sequence[Token]) -> bool:
    """Whether the sentence speaks of what might be, or mostly is."""
    return any(token.word in _SUPPOSING for token in held)


def _is_number(token: Token) -> bool:
    return token.kind == "number"


def _measured(asked: Asked, held: Sequence[Token], place: int) -> tuple[str, int] | None:
    """What the number counts, with every word that narrows it, and the place of the last of these words."""
    quantity = held[place].quantity
    unit = quantity.unit if quantity else ""
    if asked.measure != "many":
        return (unit, place) if unit in _UNITS.get(_measure(asked), ()) else None
    if unit:
        return (unit, place) if stem(unit) in asked.head else None
    plural = {one.word for one in tokens(asked.question.text) if one.key in asked.head}
    singular = {word[:-1] for word in plural if word.endswith("s")} if held[place].key != "1" else set()
    narrowing: list[str] = []
    for there in range(place + 1, min(len(held), place + 1 + _COUNTED)):
        token = held[there]
        if token.parted or token.kind in ("number", "date"):
            break
        if token.key in asked.head:
            if token.word in singular:
                return None  # "four vehicle recalls"
            return " ".join(("count", *narrowing, token.key)), there
        if token.kind == "function" and token.word not in ("of", "the"):
            break
        narrowing.append(token.key)
    beside = [one for one in (place - 1, place + 1, place + 2) if 0 <= one < len(held)]
    if asked.head & keys_of(_PEOPLE) and (not narrowing or narrowing[0] in asked.action | keys_of(_PEOPLE)):
        people = next(iter(asked.head & keys_of(_PEOPLE)))
        if any(held[one].key in asked.action | keys_of(_PEOPLE) for one in beside):
            return f"count {people}", place
    return None


def _measure(asked: Asked) -> str:
    """By which word of the question its units go."""
    if asked.measure:
        return asked.measure
    return next((word for word in _UNITS if stem(word) in asked.keys), "")


def partial(held: Sequence[Token], place: int) -> bool:
    """Whether the number is one part of a count, a step of it, what it was before, or of two units."""
    before = held[place - 1].word if place else ""
    after = held[place + 1 : place + 3]
    if before in _PARTS | _STEPS or any(token.word in _PARTS for token in after):
        return True
    if any(token.word in _INCLUDING for token in held[:place]):
        return True
    return any(token.kind == "number" for token in after)  # "3 minutes, 49 seconds"


def _rate(held: Sequence[Token], last: int) -> str:
    """ " per" where so many come in a time or for each."""
    after = held[last + 1 : last + 3]
    rate = any(token.word in _RATES for token in after)
    period = len(after) == 2 and after[0].word in ("a", "an") and after[1].key in keys_of(_PERIODS)
    return " per" if rate or period else ""


def bounding(held: Sequence[Token], place: int) -> int:
    """How many words before the number bound it: "at least"."""
    whole = bound(held, place)
    if not whole:
        return 0
    return next(n for n in (1, 2, 3) if bound(held[max(0, place - n) : place + 1], min(n, place)) == whole)
