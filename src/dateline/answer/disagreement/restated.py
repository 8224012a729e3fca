"""A sentence that says the question again with its answer, and what others have in the answer's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dateline.answer.disagreement.asked import Asked
from dateline.answer.disagreement.dated import stretch
from dateline.answer.disagreement.named import denied
from dateline.answer.disagreement.numbers import alone, bounding, partial, supposing
from dateline.answer.disagreement.told import Found, Heard, Told, owning, runs, spans, telling
from dateline.answer.disagreement.values import Days, Name, Number, Value
from dateline.search.question import Wanted

_RESTATES = 0.9  # of the question's weight, in a sentence that says it again
_BESIDE = 1  # content words that such a sentence has beside the question and the answer
_KINDS: Mapping[Wanted, tuple[type[Value], ...]] = {
    "number": (Number,),
    "time": (Days,),
    "person": (Name,),
    "place": (Name,),
    "anything": (Number, Name),
}


def restated(asked: Asked, near: Sequence[Heard]) -> Iterator[Told]:
    """What each sentence has that the question has not, where it is one thing of one kind.

    Nothing, unless one of them says little else: that one shows what kind of thing answers the question.
    """
    facts = [(heard, _facts(asked, heard)) for heard in near if _plain(asked, heard)]
    single = [(heard, held[0]) for heard, held in facts if len(held) == 1]
    slots = {found[0].slot for heard, found in single if _restates(asked, heard, found)}
    for heard, found in single:
        if found[0].slot in slots:
            yield telling(heard, *found, asked.keys)


def _plain(asked: Asked, heard: Heard) -> bool:
    """Whether the sentence says as a fact that what is asked of is so."""
    acts = not asked.action or any(token.key in asked.action for token in heard.tokens)
    return acts and not supposing(heard.tokens)


def _restates(asked: Asked, heard: Heard, found: Found) -> bool:
    _, (start, end) = found
    beside = [
        token
        for token in heard.tokens
        if token.content and token.key not in asked.keys and not start <= token.start < end
    ]
    return heard.share >= _RESTATES and len(beside) <= _BESIDE


def _facts(asked: Asked, heard: Heard) -> list[Found]:
    """The numbers, days and names of the sentence that are not in the question, of the kind it asks for."""
    kinds = _KINDS.get(asked.wanted, ())
    return [
        found for each in (_numbers, _days, _names) for found in each(asked, heard) if type(found[0]) in kinds
    ]


def _numbers(asked: Asked, heard: Heard) -> Iterator[Found]:
    for place, token in enumerate(heard.tokens):
        if token.kind == "number" and token.quantity and token.key not in asked.keys:
            bounded = tuple(heard.tokens[max(0, place - 3) : place + 1])
            begin = heard.tokens[place - bounding(heard.tokens, place)].start
            if alone(asked, heard.tokens, place) and not partial(heard.tokens, place):
                yield Number(f"filled {token.quantity.unit}", bounded), (begin, token.end)


def _days(asked: Asked, heard: Heard) -> Iterator[Found]:
    for span in spans(heard.sentence):
        if found := stretch(asked, heard.sentence, span):
            yield found


def _names(asked: Asked, heard: Heard) -> Iterator[Found]:
    for run in runs(heard.tokens):
        new = tuple(token for token in run if token.key not in asked.keys)
        whole = not owning(run[-1]) and not any(one.initials or len(one.word) == 1 for one in run)
        if new and whole and run[0].kind == "name" and not denied(heard.tokens, heard.tokens.index(run[0])):
            yield Name("filled", new), (new[0].start, new[-1].end)
