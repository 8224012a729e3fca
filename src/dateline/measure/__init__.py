"""Question sets → scores: what an archive finds, what it answers, when it declines."""

from dateline.measure.evaluate import evaluate
from dateline.measure.questions import Question, read_questions
from dateline.measure.scores import Scores, table

__all__ = ["Question", "Scores", "evaluate", "read_questions", "table"]
