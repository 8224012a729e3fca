"""Who is said to have said it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.verification.align import Alignment
from dateline.verification.findings import Finding
from dateline.verification.names import same_name
from dateline.verification.tokens import Token

SAYING = frozenset(
    "say says said saying tell tells told add adds added explain explains explained argue argues argued "
    "announce announces announced write writes wrote warn warns warned insist insists insisted claim claims "
    "claimed note notes noted tweet tweets tweeted state states stated reply replies replied admit admits "
    "admitted suggest suggests suggested believe believes believed report reports reported ask asks asked "
    "confirm confirms confirmed deny denies denied".split()
)
_NAME_LENGTH = 3  # words beside the verb that may name the speaker
_ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "one"))

Speaker = Sequence[Token]


def check_speakers(laid: Alignment) -> Iterator[Finding]:
    """A finding for each speaker of the claim where the sentence has the words from somebody else by name."""
    theirs = list(_speakers(laid.sentence))
    named = [speaker for speaker in theirs if _is_name(speaker, laid.sentence)]
    if not named:
        return
    matched = {id(laid.claim[i]) for i, _ in laid.pairs}
    for mine in _speakers(laid.claim):
        if matched.issuperset(map(id, mine)) or not _is_name(mine, laid.claim):
            continue
        if not any(_same(mine, speaker) for speaker in theirs):
            said, claimed = (" ".join(token.word for token in one).title() for one in (named[0], mine))
            reason = f"the article has it from {said}, the claim from {claimed}"
            yield Finding("against", reason, frozenset(token.key for token in mine))


def _speakers(tokens: Sequence[Token]) -> Iterator[Speaker]:
    """The words that name who says something: before the verb, after it, or after "according to"."""
    for place, token in enumerate(tokens):
        found: Speaker = ()
        if token.word in SAYING:
            before, after = _before(tokens, place), _after(tokens, place + 1)
            found = after if token.parted and after and after[0].capital else before or after
        elif token.word == "according":
            found = _after(tokens, place + 2)
        if found:
            yield found


def _before(tokens: Sequence[Token], end: int) -> Speaker:
    start = end
    while start > max(0, end - _NAME_LENGTH) and _may_name(tokens[start - 1]):
        start -= 1
        if tokens[start].parted:
            break
    return tokens[start:end]


def _after(tokens: Sequence[Token], start: int) -> Speaker:
    end = start
    while end < min(len(tokens), start + _NAME_LENGTH) and _may_name(tokens[end]):
        if tokens[end].parted and end > start:
            break
        end += 1
    return tokens[start:end]


def _may_name(token: Token) -> bool:
    return token.kind in ("name", "word") and token.word not in SAYING


def _is_name(speaker: Speaker, sentence: Sequence[Token]) -> bool:
    """Whether a name, not a description, is given; in a text without capitals, what has no article."""
    if any(token.kind == "name" for token in sentence):
        return speaker[-1].kind == "name" or speaker[0].capital
    first = sentence.index(speaker[0])
    return first == 0 or (sentence[first - 1].word not in _ARTICLES and sentence[first - 1].kind != "number")


def _same(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers share a word."""
    return any(same_name(mine, theirs) for mine in one for theirs in other)
