"""Evidence → answer: written by a language model or made of quotes, every quote looked up in its article."""

from dateline.answer.conversation.followup import standalone
from dateline.answer.conversation.prepare import prepared
from dateline.answer.decline import decline
from dateline.answer.differing import with_differences
from dateline.answer.draft import Draft, followed_by, with_markers
from dateline.answer.listed import listed
from dateline.answer.model import LanguageModel
from dateline.answer.others import with_others
from dateline.answer.quoted.extract import is_parsed, quote
from dateline.answer.quoted.timeline import timeline
from dateline.answer.usage import Spending, total
from dateline.answer.written.opinion import reconsidered
from dateline.answer.written.write import Ground, write

__all__ = [
    "Draft",
    "Ground",
    "LanguageModel",
    "Spending",
    "decline",
    "followed_by",
    "is_parsed",
    "listed",
    "prepared",
    "quote",
    "reconsidered",
    "standalone",
    "timeline",
    "total",
    "with_differences",
    "with_markers",
    "with_others",
    "write",
]
