"""Article → Passages: whole sentences, packed to a size that one fact fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.index.sentences import Span, sentences
from dateline.reading import parse_newswire
from dateline.types import Article, Passage

PASSAGE_WORDS = 60  # smaller finds more facts in the same budget of words, larger reads better
LONGEST_RUN = 100  # words without a sentence end (tables, lists of links): cut between words

_WORD = re.compile(r"\S+")


def split(article: Article) -> list[Passage]:
    """The passages of an article in order: `article.text[start:end] == passage.text`.

    Each is one or more whole sentences of at most about PASSAGE_WORDS words; a longer sentence is a
    passage by itself. The newswire line belongs to no passage: it is the article's date, not its words.
    """
    newswire = parse_newswire(article.text)
    return [passage_of(article, spans) for spans in _packed(article.text, newswire.end if newswire else 0)]


def passage_of(article: Article, sentences: Sequence[Span]) -> Passage:
    """The passage from the first of these sentences to the last."""
    start, end = sentences[0][0], sentences[-1][1]
    text = article.text[start:end]
    return Passage(f"{article.id}:{start}-{end}", article.id, text, start, end, tuple(sentences))


def _packed(text: str, start: int) -> Iterator[list[Span]]:
    packed: list[Span] = []
    size = 0
    for begin, end in _bounded(text, start):
        words = len(_WORD.findall(text, begin, end))
        if packed and size + words > PASSAGE_WORDS:
            yield packed
            packed, size = [], 0
        packed.append((begin, end))
        size += words
    if packed:
        yield packed


def _bounded(text: str, start: int) -> Iterator[Span]:
    """Sentences, those beyond LONGEST_RUN words cut between words."""
    for begin, end in sentences(text, start=start):
        words = list(_WORD.finditer(text, begin, end))
        if len(words) <= LONGEST_RUN:
            yield begin, end
            continue
        for first in range(0, len(words), PASSAGE_WORDS):
            yield words[first].start(), words[min(first + PASSAGE_WORDS, len(words)) - 1].end()
