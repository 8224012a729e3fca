"""Evidence → answer: written by a language model or made of quotes, every quote looked up in its article."""

from dateline.answer.decline import decline
from dateline.answer.draft import Draft
from dateline.answer.extract import quote, without_model
from dateline.answer.followup import standalone
from dateline.answer.model import LanguageModel
from dateline.answer.write import write

__all__ = ["Draft", "LanguageModel", "decline", "quote", "standalone", "without_model", "write"]
