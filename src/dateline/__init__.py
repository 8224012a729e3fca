"""Ask a corpus of news articles; get exact, dated, checkable quotations.

>>> import dateline
>>> report = dateline.build("articles/")                # index a folder of articles
>>> answer = dateline.ask("When and where will they meet?")
>>> print(answer.text)
"""

from dateline.archive import Archive, ask, open
from dateline.checking import check
from dateline.corpus import (
    build,
    group_stories,
    read,
    rebuild,
    remove,
    resolve_dates,
    verify,
)
from dateline.errors import DatelineError
from dateline.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Coverage,
    Delta,
    Event,
    Evidence,
    Filters,
    Finding,
    Health,
    Hit,
    Overview,
    Passage,
    Postponed,
    Quoted,
    Reading,
    Report,
    Skipped,
    Support,
    SupportingSentence,
    TimeSpan,
    Turn,
    Writing,
)
from dateline.watching import watch

__all__ = [
    "Answer",
    "Archive",
    "Article",
    "Citation",
    "Claim",
    "Coverage",
    "DatelineError",
    "Delta",
    "Event",
    "Evidence",
    "Filters",
    "Finding",
    "Health",
    "Hit",
    "Overview",
    "Passage",
    "Postponed",
    "Quoted",
    "Reading",
    "Report",
    "Skipped",
    "Support",
    "SupportingSentence",
    "TimeSpan",
    "Turn",
    "Writing",
    "ask",
    "build",
    "check",
    "group_stories",
    "open",
    "read",
    "rebuild",
    "remove",
    "resolve_dates",
    "verify",
    "watch",
]
