"""Small words that turn a statement: left out, or put in, the rest of the sentence means something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.verification.align import Alignment, Gap
from dateline.verification.findings import Finding
from dateline.verification.tokens import Token

_CLASSES = {  # words of one row stand for each other
    "negation": """
        not no never none nobody nothing nowhere neither nor without hardly barely scarcely unable
        deny denies denied denying fail fails failed failing refuse refuses refused refusing
        decline declines declined declining lack lacks lacked lacking""",
    "intention": """
        will would shall plan plans planned planning expect expects expected expecting intend intends intended
        forecast forecasts
        hope hopes hoped hoping aim aims aimed want wants wanted due set going likely prepares preparing""",
    "possibility": "may might could can able possibly perhaps potentially maybe",
    "hearsay": """
        alleged allegedly alleges alleging reportedly claimed claims accused accuses suspected suspects
        apparently purported purportedly supposedly rumored rumoured believed thought""",
    "condition": "if unless whether",
    "rank": "former formerly ex acting interim deputy vice late fake mock",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}
_REACH = {  # how many words further on such a word still turns
    "negation": 4,
    "intention": 3,
    "possibility": 3,
    "hearsay": 6,
    "condition": 8,
    "rank": 1,
}
_PUT_IN = frozenset(  # put into a claim, these say more than the sentence
    "not no never none nobody nothing neither nor without unable denies denied refuses refused fails failed "
    "will shall may might could former vice".split()
)
_CUTS = frozenset(  # where a new clause begins: what stands before turns nothing after
    "and but or who whom whose which where when while although though because since as after before "
    "until".split()
)
_NOT_NEGATIVE = frozenset(("only", "just", "merely", "simply", "least"))  # "not only"
_SHOWN = {
    "negation": "negates",
    "intention": "speaks of what is to come",
    "possibility": "speaks of what is possible",
    "hearsay": "gives it as said, not as known",
    "condition": "makes it depend on a condition",
    "rank": "qualifies it",
}


def check_operators(laid: Alignment) -> Iterator[Finding]:
    """One finding for each turning word that one side has and the other lacks where both say the same."""
    added, left_out = list(_added(laid)), list(_dropped(laid))
    both_deny = any(name == "negation" for name, _ in added) and any(
        name == "negation" for name, _ in left_out
    )
    for name, word in added:
        if not (both_deny and name == "negation"):  # "no deal was reached", "a deal was not reached"
            yield _finding(name, f"the claim says “{word}”, the article does not")
    for name, word in left_out:
        if not (both_deny and name == "negation"):
            yield _finding(name, f"the article {_SHOWN[name]} (“{word}”), the claim does not")


def _added(laid: Alignment) -> Iterator[tuple[str, str]]:
    """Class and word of each that only the claim has."""
    for gap in laid.gaps():
        theirs = _operators(laid.sentence[gap.j : gap.j_end])
        for name, word in _operators(laid.claim[gap.i : gap.i_end]).items():
            if word in _PUT_IN and name not in theirs and not _to_come(name, laid.sentence, gap.j_end):
                yield name, word


def _dropped(laid: Alignment) -> Iterator[tuple[str, str]]:
    """Class and word of each that only the sentence has."""
    for gap in laid.gaps():
        mine = _operators(laid.claim[gap.i : gap.i_end])
        for name, word in _left_out(laid, gap).items():
            if name not in mine and not _to_come(name, laid.claim, gap.i_end):
                yield name, word


def _finding(name: str, reason: str) -> Finding:
    return Finding("against" if name == "negation" else "turned", reason)


def _operators(tokens: Iterable[Token]) -> dict[str, str]:
    """Class → word, of the turning words among the tokens; two negations are none."""
    words = [token.word for token in tokens if token.kind != "date"]  # "may", not "May 7"
    found = {name: word for word in reversed(words) if (name := _CLASS_OF.get(word))}
    if sum(_CLASS_OF.get(word) == "negation" for word in words) == 2:
        del found["negation"]
    return found


def _left_out(laid: Alignment, gap: Gap) -> dict[str, str]:
    """The turning words of the gap's sentence that reach what stands after it.

    Such a word turns what follows, in its clause. What ends with the sentence, at a comma, or where another
    clause begins, is left out whole.
    """
    sentence = laid.sentence
    if gap.j_end - gap.j == 1 and not _harmless(sentence[gap.j :]):
        alone = _operators(sentence[gap.j : gap.j_end])
        if "negation" in alone:
            return alone
    if gap.j_end == len(sentence) or sentence[gap.j_end].parted or _starts_anew(laid, gap):
        return {}
    begin = gap.j_end
    while begin > gap.j and sentence[begin - 1].word not in _CUTS:
        begin -= 1
        if sentence[begin].parted:
            break
    return _operators(
        sentence[place] for place in range(begin, gap.j_end) if _reaches(sentence, place, gap.j_end)
    )


def _reaches(sentence: Sequence[Token], place: int, end: int) -> bool:
    reach = _REACH.get(_CLASS_OF.get(sentence[place].word, ""), 0)
    return end - place <= reach and not _harmless(sentence[place:end])


def _starts_anew(laid: Alignment, gap: Gap) -> bool:
    """Whether a sentence begins after the gap, its full stop missing: "Weather report It will rain"."""
    first = laid.sentence[gap.j_end]
    return gap.i == gap.i_end == 0 and first.capital and first.kind == "function"


def _to_come(name: str, tokens: Sequence[Token], end: int) -> bool:
    """Whether "to" says in the tokens before `end` what a word of intention says elsewhere."""
    return name == "intention" and end > 0 and tokens[end - 1].word == "to"


def _harmless(tokens: Sequence[Token]) -> bool:
    """Whether the first of the tokens negates nothing: "not only", "No. 10"."""
    if len(tokens) < 2 or tokens[0].word not in ("not", "no"):
        return False
    return tokens[1].word in _NOT_NEGATIVE or (tokens[0].word == "no" and tokens[1].kind == "number")
