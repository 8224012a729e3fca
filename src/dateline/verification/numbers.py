"""Numbers as values with units: "$1.2bn", "1,200 million dollars" and "1.2 billion dollars" are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Raw = Sequence[tuple[str, int, int]]  # text, start, end of the pieces of a sentence

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: Decimal(number) for number, word in enumerate(_SMALL)} | {
    word: Decimal(number) for number, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_ORDINALS = {
    word: Decimal(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 1
    )
}
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "dozen": Decimal(12),
}
_SHORT_SCALES = {  # only where they touch the digits
    "k": Decimal(1000),
    "mn": Decimal(10) ** 6,
    "mln": Decimal(10) ** 6,
    "bn": Decimal(10) ** 9,
    "tn": Decimal(10) ** 12,
}
_MONEY_SCALES = {"m": Decimal(10) ** 6, "b": Decimal(10) ** 9, "t": Decimal(10) ** 12}  # and after a sign
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_UNITS = {  # every form of a unit; one row says the same
    form: forms.split()[0]
    for forms in (
        "percent pct %",
        "dollar dollars usd",
        "pound pounds lb lbs",  # of money and of weight: the article's sign or word must be the claim's
        "euro euros eur",
        "yen jpy",
        "yuan renminbi",
        "ruble rubles rouble roubles",
        "rupee rupees",
        "second seconds sec secs",
        "minute minutes min mins",
        "hour hours hr hrs",
        "day days",
        "week weeks",
        "month months",
        "year years yr yrs",
        "decade decades",
        "century centuries",
        "mile miles mi",
        "kilometer kilometers kilometre kilometres km",
        "meter meters metre metres m",
        "centimeter centimeters centimetre centimetres cm",
        "millimeter millimeters millimetre millimetres mm",
        "foot feet ft",
        "inch inches",
        "yard yards yd",
        "acre acres",
        "hectare hectares",
        "gram grams g",
        "kilogram kilograms kilo kilos kg",
        "ton tons tonne tonnes",
        "ounce ounces oz",
        "liter liters litre litres",
        "gallon gallons",
        "barrel barrels",
        "degree degrees",
        "pm",
        "am",
        "mph",
        "kph",
    )
    for form in forms.split()
}
_LONGEST = 30  # digits of a number that is one


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, its unit ("" for none, "ordinal" for a rank), and the piece after its last."""

    value: Decimal
    unit: str
    stop: int

    @property
    def key(self) -> str:
        """Value and unit, written one way: "1200000 dollar"."""
        return f"{self.value.normalize():f} {self.unit}".strip()


def same(one: Quantity, other: Quantity) -> bool:
    """Whether both say the same number, and no other unit."""
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def read_quantity(raw: Raw, place: int) -> Quantity | None:
    """The quantity that begins at a piece, in digits or words; None where none does."""
    begin = place
    sign = _SIGNS.get(raw[place][0], "")
    if sign:
        place += 1
        if place == len(raw):
            return None
    text = raw[place][0].casefold()
    if text[0].isdecimal():
        if len(text) > _LONGEST:
            return None
        value, place = Decimal(text.replace(",", "").replace(" ", "")), place + 1
        if place < len(raw) and _touches(raw, place) and raw[place][0].casefold() in ("st", "nd", "rd", "th"):
            return Quantity(value, "ordinal", place + 1)
    elif sign:
        return None
    elif text in _ORDINALS and text != "second":
        return Quantity(_ORDINALS[text], "ordinal", place + 1)
    else:
        read = _in_words(raw, place)
        if read is None:
            return None
        value, place = read
    value, place = _scaled(raw, place, value, sign)
    unit, place = _unit(raw, place)
    if begin + 1 == place and text == "one":
        return None  # "one of them"
    return Quantity(value, sign or unit, place)


def _in_words(raw: Raw, place: int) -> tuple[Decimal, int] | None:
    """ "twenty-five", "three"; "a" before a scale."""
    text = raw[place][0].casefold()
    if text in ("a", "an"):
        following = raw[place + 1][0].casefold() if place + 1 < len(raw) else ""
        return (Decimal(1), place + 1) if following in _SCALES else None
    if text not in _WORDS:
        return None
    value, place = _WORDS[text], place + 1
    after = place + 1 if place < len(raw) and raw[place][0] == "-" else place
    if value >= 20 and after < len(raw) and 0 < _WORDS.get(raw[after][0].casefold(), 0) < 10:
        return value + _WORDS[raw[after][0].casefold()], after + 1
    return value, place


def _scaled(raw: Raw, place: int, value: Decimal, sign: str) -> tuple[Decimal, int]:
    """The value times the scale words that follow, and what is added after "hundred and"."""
    while place < len(raw):
        after = place + 1 if raw[place][0] == "-" and place + 1 < len(raw) else place
        word = raw[after][0].casefold()
        scale = _SCALES.get(word)
        if scale is None and _touches(raw, after):
            scale = _SHORT_SCALES.get(word) or (_MONEY_SCALES.get(word) if sign else None)
        if scale is None:
            break
        value, place = value * scale, after + 1
        if word in ("hundred", "thousand") and place < len(raw):
            after = place + 1 if raw[place][0].casefold() == "and" and place + 1 < len(raw) else place
            if (rest := _in_words(raw, after)) and rest[0] < scale and raw[after][0].casefold() in _WORDS:
                value, place = value + rest[0], rest[1]
    return value, place


def _unit(raw: Raw, place: int) -> tuple[str, int]:
    """The unit that follows, and the place after it."""
    if place < len(raw) and raw[place][0] == "-" and place + 1 < len(raw) and _touches(raw, place):
        place_of_word = place + 1
    else:
        place_of_word = place
    if place_of_word >= len(raw):
        return "", place
    word = raw[place_of_word][0].casefold().replace(".", "")
    if (
        word == "percentage"
        and place_of_word + 1 < len(raw)
        and raw[place_of_word + 1][0].casefold().startswith("point")
    ):
        return "percentage point", place_of_word + 2
    if word == "per" and place_of_word + 1 < len(raw) and raw[place_of_word + 1][0].casefold() == "cent":
        return "percent", place_of_word + 2
    if (
        word in ("m", "g", "mi", "am")
        and not _touches(raw, place_of_word)
        and "." not in raw[place_of_word][0]
    ):
        return "", place
    return (_UNITS[word], place_of_word + 1) if word in _UNITS else ("", place)


def _touches(raw: Raw, place: int) -> bool:
    return place > 0 and raw[place - 1][2] == raw[place][1]
