"""How a sentence puts what it says: as a fact, denied, planned, possible, conditional, somebody's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.text.parsed import Parsed

Reality = Literal["told", "to come", "possible", "wanted", "conditional", "doubted"]

_NEGATIVES = frozenset("no not never neither nobody none nothing nowhere hardly barely scarcely n't".split())
_DENYING = frozenset("deny refuse fail decline reject refute dispute prevent avoid stop lack".split())
_WANTING = frozenset(
    "want plan intend hope aim wish demand ask urge order propose threaten promise pledge vow try seek "
    "attempt offer agree go recommend advise request prepare consider call need require expect "
    "schedule".split()
)
_DOUBTING = frozenset(
    "claim allege accuse suspect believe think rumour rumor speculate fear charge suppose assume suggest "
    "estimate predict".split()
)
_SAYING = frozenset(
    "say tell add announce state report explain write warn note insist argue admit confirm declare".split()
)


def _all(words: str, reality: Reality) -> dict[str, Reality]:
    return dict.fromkeys(words.split(), reality)


_NOUNS = _all(
    "plan proposal demand request threat promise offer attempt bid hope wish call intention talk negotiation "
    "discussion effort push",
    "wanted",
)
_NOUNS |= _all("rumour rumor claim allegation accusation suspicion charge fear speculation", "doubted")
_ADVERBS = _all("allegedly reportedly apparently purportedly supposedly", "doubted")
_ADVERBS |= _all("possibly perhaps maybe potentially probably likely", "possible")
_ADJECTIVES = _all("able likely unlikely", "possible") | _all("set due ready", "to come")
_ADJECTIVES |= _all("willing eager keen", "wanted")
_MODALS = _all("will 'll wo shall would", "to come") | _all("may might could can ca", "possible")
_MODALS |= _all("should must ought", "wanted")
_CONDITIONS = frozenset(("if", "unless", "whether"))
_COMPLEMENTS = frozenset(("ccomp", "xcomp", "acl", "pcomp", "conj", "csubj"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one predicate stands in its sentence. `by` is the place of who says it, where it is told so."""

    negated: bool
    reality: Reality
    by: int | None = None


def standing(parsed: Parsed, place: int) -> Standing:
    """How what the word at that place says is put: by its own small words and by all that governs it."""
    words = parsed.words
    verb = words[place].head if words[place].dep in ("attr", "acomp") else place
    negated, reality, by = _of_clause(parsed, verb)
    while words[verb].dep in _COMPLEMENTS:
        governor, dep = words[verb].head, words[verb].dep
        if dep == "conj":  # "will come and see": the second verb shares the first one's "will", not its "not"
            _, above, _ = _of_clause(parsed, governor)
            if reality == "told" and not _has_auxiliary(parsed, verb):
                reality = above
        else:
            if dep == "pcomp":
                if words[governor].lemma == "without":
                    negated = not negated
                governor = words[governor].head
            lemma = words[governor].lemma.casefold()
            infinitive = any(words[one].tag == "TO" for one in parsed.children(verb))
            if lemma in _DENYING:
                negated = not negated
            elif words[governor].pos == "NOUN" and lemma in _NOUNS and dep == "acl":
                reality = _NOUNS[lemma]
            elif lemma in _ADJECTIVES and reality == "told":
                reality = _ADJECTIVES[lemma]
            elif lemma == "be" and infinitive and reality == "told":
                reality = "to come"  # "the treaty was to be signed"
            elif lemma in _WANTING and (infinitive or dep == "ccomp"):
                reality = "wanted" if reality == "told" else reality
            elif lemma in _DOUBTING:
                reality, by = "doubted", _subject(parsed, governor)
            elif lemma in _SAYING and by is None:
                by = _subject(parsed, governor)
            if dep in ("ccomp", "xcomp") and lemma not in _SAYING | _DOUBTING:
                above_negated, above, _ = _of_clause(parsed, governor)
                negated = negated != above_negated
                if reality == "told":
                    reality = above
        if governor == verb:
            break
        verb = governor
    return Standing(negated, reality, by)


def speaks_of(parsed: Parsed, place: int) -> bool:
    """Whether a noun such as "rumours", "plan" or "claim" opens the clause of that word: "rumours THAT ...".

    It is looked for in the order of the words: parsers often lose such a clause when another verb follows.
    """
    for one in range(place - 1, 0, -1):
        if parsed.words[one].dep == "punct" and parsed.words[one].text in ",;:":
            return False
        if parsed.words[one].text.casefold() == "that":
            before = parsed.words[one - 1]
            return before.pos == "NOUN" and before.lemma.casefold() in _NOUNS
    return False


def _of_clause(parsed: Parsed, verb: int) -> tuple[bool, Reality, int | None]:
    """What the words right under the verb, and the "no" before its subject or object, tell."""
    words = parsed.words
    negations = 0
    reality: Reality = "told"
    by: int | None = None
    for one in parsed.children(verb):
        word, lower = words[one], words[one].text.casefold()
        if word.dep == "neg" or (word.dep == "advmod" and lower in _NEGATIVES):
            negations += 1
        elif word.dep in ("nsubj", "nsubjpass", "dobj", "attr"):
            below = [words[under].text.casefold() for under in parsed.children(one)]
            negations += lower in _NEGATIVES or "no" in below[:1] or "none" in below[:1]
        elif word.dep == "aux" and lower in _MODALS:
            reality = _MODALS[lower]
        elif word.dep == "advmod" and lower in _ADVERBS:
            reality = _ADVERBS[lower]
        elif word.dep == "mark" and lower in _CONDITIONS:
            reality = "conditional"
        elif word.dep == "prep" and word.lemma.casefold() in ("accord", "according"):
            by = next((u for p in parsed.children(one) for u in parsed.children(p)), None)
    return negations % 2 == 1, reality, by


def _has_auxiliary(parsed: Parsed, verb: int) -> bool:
    return any(parsed.words[one].dep in ("aux", "nsubj", "nsubjpass") for one in parsed.children(verb))


def _subject(parsed: Parsed, verb: int) -> int | None:
    return next((one for one in parsed.children(verb) if parsed.words[one].dep == "nsubj"), None)
