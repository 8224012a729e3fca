"""A follow-up question, made to stand alone by rule."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from dateline.answer.conversation.exchange import exchanged, reopened, time_of, without_times
from dateline.answer.conversation.names import AUXILIARIES, names
from dateline.answer.conversation.references import Past, resolved
from dateline.answer.decline import NOT_OUTRIGHT, NOTHING
from dateline.patterns import lazy
from dateline.search import Question, understand
from dateline.search.question import content_terms
from dateline.types import Turn

TURNS = 4  # of the conversation, the latest: what was said before is out of mind
_WORDS = 60  # of an earlier question, the last; what is longer than that stands alone
_LONGEST = 600  # characters of these words
_HEARD = 2_000  # characters of an answer, the first: whom it names later, nobody means by "he"
_WHAT_ABOUT = "What about"
_FEW = 3  # content words; a question with fewer and no name is about what was asked before

_LEAD = lazy(r"^(?:(?:and|but|so|or|ok|okay|well|also|then|thanks|yes|no)\b[,.!]?\s+)+", re.IGNORECASE)
_ABOUT = lazy(
    r"^(?:(?:what|how) about|what of|(?:the )?same (?:for|with)"
    r"|(?:i|we) (?:mean|meant|(?:was|am|were|are) asking about)(?: just| only)?)\s+",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:in|at|on|by|from|to|with|for|since|until|of|about|during)"
_NOUN = r"(?!(?:is|are|was|were|did|does|do|happened)\b)\w+(?: (?!there\b|then\b|exactly\b|else\b)\w+)?"
_TIMES = r"(?:time|day|date|year|month|week|city|country|place|town|reason|kind|hotel|age|size)"
_OPENER = (
    rf"(?:(?:{_PREPOSITION} )?(?:which|whose|how many|how much) {_NOUN}|"
    rf"{_PREPOSITION} what {_NOUN}|what {_TIMES}|"
    rf"(?:{_PREPOSITION} )?(?:when|where|why|who|whom|what|which|how many|how much)|"
    r"how(?: (?:long|often|soon|far|old|tall|big|large|high|fast|deep|exactly|recently))?)"
)
_BARE = lazy(
    rf"(?P<opener>{_OPENER}(?:,? (?:and|or) {_OPENER})*(?: (?:exactly|precisely|else|so))*)"
    r"(?: (?P<there>there)| then| (?P<open>not|from|to|for|with))?",
    re.IGNORECASE,
)
_ACTION = lazy(  # "Why did he do that?", "When was that?", "How did this happen?"
    rf"(?P<opener>{_OPENER}(?: exactly)?) "
    rf"(?:{AUXILIARIES} (?:he|she|they|it) (?:do|done|say|said) (?:that|this|it|so)|"
    r"(?:is|was|were|are) (?:that|this)|(?:did|does|has|will) (?:that|this|it|all this) "
    r"(?:happen|happened|take place|occur|come about)|come)",
    re.IGNORECASE,
)
_MORE = lazy(r"(?:(?:tell|show) me )?(?:any ?thing )?more(?: details?)?|go on|details?", re.IGNORECASE)
_VERB = lazy(rf"\b{AUXILIARIES}\b|^(?:who|what|which|when|where|why|how)\b", re.IGNORECASE)
_BIDS = lazy(r"^(?:tell|explain|describe|show|list|give|name|summari[sz]e|compare|please)\b", re.IGNORECASE)
_AMOUNT = lazy(r"^how (?:many|much|long|far|often|old)\b", re.IGNORECASE)
_FRAGMENT = 6  # words of a piece of a question, at most
_OPENS = lazy(
    rf"(?:who|whom|whose|what|which|when|where|why|how|{AUXILIARIES}|{_PREPOSITION}|the|a|an|it|he|she|they|"
    r"tell|explain|describe|show|list|give|name|please)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it reads alone: the whole, what it is built on, and the part that is new."""

    whole: str
    base: str
    own: str


def standalone(text: str, history: Sequence[Turn], sources: Sequence[str] = ()) -> Question:
    """The question that is meant, in full: "Where will they meet?" for an "And where?" after their "when".

    One that stands alone, or that nothing was asked before, is left as it is. Names are taken from the
    questions before it; from their answers only who or where was asked for. Nothing else of an answer gets
    into a question: what was answered is no evidence.
    """
    past: list[tuple[_Asked, Past]] = []
    for turn in history[-TURNS:]:
        asked = _asked(" ".join(turn.question.split()[-_WORDS:])[-_LONGEST:], past)
        past.append((asked, _past(asked, turn.answer[:_HEARD])))
    asked = _asked(text, past)
    question = understand(asked.whole, sources)
    if asked.whole == text:
        return question
    own = understand(asked.own, sources)
    focus = _focus(asked) if asked.own != asked.whole else ""
    return replace(question, wanted=own.wanted, parts=own.parts, focus=focus)


