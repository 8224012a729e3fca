"""The parts of a question that asks about several things."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dateline.patterns import lazy

_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_OPENS = (  # after "and": what begins a clause, and no further member of a list
    rf"(?:{_VERB}|also|then|later|whether|that|which|who|how|what|when|where|why|the|another|an?|"
    r"its|his|her|their|to|in|for|from|by|at|with|on)\b"
)
_LINKS = (
    r"(?:and|or|but|as|with|which|who|while|whereas|despite|although|though|yet|then|also|after|before)\b"
)
# Where one thing asked about ends and the next begins.
_BREAKS = (
    r";",
    r":(?=\s)",
    rf",(?!\d)\s++(?!\d{{4}}\b)(?:{_LINKS}\s*)*",  # but not in "1,200" and "Nov. 6, 2023"
    r"\b(?:while|whereas|but|versus|as\s+well\s+as|rather\s+than|in\s+contrast\s+(?:to|with))\b",
    r"\b(?:compared\s+(?:to|with)|align(?:s|ed)?\s+with|consistent\s+with|similar\s+to|than)\b",
    r"\b(?:(?:differ(?:s|ent)?|distinct)\s+from|the\s+same\s+\w+\s+as)\b",
    r"\b(?:before|after|following|since)\b",
    rf"\band\s+(?={_OPENS})",
    rf"\bor\s+(?={_VERB}\b)",
)
_BREAK = lazy(rf"\s*(?:{'|'.join(_BREAKS)})\s*", re.IGNORECASE)
_LEAST_TERMS = 4  # content words that a part needs to be searched for by itself


def parts(text: str, content: Callable[[str], Sequence[str]]) -> tuple[str, ...]:
    """The things that a question asks about, in its words and order; none where it asks about one.

    `content` gives the content words of a text. What has too few of them joins the next part.
    """
    found: list[str] = []
    gathered = ""
    for piece in _BREAK.split(" ".join(text.split())):
        gathered = f"{gathered} {piece}".strip()
        if len(content(gathered)) >= _LEAST_TERMS:
            found.append(gathered)
            gathered = ""
    if gathered and found:
        found[-1] += f" {gathered}"
    return tuple(found) if len(found) > 1 else ()
