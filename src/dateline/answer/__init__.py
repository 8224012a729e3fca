"""Evidence → answer: written by a language model or made of quotes, every quote looked up in its article."""

from dateline.answer.decline import decline
from dateline.answer.differing import with_differences
from dateline.answer.draft import Draft, followed_by
from dateline.answer.extract import quote
from dateline.answer.followup import standalone
from dateline.answer.model import LanguageModel
from dateline.answer.opinion import reconsidered
from dateline.answer.prepare import prepared
from dateline.answer.timeline import timeline
from dateline.answer.usage import Spending, total
from dateline.answer.write import write

__all__ = [
    "Draft",
    "LanguageModel",
    "Spending",
    "decline",
    "followed_by",
    "prepared",
    "quote",
    "reconsidered",
    "standalone",
    "timeline",
    "total",
    "with_differences",
    "write",
]