def _focus(asked: _Asked) -> str:
    """What is new, with the names that it is about; of a base without names, its other words.

    "What about the vote?" is about the vote, and no more about what the base asked of something else.
    """
    base = _bare(asked.base)
    about = [one.text for one in names(base)]
    if not about and not asked.own.startswith(_WHAT_ABOUT):
        about = [word for word in base.split() if content_terms(word)]
    return " ".join([_bare(asked.own), *(one for one in about if one not in asked.own)]) + "?"


def _past(asked: _Asked, answer: str) -> Past:
    wanted = understand(asked.own).wanted
    answer = "" if answer.startswith((NOTHING, NOT_OUTRIGHT)) else answer
    return Past(_bare(asked.whole), answer, "person" in wanted, "place" in wanted)


def _asked(text: str, past: Sequence[tuple[_Asked, Past]]) -> _Asked:
    """The question after those of the past."""
    alone = _Asked(text, text, text)
    if not past or len(text) > _LONGEST or len(text.split()) > _WORDS:
        return alone
    said = _LEAD.sub("", _bare(text)) or _bare(text)
    if not any(map(str.isalnum, said)):
        return alone
    before = past[-1][0]
    if _MORE.fullmatch(said):
        return before
    known = [one for _, one in past]
    if bare := _BARE.fullmatch(said) or _ACTION.fullmatch(said):
        return _reopened(bare, before, known)
    if piece := _piece(text, said):
        swapped = exchanged(_bare(before.whole), piece)
        if swapped:
            return _alone(swapped)
        return _joined(before, f"{_WHAT_ABOUT.lower()} {piece}")
    read = resolved(said, known)
    if read.references:
        named = all(one.text in before.base for one in names(read.text))  # "it" can stay "it" beside its name
        if read.whole and not ((named or "there" in read.references) and _slight(said, read.references)):
            return _alone(read.text)
        return _joined(before, said if named else read.text)
    led = said != _bare(text)  # "And how ...": else what was asked in vain is passed over
    about = next((asked for asked, one in reversed(past) if led or one.answer), None)
    return _joined(about, said) if about and _thin(said, about) else alone


def _reopened(bare: re.Match[str], before: _Asked, known: Sequence[Past]) -> _Asked:
    """The earlier question, asked with these question words."""
    opener = bare["opener"]
    said = bare.groupdict()
    ends = f" {said['open']}" if said.get("open") else ""
    new = None if ends else reopened(_bare(before.base), opener[0].upper() + opener[1:])
    if new is None:
        return _joined(before, f"{opener}{ends}")
    there = resolved("there", known).text if said.get("there") else ""
    if there and there != "there" and there.split()[-1] not in new:
        new += f" {there}"
    return _alone(new)


def _piece(text: str, said: str) -> str | None:
    """What a follow-up without a verb names: "Germany" of "What about Germany?"."""
    piece = _ABOUT.sub("", said)
    if _VERB.search(piece) or _BIDS.match(piece) or len(piece.split()) > _FRAGMENT:
        return None
    led = piece != _bare(text)  # "and", "what about"
    return piece if led or (text.rstrip().endswith("?") and len(piece.split()) <= _FEW) else None


def _slight(said: str, references: Set[str]) -> bool:
    """Whether a question says little without the one before it: "What did she say?", "What did they eat?".

    What several did, they did together, and who was there was there then: of them more must be said.
    """
    least = 2 if references <= {"group", "there"} else 1
    return not names(said) and not time_of(said) and _content(said) < least


def _thin(said: str, before: _Asked) -> bool:
    """Whether a question without names says too little to be about anything else."""
    if names(f"about {said}"):
        return False
    repeated = {f"the {word}" for word in re.findall(r"[a-z]{3,}", before.whole)}
    return _content(said) < _FEW or any(f"{one} " in f"{said.casefold()} " for one in repeated)


def _content(said: str) -> int:
    return len(understand(_AMOUNT.sub("", said)).terms)


def _alone(said: str) -> _Asked:
    said = said.strip()
    text = f"{said[0].upper()}{said[1:]}?"
    return _Asked(text, text, text)


def _joined(before: _Asked, said: str) -> _Asked:
    """Both questions in one, where one can't be said without the other. A new time drives out the old."""
    base = _bare(before.base)
    if time_of(said):
        base = without_times(base)
    if not base:
        return _alone(said)
    said = said[0].lower() + said[1:] if _OPENS.match(said) else said
    return _Asked(f"{base[0].upper()}{base[1:]}, and {said}?", before.base, f"{said[0].upper()}{said[1:]}?")


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip("?!. ")
