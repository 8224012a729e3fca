"""What a question asks for, by rule: its content words, its parts, the kind of thing wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from dateline.index.words import terms
from dateline.search.clock import Clock
from dateline.search.moments import (
    Moment,
    Pull,
    asks_how_it_developed,
    moments,
    pull,
    timeless,
    told_of,
    window,
)
from dateline.search.outlets import Outlet, named
from dateline.search.parts import parts
from dateline.types import Filters

Wanted = Literal["person", "time", "place", "number", "yes or no", "anything"]

# Words that say nothing of what a question is about: the closed classes of English, and the words of asking.
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about above according after again all also am an and any are as at be because been before
        being below between both but by can could did do does doing down during each either few for
        from further had has have having he her here hers him his how i if in into is it its itself
        just may me might more most must my neither nor no not now of off on once only or other our
        ours out over own same shall she should so some such than that the their theirs them then
        there these they this those through to too under until up upon very was we were what when
        where whether which while who whom whose why will with within would you your yours please
        tell say says said reported happen happens happened happening develop developed
        anyone anybody anything someone somebody something everyone everybody everything
        timeline chronology summary summarise summarize overview compare compared differ differs differed
        """,
    )
)
# Words that say what kind of answer is wanted, not what it is about: "how MUCH did it cost", "NAME the city".
_QUANTITY = re.compile(
    r"\bhow (?:much|many|far|often|soon|recently)\b"
    r"|^\W*(?:please )?(?:can you |could you )?(?:give|show|tell|name|list|find)(?: me| us)?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w.'’]*")
_NAME = re.compile(r"(?<!^)(?<![.?!:] )(?<![\w'’-])[A-Z][\w’'-]{2,}")
_POSSESSIVE = re.compile(r"['’]s?$")

_ASKED = r"\b(?:what|which) (?:{})\b"
_WANTED: dict[Wanted, str] = {
    "number": r"\bhow (?:many|much|far|long|old|tall|high|big|large|often|fast|deep)\b|\b(?:cost|price)\b|"
    + _ASKED.format("percentage|number|share|amount|toll"),
    "time": r"\bwhen\b|\bhow (?:soon|recently)\b|" + _ASKED.format("year|month|day|date|time|week|decade"),
    "place": r"\bwhere\b|" + _ASKED.format("city|country|state|place|town|venue|location|capital|region"),
    "person": r"\bwho(?:m|se)?\b|" + _ASKED.format("person|player|president|minister|leader|actor|author"),
    "yes or no": r"^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood. `parts` is empty unless it asks about two things or more."""

    text: str
    terms: tuple[str, ...]  # stems of its content words, each once; not those that say when
    parts: tuple[str, ...]
    wanted: tuple[Wanted, ...]  # "when and where" wants two kinds; never empty
    names: tuple[str, ...]  # words written with a capital that do not begin a sentence
    outlets: tuple[Outlet, ...] = ()  # sources of the index that it names
    pull: Pull | None = None  # where it asks for the latest, or for the first, reports
    moments: tuple[Moment, ...] = ()  # days that it names
    focus: str = ""  # what is asked last, where an earlier question only says what it is about

    def content(self, text: str) -> tuple[str, ...]:
        """Content terms of the question or a part of it; who reports is not what is reported."""
        reporters = set(content_terms(" ".join(outlet.source for outlet in self.outlets)))
        return tuple(term for term in content_terms(text) if term not in reporters)


def understand(text: str, sources: Iterable[str] = ()) -> Question:
    """The question's content, parts and kinds, and which of the sources it names.

    Nothing is guessed: what no rule reads stays "anything".
    """
    folded = text.strip().casefold()
    wanted = tuple(kind for kind, pattern in _WANTED.items() if re.search(pattern, folded))
    outlets = named(text, sources)
    reporters = {word for outlet in outlets for word in _WORD.findall(outlet.source)}
    names = dict.fromkeys(_POSSESSIVE.sub("", name) for name in _NAME.findall(text))
    asked = Question(
        text,
        terms=(),
        parts=parts(text, content_terms),
        wanted=wanted or ("anything",),
        names=tuple(name for name in names if name not in reporters),
        outlets=outlets,
        pull=pull(text),
    )
    return replace(asked, terms=asked.content(text))


def timed(question: Question, clock: Clock | None) -> Question:
    """The question with the days that it names; without a clock, in an archive without dates, as it is."""
    found = moments(question.text, clock) if clock else ()
    if clock is None or not (found or question.pull or asks_how_it_developed(question.text)):
        return question
    days = {word for moment in found for word in re.findall(r"\w+", moment.words)}
    names = tuple(name for name in question.names if name not in days)
    question = replace(question, moments=found, names=names)
    return replace(question, terms=question.content(timeless(question.text, found)))


def freed(question: Question, filters: Filters) -> Question:
    """The question without the days and the outlets that it names, where the filters ignore these."""
    if {"since", "until"} <= {*filters.ignored}:
        question = replace(question, moments=())
    return replace(question, outlets=()) if "sources" in filters.ignored else question


def narrowed(question: Question, filters: Filters) -> Filters:
    """The filters, narrowed to the days and the outlets that the question asks about.

    What happened on a day is also told later: passages that speak of the day are inside, whenever they came.
    Outlets that are set stay as they are. One that is named becomes a filter only where a report of it is
    clearly meant, in every part of the question; else it is preferred. What is to be ignored limits nothing.
    """
    return _of_outlets(question, _of_days(question, filters))


def _of_days(question: Question, filters: Filters) -> Filters:
    given = filters
    since, until = window(question.moments, question.parts)
    words = ", ".join(dict.fromkeys(one.words for one in question.moments if one.of != "subject"))
    since, until = (
        None if name in given.ignored else day for name, day in (("since", since), ("until", until))
    )
    if since and (filters.since is None or since > filters.since):
        filters = replace(filters, since=since, inferred={**filters.inferred, "since": words})
    if until and (filters.until is None or until < filters.until):
        filters = replace(filters, until=until, inferred={**filters.inferred, "until": words})
    told = told_of(question.moments) if filters.until != given.until else None
    if told is None or given.about_since or given.about_until:
        return filters
    after = replace(given, since=filters.since, about_since=told[0], about_until=told[1])
    return replace(filters, alternative=after)  # what was told before the day is a forecast


def _of_outlets(question: Question, filters: Filters) -> Filters:
    clear = [outlet for outlet in question.outlets if outlet.clear]
    told = [any(outlet.words in part for outlet in clear) for part in question.parts]
    if filters.sources or not clear or not all(told) or "sources" in filters.ignored:
        return filters
    sources = tuple(outlet.source for outlet in clear)
    words = ", ".join(dict.fromkeys(outlet.words for outlet in clear))
    if filters.alternative:
        filters = replace(filters, alternative=replace(filters.alternative, sources=sources))
    return replace(filters, sources=sources, inferred={**filters.inferred, "sources": words})


def content_terms(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, each once, in order."""
    asking = _QUANTITY.sub(" ", text)
    words = (word for word in _WORD.findall(asking) if word.casefold() not in _FUNCTION_WORDS)
    return tuple(dict.fromkeys(_meaningful(terms(" ".join(words)))))


def _meaningful(stems: Iterable[str]) -> Iterable[str]:
    # A lone letter is what is left of a possessive or of initials; a lone digit is a number.
    return (stem for stem in stems if len(stem) > 1 or stem.isdigit())
