"""Article → Passages: whole sentences, packed to a size that one fact fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.index.sentences import Span, sentences
from dateline.reading import parse_newswire
from dateline.types import Article, Passage

PASSAGE_WORDS = 60  # smaller finds more facts in the same budget of words, larger reads better
LONGEST_RUN = 160  # words without a sentence end (tables, lists of links): cut between words

_WORD = re.compile(r"\S+")


def split(article: Article) -> list[Passage]:
    """The passages of an article in order: `article.text[start:end] == passage.text`.

    Each is one or more whole sentences of at most about PASSAGE_WORDS words; a longer sentence is a
    passage by itself. The newswire line belongs to no passage: it is the article's date, not its words.
    """
    newswire = parse_newswire(article.text)
    return [
        Passage(f"{article.id}:{start}-{end}", article.id, article.text[start:end], start, end)
        for start, end in _packed(article.text, newswire.end if newswire else 0)
    ]


def _packed(text: str, start: int) -> Iterator[Span]:
    open_span: Span | None = None
    size = 0
    for begin, end in _bounded(text, start):
        words = len(_WORD.findall(text, begin, end))
        if open_span and size + words > PASSAGE_WORDS:
            yield open_span
            open_span, size = None, 0
        open_span = (open_span[0] if open_span else begin, end)
        size += words
    if open_span:
        yield open_span


def _bounded(text: str, start: int) -> Iterator[Span]:
    """Sentences, those beyond LONGEST_RUN words cut between words."""
    for begin, end in sentences(text, start=start):
        words = list(_WORD.finditer(text, begin, end))
        if len(words) <= LONGEST_RUN:
            yield begin, end
            continue
        for first in range(0, len(words), PASSAGE_WORDS):
            yield words[first].start(), words[min(first + PASSAGE_WORDS, len(words)) - 1].end()
