"""Evidence → where reports give different values for the thing that is asked.

    Sentence ──values──▶ Told ──compare──▶ the same thing? ──find──▶ Difference ──▶ its sentence

The question is the frame: each sentence that is about what it asks gives at most one value for it. Where the
question gives no frame, two sentences that read alike but for one thing are each other's.
"""

from dateline.answer.disagreement.difference import Difference, Side
from dateline.answer.disagreement.find import differences

__all__ = ["Difference", "Side", "differences"]
