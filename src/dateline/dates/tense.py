"""Where a sentence looks: the verb nearest to a time decides whether "Friday" is past or to come."""

from __future__ import annotations

import re

from dateline.patterns import lazy

# What follows "will" or "is" belongs to it: "will be held" looks ahead, though "held" looks back.
_AHEAD = r"""
    (?:will|won['’]t|(?<=['’])ll|shall|would|can|could|might|should|must|may|let['’]s)
    (?:\s(?:not|also|then|only|\w+ly))?(?:\sbe)?(?:\s[a-z]+)?
  | (?:is|are|be|['’]re)\s(?:also\s|not\s|now\s)?(?:being\s)?
    (?:[a-z]+(?:ed|ing)|held|set|due|going|to|likely|sold)
  | (?:is|are|['’]s)\s(?:on|until|through|from|by)?\s*$
  | (?:going|likely|sure|set|due|able|ready|about|eligible)\sto(?:\sbe)?(?:\s[a-z]+)?
  | (?:plan|expect|schedul|intend|vow|agree|pois|prepar|promis|hop|aim|slat|threaten|pledg|want|propos|urg
    |need)[a-z]*\sto(?:\sbe)?(?:\s[a-z]+)?
  | to\s(?:be(?:\s[a-z]+)?|begin|start|open|meet|hold|vote|take\splace|return|resume|end|release|decide)
  | scheduled|slated|planned|expected|due|upcoming|forthcoming|deadline|deadlines
  | plans|expects|hopes|intends|aims|begins|starts|opens|ends|kicks\soff|takes\splace|returns|expires|resumes
  | premieres|arrives|airs|votes|heads|faces|plays?|comes\s(?:on|out)|goes?\son\ssale|planning|deciding
  | tomorrow|ahead
"""
_BACK = r"""
    (?:was|were|had|has|have|did)(?:\snot)?(?:\sbeen)?|been|said|told|went|came|took|made|got|gave|saw|found
  | left|met|held|won|lost|led|began|became|knew|thought|brought|bought|sought|taught|caught|fought|ran|rose
  | fell|grew|drew|flew|threw|blew|wrote|spoke|broke|chose|drove|rode|stole|froze|beat|built|sent|spent|lent
  | kept|slept|felt|dealt|meant|heard|paid|laid|sold|hit|stood|understood|sat|shot|struck|swore|wore|tore|bore
  | born|hung|sang|rang|swam|sank|shook|forgot|ago|since
  | (?<!getting\s)(?<!get\s)(?!need|feed|seed|speed|indeed|hundred|red\b|bed\b|shed\b)[a-z]{2,}ed(?!\sby\b)
"""
_CUE = lazy(rf"(?<!\w)(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))(?!\w)", re.VERBOSE)


_AFTER = lazy(r"\b(?:after|since|following|to|from|over|during)\s+$", re.IGNORECASE)

_PAST = lazy(r"[a-z]+ed\s+to\b")


def look(text: str, sentence: tuple[int, int], time: tuple[int, int]) -> int:
    """Where the verb next before the time, or else after it, looks: back (-1), ahead (1); 0 without one."""
    if text.startswith(("'s", "’s"), time[1]) and _AFTER.search(text, max(0, time[0] - 12), time[0]):
        return -1  # "a response to Saturday's attack"
    found = None
    for cue in _CUE.finditer(text, sentence[0], time[0]):
        found = cue
    if found is None:
        found = _CUE.search(text, time[1], sentence[1])
        if found and _PAST.match(found.group()):
            return -1  # "Over the summer, it agreed to pay": the time is that of the agreement
    if found is None:
        return 0
    return 1 if found["ahead"] else -1
