"""The verb of this room: sentences in, differences out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from dateline.answer.disagreement.asked import Asked, read
from dateline.answer.disagreement.compare import contrary, grouped, paired
from dateline.answer.disagreement.dated import days
from dateline.answer.disagreement.difference import Difference
from dateline.answer.disagreement.frames import pairs
from dateline.answer.disagreement.named import names
from dateline.answer.disagreement.numbers import numbers
from dateline.answer.disagreement.outcomes import outcomes
from dateline.answer.disagreement.restated import restated
from dateline.answer.disagreement.told import Found, Heard, Told, telling
from dateline.answer.disagreement.values import Name
from dateline.index.words import terms
from dateline.search import Question, Sentence
from dateline.verification.tokens import tokens

CONSIDERED = 24  # sentences, best first
_LONGEST = 800  # characters of a sentence that is one
_ABOUT = 0.75  # of the question's weight that a sentence, its lead and headline must hold
_NAMED = 0.6  # the same, where the value itself is bound to all of it: "Cook County", "yes"
_ITSELF = 0.5  # of the question's weight that the sentence and its lead must hold
_BOUND = frozenset(("is", "yes or no"))  # slots of such values
_ROUNDING = 1e-9


def differences(question: Question, ranked: Sequence[Sentence]) -> tuple[Difference, ...]:
    """Where the first sentences of the evidence give different values for what the question asks.

    One difference at most, found by rule alone: the meanings of sentences that tell of one thing and of two
    were measured to be equally near.
    """
    asked = read(question)
    if not asked.single:
        return ()
    near = list(_near(asked, ranked[:CONSIDERED]))
    nearest = [heard for heard in near if heard.share >= _ABOUT - _ROUNDING]
    found = grouped(_once(_told(asked, near))) or grouped(_once(restated(asked, nearest)))
    if found is None:
        found = next((paired(*pair) for pair in pairs(asked, nearest) if contrary(*pair)), None)
    return (found,) if found else ()


def _near(asked: Asked, ranked: Sequence[Sentence]) -> Iterator[Heard]:
    """The sentences that speak of the question and of every name and year in it."""
    weights = {term: weight for one in ranked for term, weight in one.holds.items()}
    for sentence in ranked:
        if len(sentence.text) > _LONGEST or sentence.text.endswith("?"):
            continue
        there = sentence.stems | set(terms(sentence.hit.article.title))
        if not _names(asked, there) or not asked.years <= there:
            continue
        about, itself = asked.weight(there, weights), asked.weight(sentence.stems, weights)
        if about >= _NAMED - _ROUNDING and itself >= _ITSELF - _ROUNDING:
            share = itself if asked.wanted == "time" else about  # a headline's day is often another
            yield Heard(sentence, tokens(sentence.text), share)


def _names(asked: Asked, stems: Set[str]) -> bool:
    """Whether the stems hold every name of the question."""
    return all(stems >= set(terms(name)) for name in asked.question.names)


def _told(asked: Asked, near: Iterable[Heard]) -> Iterator[Told]:
    """The value of each sentence that gives one alone.

    A sentence that leaves a name of the question to its headline must have no other: it may be about that.
    """
    for heard in near:
        found = list(_values(asked, heard))
        if not found or not all(found[0][0].agrees(value) for value, _ in found):
            continue
        value, span = found[0]
        told = telling(heard, value, span, asked.keys)
        named = isinstance(value, Name) or bool(told.names)
        enough = heard.share >= (_NAMED if value.slot in _BOUND else _ABOUT) - _ROUNDING
        if enough and (not named or _names(asked, heard.sentence.stems)):
            yield told


def _values(asked: Asked, heard: Heard) -> Iterator[Found]:
    if asked.measure or asked.wanted == "number":
        return numbers(asked, heard.tokens)
    if asked.wanted == "time":
        return days(asked, heard)
    if asked.wanted == "yes or no":
        return outcomes(asked, heard.tokens)
    return names(asked, heard)


def _once(told: Iterable[Told]) -> Iterator[Told]:
    """The first of each report: an article with its copies, or the same sentence, is heard once."""
    known: set[tuple[str, str]] = set()
    for one in told:
        hit, slot = one.sentence.hit, one.value.slot
        same = {(slot, id) for id in (hit.article.id, *(copy.id for copy in hit.also), one.sentence.text)}
        if not known & same:
            yield one
        known |= same
