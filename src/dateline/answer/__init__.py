"""Evidence → answer: written by a language model or made of quotes, every quote looked up in its article."""

from dateline.answer.decline import decline
from dateline.answer.draft import Draft, followed_by
from dateline.answer.extract import quote
from dateline.answer.followup import standalone
from dateline.answer.model import LanguageModel
from dateline.answer.plan import planned
from dateline.answer.write import write

__all__ = ["Draft", "LanguageModel", "decline", "followed_by", "planned", "quote", "standalone", "write"]
