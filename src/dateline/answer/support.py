"""How far quotations carry a claim, judged by the words that are easiest to get wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dateline.index.sentences import sentences
from dateline.types import Citation, SupportLabel

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = (
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = (
    {word: str(number) for number, word in enumerate(_UNITS.split(), 2)}
    | {word: str(number) for number, word in enumerate(_ORDINALS.split(), 2)}
    | {word: str(number) for number, word in zip(range(30, 100, 10), _TENS.split(), strict=True)}
    | {word: word for word in ("hundred", "thousand", "million", "billion", "trillion", "dozen", "half")}
)
_CALENDAR = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember|day|s|sday|nesday|rs|rsday|urday)?"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’&-][^\W\d_]+)*\.?")
_NEGATION = re.compile(
    r"\b(?:not(?! only)|no(?!\.? ?\d)|never|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b",
    re.IGNORECASE,
)


def check(claim: str, quotes: Sequence[Citation], question: str) -> SupportLabel:
    """ "supported", "partly" or "unsupported".

    Without a quotation a claim is unsupported. With one it is supported when every number (digits or words)
    and every capitalised name of the claim, its first word aside, stands in a sentence that is quoted from,
    in the headline, source or date of its article, or in the question; and when both or neither of the claim
    and those sentences negate. It is partly supported otherwise.

    Not checked: whether the quotation means what the claim says. Who did what to whom, verbs, words in lower
    case, what a negation belongs to, dates and sums that follow from the text without standing in it.
    """
    if not quotes:
        return "unsupported"
    quoted = " ".join(_quoted_sentences(quotes))
    given = " ".join((quoted, question, *(_heading(quote) for quote in quotes)))
    carried = _numbers(claim) <= _numbers(given) and _names(claim) <= _words(given)
    same_sense = bool(_NEGATION.search(claim)) == bool(_NEGATION.search(quoted))
    return "supported" if carried and same_sense else "partly"


def _quoted_sentences(quotes: Iterable[Citation]) -> Iterable[str]:
    """The whole sentences that are quoted from: a quotation alone may leave out the "not"."""
    for quote in quotes:
        text = quote.article.text
        begin = text.rfind("\n", 0, quote.start) + 1
        end = text.find("\n", quote.end)
        lines = text[begin : end if end >= 0 else len(text)]
        for first, last in sentences(lines):
            if begin + first < quote.end and begin + last > quote.start:
                yield lines[first:last]


def _heading(quote: Citation) -> str:
    article = quote.article
    day = f"{article.day:%A %B} {article.day.day} {article.day.year}" if article.day else ""
    return f"{article.title} {article.source or ''} {day}"


def _numbers(text: str) -> set[str]:
    """Numbers, as digits where they can be: {"2", "1500", "million"}."""
    words = {_NUMBER_WORDS[word] for word in _words(text) if word in _NUMBER_WORDS}
    return words | {number.replace(",", "").lstrip("0") or "0" for number in _NUMBER.findall(text)}


def _names(text: str) -> set[str]:
    """The capitalised words after the first word, as `_words` gives them."""
    later = _WORD.findall(text)[1:]
    return {form for word in later if word[0].isupper() for form in _forms(word)} - {"i"}


def _words(text: str) -> set[str]:
    return {form for word in _WORD.findall(text) for form in _forms(word)}


def _forms(word: str) -> list[str]:
    """A word's parts in one spelling each: "Xinhua's" is xinhua, "U.S." us, "Feb." february's feb."""
    plain = re.sub(r"['’]s?$", "", word.rstrip(".").lower()).replace(".", "")
    return [_CALENDAR.sub(r"\1", part) if _CALENDAR.fullmatch(part) else part for part in plain.split("-")]
