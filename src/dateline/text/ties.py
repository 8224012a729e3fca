"""Who does what to whom: the ties between the words of a sentence, however it puts them.

"The court fined the firm", "the firm was fined by the court", "the court, which fined the firm" and "the firm
fined by the court" have the same two ties: court is the agent of fined, firm its patient.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.text.parsed import Parsed

Role = Literal["agent", "patient", "other"]

_RELATIVE = ("WDT", "WP", "WP$")
_DESCRIBES = frozenset(
    "amod compound nummod quantmod poss nmod advmod npadvmod acomp oprd dative ccomp xcomp dep predet".split()
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, slots=True)
class Tie:
    """What stands at `of` is in that role of what stands at `head`.

    What something is said to be ("X is the mayor", "X, the mayor") has it as its agent.
    """

    head: int
    role: Role
    of: int
    slot: str = ""  # of the role "other": the preposition, or the dependency


def ties(parsed: Parsed) -> tuple[Tie, ...]:
    """The ties of a sentence; a relative pronoun is replaced by what it stands for."""
    tree = _Tree(parsed)
    found = dict.fromkeys(tie for place in range(len(parsed.words)) for tie in tree.ties_of(place))
    return tuple(tie for tie in found if tie.head != tie.of)


class _Tree:
    """A sentence, to be walked down as well as up."""

    def __init__(self, parsed: Parsed) -> None:
        self.words = parsed.words
        self.under: list[list[int]] = [[] for _ in parsed.words]
        for place, word in enumerate(parsed.words):
            if word.head != place:
                self.under[word.head].append(place)

    def ties_of(self, place: int) -> Iterator[Tie]:
        """Those that tell how this word hangs, and what is understood with it."""
        word = self.words[place]
        if word.dep in _SUBJECTS:
            yield from self._subject(place, word.head, passive=word.dep == "nsubjpass")
        elif word.dep == "dobj":
            yield from self._all(word.head, "patient", place)
        elif word.dep in ("pobj", "pcomp"):
            yield from self._after_preposition(place)
        elif word.dep == "appos":
            yield Tie(place, "agent", word.head)
        elif word.dep in ("acl", "relcl"):
            yield from self._clause_of_noun(place)
        elif word.dep == "attr":
            if not self._subjects(word.head):
                yield Tie(self._real(word.head), "other", place, word.dep)
        elif word.dep in _DESCRIBES:
            yield Tie(self._real(word.head), "other", place, word.dep)

    def _subject(self, place: int, verb: int, *, passive: bool) -> Iterator[Tie]:
        role: Role = "patient" if passive else "agent"
        for what in self._predicates(verb):
            yield from self._all(what, role, place)
        for other in self.under[verb]:
            dep = self.words[other].dep
            if dep in ("conj", "xcomp", "advcl") and not self._subjects(other):
                objects = [one for one in self.under[verb] if self.words[one].dep == "dobj"]
                if dep == "xcomp" and objects:  # "ordered the man to leave"
                    yield from self._subject(objects[0], other, passive=self._is_passive(other))
                elif self.words[other].pos in ("VERB", "AUX"):
                    yield from self._subject(place, other, passive=self._is_passive(other))

    def _predicates(self, verb: int) -> list[int]:
        """The verb; of "to be", what somebody is said to be."""
        if self.words[verb].lemma != "be":
            return [verb]
        said = [one for one in self.under[verb] if self.words[one].dep in ("attr", "acomp")]
        for one in self.under[verb]:
            if not said and self.words[one].dep == "prep":
                said += [below for below in self.under[one] if self.words[below].dep == "pobj"]
        return said or [verb]

    def _after_preposition(self, place: int) -> Iterator[Tie]:
        preposition = self.words[place].head
        base = preposition
        while self.words[base].pos in ("ADP", "SCONJ") and self.words[base].head != base:
            base = self.words[base].head
        role: Role = "agent" if self.words[preposition].dep == "agent" else "other"
        slot = "" if role == "agent" else self.words[preposition].lemma.casefold()
        yield from self._all(self._real(base), role, place, slot)
        if slot == "as":  # "works as a vet"
            for subject in self._subjects(base):
                yield Tie(place, "agent", self._stands_for(subject))
        if self.words[place].dep == "pcomp" and self.words[place].pos == "VERB":  # "accused of taking"
            for subject in self._subjects(base):
                yield Tie(place, "agent", self._stands_for(subject))

    def _clause_of_noun(self, verb: int) -> Iterator[Tie]:
        """A relative clause without a pronoun, or a participle: the noun is in one of its roles."""
        noun = self.words[verb].head
        if any(self._stands_for(one) == noun for one in self.under[verb]):
            return
        if self.words[verb].dep == "relcl" and self._subjects(verb):
            yield Tie(verb, "patient", noun)
        elif self.words[verb].dep == "acl":
            tag = self.words[verb].tag
            yield Tie(verb, "patient" if tag == "VBN" else "agent" if tag == "VBG" else "other", noun, "")

    def _all(self, head: int, role: Role, place: int, slot: str = "") -> Iterator[Tie]:
        """The tie, and one for each that is named beside it with "and"."""
        yield Tie(head, role, self._stands_for(place), slot)
        for one in self.under[place]:
            if self.words[one].dep == "conj" and self.words[one].pos in ("NOUN", "PROPN", "NUM"):
                yield from self._all(head, role, one, slot)

    def _stands_for(self, place: int) -> int:
        """What a relative pronoun stands for; any other word for itself."""
        if self.words[place].tag not in _RELATIVE:
            return place
        above = place
        while self.words[above].dep != "relcl":
            if self.words[above].head == above:
                return place
            above = self.words[above].head
        return self.words[above].head

    def _real(self, place: int) -> int:
        """What the word is about: of "to be", its subject."""
        if self.words[place].lemma == "be" and (subjects := self._subjects(place)):
            return self._stands_for(subjects[0])
        return place

    def _subjects(self, verb: int) -> list[int]:
        return [one for one in self.under[verb] if self.words[one].dep in _SUBJECTS]

    def _is_passive(self, verb: int) -> bool:
        return any(self.words[one].dep == "auxpass" for one in self.under[verb])
