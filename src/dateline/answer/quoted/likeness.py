"""What a ranked sentence is to a question: whole or in part, about the same thing as another, said alike."""

from __future__ import annotations

from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.search import Question, Sentence
from dateline.search.which import same_one

WHOLE = lazy(r"[.!?。！？][\"'”’»)\]]*$")
_ROW = lazy(r"^[^:.]{2,60}: [^:]*\d[^:]*$")
_IN_PART = 0.3  # of score, from what is no sentence: a headline
_ANNOUNCES = 0.6  # from a line that ends in a colon: what it announces stands behind it
_SAME = 0.6  # share of common words (Jaccard) beyond which two sentences say the same


def in_part(text: str) -> float:
    """What a text loses that is no sentence; a row of a table, "Harbour: 72 percent", is as good as one."""
    if text.rstrip().endswith(":"):
        return _ANNOUNCES
    return 0.0 if WHOLE.search(text) or _ROW.match(text) else _IN_PART


def about_the_same(question: Question, first: Sentence, other: Sentence) -> bool:
    """Whether another sentence is of all the names that the first is of, and of the same "second" or year."""
    same = same_one(question, other) or not same_one(question, first)
    return same and _named(question, first) <= _named(question, other)


def _named(question: Question, sentence: Sentence) -> set[str]:
    """The names of the question that a sentence's passage or its headline has: it is about them."""
    around = terms(f"{sentence.hit.article.title} {sentence.hit.passage.text}")
    return {*terms(" ".join(question.names))} & {*sentence.stems, *around}


def alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say the same, by their words."""
    return len(one.stems & other.stems) > _SAME * len(one.stems | other.stems)


def led_text(sentence: Sentence) -> str:
    """With the sentence that it leans on."""
    return sentence.hit.article.text[sentence.lead : sentence.end]
