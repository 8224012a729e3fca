"""What somebody said, of a question that asks for it: their own words, not those of others about them."""

from __future__ import annotations

import re
from functools import cache

from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.text.english import rows

_ASKS = lazy(
    r"^\W*(?:what|how) (?:did|does|do|has|have|had) (?P<who>.+?) "
    r"(?:say|said|tell|told|think|thought|argue|argued|state|stated|claim|claimed|propose|proposed|promise|promised"
    r"|want|wanted|demand|demanded|answer|answered|react|respond|comment|explain|explained|call|called)\b",
    re.IGNORECASE,
)
_PRONOUN = r"(?:He|She|They)"
_FAR = r"(?:[^\s.!?]+ ){0,6}?"  # words between a speaker and the verb
_NEAR = r"(?:[^\s.!?]+ ){0,4}?"
_TO = 200  # characters before a sentence in which a pronoun's name stands


def speaker_asked(question: Question) -> str | None:
    """The last word of who is asked about: "Brel" of "What did mayor Brel say?"; None where nobody is."""
    found = _ASKS.match(question.text)
    return found["who"].split()[-1] if found else None


def is_own(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence has the words of whom the question asks about."""
    who = speaker_asked(question)
    if who is None:
        return False
    article = sentence.hit.article
    text = article.text[sentence.lead : sentence.end]
    if _said_by(re.escape(who)).search(text):
        return True
    before = f"{article.title} {article.text[max(0, sentence.lead - _TO) : sentence.end]}"
    return who.casefold() in before.casefold() and _said_by(_PRONOUN).search(text) is not None


@cache
def _said_by(who: str) -> re.Pattern[str]:
    verbs = "|".join(verb for row in rows("speech") for verb in row)
    after = r"(?:said|says|added|asked|wrote)"
    return re.compile(
        rf"\b{who}\b(?!['’]),? {_FAR}(?:{verbs})\b|\b{after} {_NEAR}{who}\b(?!['’])", re.IGNORECASE
    )
