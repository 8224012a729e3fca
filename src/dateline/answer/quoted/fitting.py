"""Whether a short answer is of the kind that is asked for, in the part that is asked for: by the parser."""

from __future__ import annotations

from dateline.answer.otherwise import alike
from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.search import Sentence
from dateline.search.asked import Asked, Kind
from dateline.text import Entity, Parsed, Parser, ties

CHECKED: frozenset[Kind] = frozenset(("person", "place"))
_NEITHER = frozenset("DATE TIME LAW LANGUAGE MONEY PERCENT QUANTITY CARDINAL ORDINAL".split())
_NEVER: dict[Kind, frozenset[str]] = {  # labels of OntoNotes that things of the kind do not have
    "person": _NEITHER | {"GPE", "LOC", "FAC", "EVENT"},
    "place": _NEITHER | {"PERSON", "NORP"},
}


def fits(parser: Parser, asked: Asked, sentence: Sentence, span: Span) -> bool:
    """False where the parser takes the string for another kind of thing, or for another's part in the deed.

    "Who opened it?" asks for who is the agent of "opened": not for whom or what it was opened.
    """
    text = sentence.hit.article.text[sentence.start : sentence.end]
    start, end = span[0] - sentence.start, span[1] - sentence.start
    if start < 0:
        return True  # in the sentence that it leans on
    [parsed] = parser.parse([text])
    inside = {n for n, word in enumerate(parsed.words) if word.start < end and start < word.end}
    label = _label(parsed, inside)
    agent = _is_agent(parsed, inside, asked.does) if asked.does else None
    if agent is None:
        return label not in _NEVER[asked.kind]
    return agent and label not in _NEITHER  # a country wins a cup


def _label(parsed: Parsed, inside: set[int]) -> str | None:
    """Of the entity that has most of the string; None where none has."""

    def shared(one: Entity) -> int:
        return len(inside & {*range(one.first, one.last)})

    best = max(parsed.entities, key=shared, default=None)
    return best.label if best and shared(best) else None


def _is_agent(parsed: Parsed, inside: set[int], does: str) -> bool | None:
    """Whether it does what is asked; None where the sentence says of nobody that they do it."""
    verbs = {does} | alike(does)
    places = [
        n
        for n, word in enumerate(parsed.words)
        if word.pos == "VERB" and not verbs.isdisjoint(terms(f"{word.text} {word.lemma}"))
    ]
    found = [one for one in ties(parsed) if one.head in places]
    agents = [one.of for one in found if one.role == "agent"]
    if any(_has(parsed, one, inside) for one in agents):
        return True
    other = any(_has(parsed, one.of, inside) for one in found)  # it is done to them, or for them
    return False if agents or other else None


def _has(parsed: Parsed, place: int, inside: set[int]) -> bool:
    return not inside.isdisjoint(parsed.subtree(place))
