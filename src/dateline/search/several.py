"""Whether a question asks for several things, each in an article of its own: statements, sides, accounts."""

from __future__ import annotations

import re
from typing import Literal

from dateline.patterns import lazy
from dateline.search.question import Question

Several = Literal["statements", "list", "accounts"]

_SAY = (
    r"say|said|tell|told|think|thought|argue|argued|state|stated|claim|claimed|propose|proposed|promise|promised|"
    r"want|wanted|demand|demanded|contribute|contributed"
)
_STATEMENTS = lazy(
    rf"^\W*what (?:did|does|do|has|have|had|is|are) .+? (?:{_SAY}|saying|proposing|demanding)\b"
    r"|\b(?:position|stance|view|opinion|attitude|statement|promise|demand|claim|argument)s?\b"
    r"|\bhow (?:did|do|does|has|have) .+ (?:react|respond|change|develop)\w*\b",
    re.IGNORECASE,
)
_LIST = lazy(
    r"^\W*(?:(?:name|list|give|show|tell)\b.* (?:all|the|every) (?:\w+ )?\w+s\b"
    r"|(?:which|what) (?:(?!was\b|is\b|has\b|does\b)[\w-]+ ){0,2}(?!\w*(?:us|is|ss)\b)[\w-]{3,}s "
    r"(?!(?:is|was|has|does)\b)\w+"
    r"|who (?:all|else)\b|who (?:is|are|was|were|spoke|speaks|voted) (?:\w+ )?(?:for|against|in favou?r)\b"
    r"|what (?:are|were) the\b)",
    re.IGNORECASE,
)
_ACCOUNTS = lazy(
    r"\b(?:differ|differs|differed|compare|compared|comparison|contrast|disagree|disagreed)\b", re.IGNORECASE
)


def several(question: Question) -> Several | None:
    """What there may be several of; None where one thing is asked for."""
    if _ACCOUNTS.search(question.text) or len(question.outlets) > 1 or len(question.moments) > 1:
        return "accounts"
    if _STATEMENTS.search(question.text):
        return "statements"
    return "list" if _LIST.search(question.text) else None
