"""Whether a sentence asserts what a question asks about, denies it, or only speaks of it.

"They demanded that he resign", "rumours that he took bribes", "talks about a merger" speak of it. How a word
is put is told by what governs it in the parse, not by the words around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from dateline.answer.otherwise import alike
from dateline.index.words import terms
from dateline.text import Parsed, Parser, Reality, Standing, speaks_of, standing, ties

Assertion = Literal["asserted", "denied", "open"]

_COPULAS = frozenset(("be", "become", "remain", "stay"))
_SAID_OF = frozenset(("attr", "acomp", "appos", "oprd"))  # what somebody is said to be
_STOPPING = frozenset(
    "block stop reject cancel halt scrap prevent abandon drop withdraw veto suspend avert foil thwart deny "
    "oppose forbid ban refuse".split()
)
_LEAST_ROOT = 4  # letters of a verb that a noun made of it begins with: "merge", "merger"
_VERBS = ("VERB", "AUX")
_SUBJECTS = ("nsubj", "nsubjpass")
_PRONOUNS = ("PRP", "WP", "WDT", "PRP$")


def assertion(parser: Parser, question: str, sentences: Sequence[str]) -> Assertion | None:
    """How the sentences put what the question asks about; None where none of them has its predicate.

    One that denies it counts before one that asserts it, and that before those that leave it open.
    """
    asked, *told = parser.parse([question, *sentences], names=False)
    place = _predicate(asked)
    if place is None:
        return None
    found = {one for sentence in told for one in _in_sentence(asked, place, sentence)}
    return next((one for one in ("denied", "asserted", "open") if one in found), None)


def _predicate(asked: Parsed) -> int | None:
    """The place of the word that says what is asked: the verb, or what stands behind "is"."""
    if not asked.roots:
        return None
    root = asked.roots[0]
    if asked.words[root].lemma not in _COPULAS | {"do"}:
        return root
    below = [one for one in asked.children(root) if asked.words[one].dep in (*_SAID_OF, "ccomp", "xcomp")]
    if below:
        return below[0]
    nouns = [n for n, word in enumerate(asked.words) if word.pos in ("NOUN", "ADJ", "VERB") and n != root]
    return nouns[-1] if nouns else None


def _in_sentence(asked: Parsed, place: int, sentence: Parsed) -> Iterator[Assertion]:
    wanted = _stems(asked.words[place].text) | _stems(asked.words[place].lemma)
    others = frozenset[str]().union(*(alike(one) for one in wanted))
    exact = [n for n, word in enumerate(sentence.words) if wanted & (_stems(word.text) | _stems(word.lemma))]
    if asked.words[place].pos in _VERBS:
        root = asked.words[place].lemma.rstrip("e")
        exact += [
            n
            for n, word in enumerate(sentence.words)
            if word.pos == "NOUN"
            and len(root) >= _LEAST_ROOT
            and word.lemma.startswith(root)
            and n not in exact
        ]
    for n in exact or [n for n, word in enumerate(sentence.words) if others & _stems(word.text)]:
        yield _put(asked, place, sentence, n)


def _put(asked: Parsed, place: int, sentence: Parsed, n: int) -> Assertion:
    word, verb = sentence.words[n], asked.words[place].pos in _VERBS
    if word.pos not in _VERBS and word.dep not in _SAID_OF:
        return "denied" if verb and _is_stopped(sentence, n) else "open"
    if verb and word.pos not in _VERBS and word.pos != "ADJ":
        return "open"
    if speaks_of(sentence, n):
        return "open"
    put, own = standing(sentence, n), standing(asked, place)
    if put.reality != "told" and put.reality != own.reality:
        return "open"
    if verb and not _same_roles(asked, place, sentence, n):
        return "open"
    return "denied" if put.negated != own.negated else "asserted"


def _is_stopped(sentence: Parsed, n: int) -> bool:
    """Whether a noun is what somebody stopped: "the merger was blocked"."""
    word = sentence.words[n]
    head = sentence.words[word.head]
    return word.dep in ("dobj", "nsubjpass") and head.lemma in _STOPPING and not _negated(sentence, word.head)


def _negated(sentence: Parsed, n: int) -> bool:
    put: Standing = standing(sentence, n)
    reality: Reality = put.reality
    return put.negated or reality != "told"


def _same_roles(asked: Parsed, place: int, sentence: Parsed, n: int) -> bool:
    """Whether who does it, and whom it is done to, can be the same: no other name stands in the role."""
    for role in ("agent", "patient"):
        mine = [one.of for one in ties(asked) if one.head == place and one.role == role]
        theirs = [one.of for one in ties(sentence) if one.head == n and one.role == role]
        named = [one for one in mine if asked.words[one].pos == "PROPN"]
        if not named or not theirs:
            continue
        if any(sentence.words[one].tag in _PRONOUNS for one in theirs):
            continue
        words = {stem for one in mine for stem in _subtree(asked, one)}
        if not any(words & _subtree(sentence, one) for one in theirs):
            return False
    return True


def _subtree(parsed: Parsed, place: int) -> set[str]:
    return {stem for one in parsed.subtree(place) for stem in _stems(parsed.words[one].text)}


def _stems(word: str) -> frozenset[str]:
    return frozenset(terms(word))
