"""Words that say the contrary of each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dateline.verification.align import Alignment
from dateline.verification.findings import Finding, contradiction
from dateline.verification.tokens import Token, stem

_PAIRS = (  # left says the contrary of right
    "rise raise lift boost climb soar surge gain grow increase up higher / "
    "fall drop decline sink plunge slip shrink decrease cut reduce slash down lower lose",
    "win victory / lose loss defeat",
    "more most above exceed / less least fewer below",
    "before earlier prior / after later following",
    "first / last",
    "buy purchase / sell sale",
    "open reopen / close shut",
    "accept agree approve back support endorse confirm praise welcome / "
    "reject refuse disapprove oppose deny condemn criticize criticise",
    "allow permit legalize / ban prohibit forbid bar block",
    "begin start launch / end finish stop halt cease",
    "arrive enter / leave depart exit quit",
    "strengthen improve / weaken worsen",
    "all every everyone always / none never nobody few some",
    "alive survive / dead die kill",
    "guilty convict / innocent acquit",
    "high highest / low lowest",
    "best better / worst worse",
    "east eastern / west western",
    "north northern / south southern",
    "true / false",
    "man boy male father son brother husband he / woman girl female mother daughter sister wife she",
    "young younger youngest / old older oldest",
    "release free / arrest detain jail imprison",
    "hire appoint / fire dismiss sack",
    "success succeed / failure fail",
    "many majority / few minority",
    "for / against",
    "with / without",
    "little / much",
    "create establish / cut scrap abolish eliminate",
    "long longer longest / short shorter shortest",
    "early earlier / late later",
    "big bigger large larger great / small smaller little",
    "strong stronger / weak weaker",
    "rich / poor",
    "hot warm / cold cool",
    "fast faster quick / slow slower",
    "cheap / expensive costly dear",
    "admit confess acknowledge / deny",
    "add include / remove exclude omit",
    "import / export",
    "borrow / lend",
    "create build / destroy demolish",
    "continue resume / stop halt suspend",
    "allow permit let / stop prevent",
    "join / leave quit",
    "keep retain / drop lose abandon",
    "present introduce propose / withdraw scrap",
    "attack / defend",
    "ally friend / enemy foe rival",
    "public / private",
    "domestic local / foreign",
    "success triumph / disaster",
    "love / hate",
    "remember / forget",
    "full / empty",
    "safe / dangerous unsafe",
    "peace / war",
    "morning / evening night",
    "summer / winter",
    "inside / outside",
    "top / bottom",
    "profit / loss",
    "optimistic / pessimistic",
    "urban city / rural countryside",
    "conviction / acquittal",
    "widen expand extend / narrow shorten",
    "tighten / loosen ease relax",
    "encourage / discourage",
)  # fmt: skip
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_BOUNDS = frozenset(("more", "less", "fewer", "most", "least"))  # before a number: see bounds.py


def check_opposites(laid: Alignment) -> Iterator[Finding]:
    """A finding for each word of the claim that the sentence has not, but its opposite.

    A small word's opposite counts only in its place, that of a verb, noun or adjective anywhere.
    """
    matched = {j for _, j in laid.pairs}
    free = [token for j, token in enumerate(laid.sentence) if j not in matched and token.kind == "word"]
    for gap in laid.gaps():
        there = laid.sentence[gap.j : gap.j_end]
        for place in range(gap.i, gap.i_end):
            mine = laid.claim[place]
            if mine.word in _BOUNDS and any(t.kind == "number" for t in laid.claim[place + 1 : place + 3]):
                continue
            others: list[Token] = [*there, *free] if mine.kind == "word" else [*there]
            if theirs := next((other for other in others if opposite(mine.word, other.word)), None):
                yield contradiction(f"“{theirs.word}”", f"“{mine.word}”", [mine])


def opposite(one: str, other: str) -> bool:
    """Whether two words, in lower case, say the contrary: by the table, or by a prefix ("unlikely")."""
    if _prefixed(one, other) or _prefixed(other, one):
        return True
    contrary = _table()
    return stem(other) in contrary.get(stem(one), frozenset())


def _prefixed(longer: str, shorter: str) -> bool:
    return len(shorter) > 3 and any(longer == prefix + shorter for prefix in _PREFIXES)


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for row in _PAIRS:
        left, right = (frozenset(stem(word) for word in side.split()) for side in row.split(" / "))
        for these, those in ((left, right), (right, left)):
            for word in these:
                table[word] = table.get(word, frozenset()) | (those - these)
    return table
