"""What a question wants, as the words that a sentence must bind its value to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from dateline.search import Question
from dateline.search.question import Wanted
from dateline.verification.irregular import BASE
from dateline.verification.tokens import Token, stem, tokens

_ASKING = frozenset("what which who whom whose when where how".split())
_MEASURES = frozenset("many much long far old tall high big large often fast deep".split())
_AUXILIARIES = frozenset(
    "is are was were be been do does did has have had can could will would shall should may might".split()
)
_PREPOSITIONS = frozenset("in on at for to from by with after before during".split())
_LINKS = frozenset(("is", "are", "was", "were"))
_TIMES = "year month day date time week decade"
_FIGURES = "toll number percentage percent share price cost amount age rate"
_PLURAL = re.compile(r"\b(?:what|which|who) (?:are|were)\b|\bwhich of\b|\bnot\b|\bexcept\b", re.IGNORECASE)
_ALIKE = ("kill die dead death fatality", "injure wound hurt", "begin start", "end finish")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's content keys and what they are in it.

    `head`: the thing counted or named. `action`: what it does or undergoes, in any of its words; empty where
    none is seen. `events`: all that is said of it. `years` stand there in digits. `single` is False where
    several answers are right; `ahead`: whether it asks of the future, None where it does not say.
    """

    question: Question
    wanted: Wanted
    keys: frozenset[str]
    head: frozenset[str]
    action: frozenset[str]
    events: frozenset[str]
    years: frozenset[str]
    measure: str
    single: bool
    of_object: bool  # it asks whom something was done to
    of_kind: bool  # "which county", not "what is the county"
    ahead: bool | None

    def weight(self, stems: Set[str], weights: Mapping[str, float]) -> float:
        """The share of the question that the stems say, in its words or in others for its action.

        What it counts or measures ("how many people", "what percentage") is told by the number itself.
        """
        measures = keys_of(" ".join(_MEASURES))
        counted = self.head if self.measure == "many" else self.head & keys_of(_FIGURES)
        unsaid = {term for term in self.question.terms if term in measures or term in counted}
        unknown = [term for term in self.question.terms if term not in weights]
        left = max(0.0, 1.0 - sum(weights.values())) / max(1, len(unknown))
        whole = {**dict.fromkeys(unknown, left), **weights}
        said = stems | self.action if stems & self.action else stems
        told = sum(weight for term, weight in whole.items() if term in said - unsaid)
        return told / (sum(weight for term, weight in whole.items() if term not in unsaid) or 1.0)


def read(question: Question) -> Asked:
    """The question, read for the frame that it gives."""
    held = tokens(question.text)
    keys = frozenset(
        token.key
        for token in held
        if token.content and question.content(token.word) and token.word not in _MEASURES
    )
    place = next((n for n, token in enumerate(held) if token.word in _ASKING), len(held))
    asking, after = (held[place].word if place < len(held) else ""), held[place + 1 :]
    measure = after[0].word if after and after[0].word in _MEASURES else ""
    after = after[bool(measure) :]
    free = (measure and measure != "many") or (
        asking in ("when", "where", "who", "whom", "whose") and not (asking == "who" and _linked(after))
    )
    run, rest = ((), after) if free else _head(after)
    head = frozenset(token.key for token in run) & keys
    names = frozenset(token.key for token in held if token.kind == "name") & keys
    action = _action(rest)
    first = after[0].word if after else ""
    return Asked(
        question=question,
        wanted=_wanted(question, head, asking),
        keys=keys,
        head=head,
        action=action,
        events=action | (keys - head - names or keys - head),
        years=frozenset(token.word for token in held if token.key.startswith("year ")),
        measure=measure,
        single=_PLURAL.search(question.text) is None,
        of_object=bool(rest) and rest[0].word in ("do", "does", "did"),
        of_kind=asking in ("what", "which") and first not in _LINKS,
        ahead=True if first == "will" else False if first in ("was", "were", "did") else None,
    )


def _linked(after: Sequence[Token]) -> bool:
    """ "who is the president": not "who is winning"."""
    return len(after) > 1 and after[0].word in _LINKS and after[1].word in ("the", "a", "an")


def _wanted(question: Question, head: Collection[str], asking: str) -> Wanted:
    """The kind that the question begins with: "What comes ... when you cry?" asks for no time."""
    if "yes or no" in question.wanted:
        return "yes or no"
    if keys_of(_FIGURES).intersection(head):
        return "number"
    of_kind = asking in ("what", "which")
    if of_kind and question.wanted[0] == "time" and not keys_of(_TIMES).intersection(head):
        return "anything"
    return question.wanted[0]


def _head(after: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """The words that name the kind of thing asked for, and what follows them.

    "county | is ...", "people | died", and after "is the": "capital | of Australia".
    """
    begin = 0
    if after and after[0].word in _LINKS:
        begin = next((n for n, token in enumerate(after) if n and token.content), len(after))
    end = begin
    while end < len(after) and after[end].content and after[end].word not in _AUXILIARIES:
        end += 1
    if not begin and end - begin > 1 and (end == len(after) or after[end].word not in _AUXILIARIES):
        end -= 1  # the last is the verb
    return after[begin:end], after[end:]


def _action(rest: Sequence[Token]) -> frozenset[str]:
    """The verb after what is asked for, with those that say the same: "were | killed | in ...".

    After "did" or "will" it is the last word before a preposition: "did the economy | add | in January".
    """
    words = [token for token in rest if token.kind == "word" and token.word not in _AUXILIARIES]
    verbs = [token for token in words if token.word.endswith("ed") or token.word in BASE]
    if not verbs and rest and rest[0].word in ("do", "does", "did", "will"):
        end = next((n for n, token in enumerate(rest) if token.word in _PREPOSITIONS), len(rest))
        verbs = [token for token in rest[:end] if token in words][-1:]
    if not verbs:
        return frozenset()
    return next((row for row in map(keys_of, _ALIKE) if verbs[0].key in row), frozenset((verbs[0].key,)))


@cache
def keys_of(words: str) -> frozenset[str]:
    """The keys of words in a row."""
    return frozenset(map(stem, words.split()))
