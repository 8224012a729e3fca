"""Words that tell of the same event: what one report calls a death, another calls killed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache

from dateline.index.words import terms
from dateline.search import Question, Sentence

_ROWS = (
    "kill died die dead death fatality lives",
    "injure wound hurt",
    "begin start open launch",
    "end finish close conclude",
    "win won beat defeat victory champion winner",
    "lose lost defeat loss margin",
    "meet met meeting summit",
    "buy bought acquire acquisition purchase takeover",
    "sack fire oust dismiss remove",
    "resign resignation quit",
    "sue lawsuit suit",
    "arrest detain custody",
    "allow permit approve clear",
    "ban prohibit forbid",
    "rescue save",
    "crash accident",
    "deliberate deliberately purpose intentional intentionally",
    "pay cost price spend",
    "build built construct rebuild restore",
    "choose chosen appoint elect",
    "agree agreement deal accord",
    "marry married wed wife husband",
    "cut layoff reduce",
)
_SHARE = 0.7  # of a word's weight, to another for the same
_AGAIN = "re"


def weights_of(question: Question, ranked: Sequence[Sentence]) -> dict[str, float]:
    """What each content word of the question weighs, together 1; what no sentence holds shares the rest."""
    known = {term: weight for one in ranked for term, weight in one.holds.items()}
    unknown = [term for term in question.terms if term not in known]
    rest = max(0.0, 1.0 - sum(known.values())) / max(1, len(unknown))
    return {**dict.fromkeys(unknown, rest), **known}


def in_any_words(weights: Mapping[str, float], stems: Set[str]) -> dict[str, float]:
    """Stem → its weight, of the stems that are weighted, and a little less of those that say the same."""
    found = {stem: weight for stem, weight in weights.items() if stem in stems}
    for term, weight in weights.items():
        if term in found:
            continue
        for other in alike(term) & stems:
            found[other] = max(found.get(other, 0.0), _SHARE * weight)
    return found


@cache
def alike(term: str) -> frozenset[str]:
    """Stems of the words that tell of what a stem tells, and not that stem."""
    bare = {term.removeprefix(_AGAIN), _AGAIN + term} if len(term) > 5 else {_AGAIN + term}
    return (_table().get(term, frozenset()) | bare) - {term}


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in _ROWS:
        stems = frozenset(terms(row))
        for stem in stems:
            table[stem] = table.get(stem, frozenset()) | stems
    return table
