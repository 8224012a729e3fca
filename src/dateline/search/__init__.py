"""Question → evidence: the passages that may answer, their best sentences, whether they suffice."""

from dateline.search.choose import Choice, choose
from dateline.search.examples import examples
from dateline.search.find import find
from dateline.search.question import Question, narrowed, understand
from dateline.search.reranker import Reranker
from dateline.search.sentences import Sentence, rank
from dateline.search.sufficiency import Sufficiency, judge

__all__ = [
    "Choice",
    "Question",
    "Reranker",
    "Sentence",
    "Sufficiency",
    "choose",
    "examples",
    "find",
    "judge",
    "narrowed",
    "rank",
    "understand",
]
