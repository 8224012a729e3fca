"""The parts of a question as a language model sees them."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.answer.model import LanguageModel
from dateline.answer.prompt import parts_messages
from dateline.search import Question

MOST_PARTS = 4
_LONGEST = 400  # characters of a part: a longer line is no question
_BULLET = re.compile(r"^\s*(?:[-*•]|\(?\d+[.):])\s*")


def planned(question: Question, model: LanguageModel) -> Question:
    """The question with the parts that the model proposes; as it was where it proposes none.

    Only a question that has parts by rule is worth the request. What was read from its words stays: the
    model's parts are searched for, they filter nothing. Raises ModelError.
    """
    if not question.parts:
        return question
    said = "".join(chunk.text for chunk in model.stream(parts_messages(question.text)))
    lines = [" ".join(_BULLET.sub("", line).split()) for line in said.splitlines()]
    parts = tuple(dict.fromkeys(line for line in lines if line.endswith("?") and len(line) <= _LONGEST))
    return replace(question, parts=parts[:MOST_PARTS]) if len(parts) > 1 else question
