"""Question → evidence: the passages that may answer, their best sentences, whether they suffice."""

from dateline.search.choose import Choice, choose
from dateline.search.clock import Clock, clock
from dateline.search.corrected import Correction, corrections, without_corrected
from dateline.search.corrected import told as correction_told
from dateline.search.examples import examples
from dateline.search.find import find
from dateline.search.lookup import looked_up, reread
from dateline.search.moments import about_the_present, asks_how_it_developed
from dateline.search.nearby import by_day, timely
from dateline.search.question import Question, freed, narrowed, timed, understand
from dateline.search.requests import Request, limited, requested
from dateline.search.reranker import Reranker
from dateline.search.sentences import Sentence, rank
from dateline.search.several import Several, several
from dateline.search.sufficiency import Sufficiency, judge
from dateline.search.told import told_of_asked

__all__ = [
    "Choice",
    "Clock",
    "Correction",
    "Question",
    "Request",
    "Reranker",
    "Sentence",
    "Several",
    "Sufficiency",
    "about_the_present",
    "asks_how_it_developed",
    "by_day",
    "choose",
    "clock",
    "correction_told",
    "corrections",
    "examples",
    "find",
    "freed",
    "judge",
    "limited",
    "looked_up",
    "narrowed",
    "rank",
    "requested",
    "reread",
    "several",
    "timed",
    "timely",
    "told_of_asked",
    "understand",
    "without_corrected",
]
