"""What one sentence gives for what is asked: a value, where it stands, and what else it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.answer.disagreement.values import Days as Stretch
from dateline.answer.disagreement.values import Number, Outcome, Value
from dateline.dates import resolve_dates
from dateline.search import Sentence
from dateline.types import TimeSpan
from dateline.verification.speakers import SAYING
from dateline.verification.tokens import Token

_SMALL = frozenset("the a an".split())
_BEFORE_DAYS = frozenset("on in at late early the by".split())
_PLACING = frozenset("in at on near of from outside inside across".split())
_SAID = frozenset(
    "said says told announced insisted claimed alleged estimated confirmed denied added warned".split()
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\d{4}|^\d+/")
_ANY_DAY = date(2000, 1, 1)  # from which an undated article is read: months and days hold, years don't
_IN_NAMES = frozenset(("the", "a", "an", "of"))
_SPEAKER = 5  # words that name who says something, at most

Span = tuple[int, int]  # characters of a sentence
Found = tuple[Value, Span]


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of the evidence, with the share of the question that it and what is around it hold."""

    sentence: Sentence
    tokens: Sequence[Token]
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence and the value that it gives, the characters of `span`."""

    sentence: Sentence
    value: Value
    span: Span
    names: frozenset[str]  # other names of the sentence: not asked for, not the value, not who says it
    places: frozenset[str]  # of these, what follows "in", "at" and the like: they may narrow what is told
    days: tuple[tuple[date, date], ...]  # other days it speaks of, but for those on which somebody spoke
    speaker: str  # "the police chief"; "" where it is the outlet's own word

    @property
    def shown(self) -> str:
        """The value as the sentence has it; "yes" or "no"."""
        if isinstance(self.value, Outcome):
            return self.value.word
        start, end = self.span
        shown = " ".join(self.sentence.text[start:end].split())
        if start == 0 and isinstance(self.value, Number):
            shown = shown[0].lower() + shown[1:]
        if isinstance(self.value, Stretch) and not _MONTH.search(shown):
            return f"{shown} ({self.value.since.day} {self.value.since:%b})"
        return shown


def telling(heard: Heard, value: Value, span: Span, asked: Collection[str]) -> Told:
    """The sentence with the value that stands in it; `asked` are the question's keys."""
    held, (start, end) = heard.tokens, span
    said = speaker(held, start, end)
    names, places = set[str](), set[str]()
    for run in runs(held):
        others = [one for one in run if one not in said and not start <= one.start < end]
        if not others or any(one.key in asked for one in run) or others[0].kind != "name":
            continue  # "the Gaza Strip", where Gaza is asked about; a first word's capital
        names.update(one.key for one in others)
        before = [token.word for token in held[: held.index(run[0])] if token.word not in _SMALL]
        if before and before[-1] in _PLACING:
            places.add(" ".join(one.key for one in others))
    days = tuple(
        (one.since, one.until)
        for one in spans(heard.sentence)
        if one.since and one.until and not (one.start < end and start < one.end) and not spoken(one, held)
    )
    words = _words(heard.sentence.text, said)
    return Told(heard.sentence, value, span, frozenset(names), frozenset(places), days, words)


def runs(held: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Each name: words in capitals, side by side, up to a possessive."""
    place = 0
    while place < len(held):
        first, place = place, place + 1
        if not _capital(held[first]):
            continue
        while place < len(held) and _goes_on(held[place - 1], held[place]):
            place += 1
        yield held[first:place]


def _goes_on(before: Token, token: Token) -> bool:
    return _capital(token) and not token.parted and not owning(before)


def owning(token: Token) -> bool:
    """Whether it has a possessive: its characters are more than its word."""
    return token.end - token.start > len(token.word)


def _capital(token: Token) -> bool:
    return token.kind == "name" or (token.kind == "word" and token.capital)


def spans(sentence: Sentence) -> list[TimeSpan]:
    """The days of the sentence, read from its article's own; without one, what names a day or its year."""
    published = sentence.hit.article.day
    found = resolve_dates(sentence.text, published or _ANY_DAY)
    return [one for one in found if published or _MONTH.search(one.text)]


def spoken(span: TimeSpan, held: Sequence[Token]) -> bool:
    """Whether a span is the day on which something was said: "said on Friday", "on Friday announced"."""
    before = [token for token in held if token.end <= span.start and token.word not in _BEFORE_DAYS][-1:]
    after = [token for token in held if token.start >= span.end][:1]
    return any(token.word in SAYING and not token.parted for token in (*before, *after))


def _words(text: str, said: Sequence[Token]) -> str:
    if len(said) == 1 and said[0].word in (*_SAID, "according"):
        return "somebody"
    words = text[said[0].start : said[-1].end] if said else ""
    return words[:1].lower() + words[1:] if said and said[0].kind == "function" else words


def speaker(held: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """The words that name who is said to say it: before "said" or after it, after "according to".

    () where nobody is; the verb itself, where it is not clear who.
    """
    for place, token in enumerate(held):
        if start <= token.start < end:
            continue
        if token.word == "according":
            return _name(held[place + 2 :]) or [token]
        if token.word in _SAID:
            before = [] if token.parted else _name(held[:place][::-1])[::-1]
            after = _name(held[place + 1 :])
            return before or (after if after and after[-1].kind == "name" else [token])
    return ()


def _name(held: Sequence[Token]) -> Sequence[Token]:
    """The first words, read forwards or backwards, up to one that can be in no name or title."""
    run: list[Token] = []
    for token in held[:_SPEAKER]:
        if token.kind in ("number", "date") or (token.kind == "function" and token.word not in _IN_NAMES):
            break
        if run and (token.parted if token.start > run[-1].start else run[-1].parted):
            break
        run.append(token)
    return run if any(token.content for token in run) else ()
