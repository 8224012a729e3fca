"""The nouns of dateline. Every one is frozen; `to_dict()` gives its public JSON.

    Article ──split──▶ Passage ──search──▶ Hit ──answer──▶ Claim + Citation ──▶ Answer

Offsets are character positions in `Article.text`, half-open.
"""

from dateline.types.answers import (
    Answer,
    Citation,
    Claim,
    Delta,
    Entry,
    Event,
    Evidence,
    Mode,
    Quoted,
    Reading,
    SupportLabel,
    Turn,
    Usage,
    Writing,
)
from dateline.types.articles import Article, PublishedFrom, Skipped
from dateline.types.checks import Support, SupportingSentence
from dateline.types.days import JSON, Tell, day_of, iso
from dateline.types.health import Finding, Health
from dateline.types.reports import Overview, Postponed, Report
from dateline.types.searches import Coverage, Filters, Hit, Matched, Passage
from dateline.types.spans import Grain, TimeSpan

__all__ = [
    "JSON",
    "Answer",
    "Article",
    "Citation",
    "Claim",
    "Coverage",
    "Delta",
    "Entry",
    "Event",
    "Evidence",
    "Filters",
    "Finding",
    "Grain",
    "Health",
    "Hit",
    "Matched",
    "Mode",
    "Overview",
    "Passage",
    "Postponed",
    "PublishedFrom",
    "Quoted",
    "Reading",
    "Report",
    "Skipped",
    "Support",
    "SupportLabel",
    "SupportingSentence",
    "Tell",
    "TimeSpan",
    "Turn",
    "Usage",
    "Writing",
    "day_of",
    "iso",
]
