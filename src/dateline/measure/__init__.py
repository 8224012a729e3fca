"""Question sets → scores: what an archive finds, what it answers, when it declines, how runs differ."""

from dateline.measure.compare import Comparison, compare
from dateline.measure.evaluate import Evaluation, evaluate
from dateline.measure.questions import Question, read_questions
from dateline.measure.run import Run, read_run, reserve, save
from dateline.measure.table import comparison_table, table
from dateline.measure.worst import told, worst

__all__ = [
    "Comparison",
    "Evaluation",
    "Question",
    "Run",
    "compare",
    "comparison_table",
    "evaluate",
    "read_questions",
    "read_run",
    "reserve",
    "save",
    "table",
    "told",
    "worst",
]
