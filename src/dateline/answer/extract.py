"""An answer without a language model: the best one to three sentences, quoted and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.answer.draft import Draft, compose
from dateline.index.sentences import sentences
from dateline.search import Question, Sentence
from dateline.search.sentences import fit
from dateline.types import Article, Citation, Claim

MOST_SENTENCES = 3
_WORTH = 0.7  # of the best sentence's score, to a sentence that adds something; below, it is off the point
_AS_GOOD = 0.85  # of the best sentence's score, to any other: it may be the better answer
_SAME = 0.6  # share of common words (Jaccard) beyond which two sentences say the same
_WORD = re.compile(r"\w+")
_LEANING = frozenset("he she it they this that these those his her their its there".split())


def quote(question: Question, ranked: Sequence[Sentence]) -> Draft:
    """One to three quoted sentences, the best first; `ranked` must not be empty.

    A further sentence is taken if it is nearly as good as the best, or adds a word of the question or a
    wanted kind of thing that the ones before it do not have; never if it repeats one of them.
    """
    claims: list[Claim] = []
    citations: list[Citation] = []
    for sentence in _chosen(question, ranked):
        article, number = sentence.hit.article, len(citations) + 1
        told = [one for one in citations if one.article.id == article.id]
        if any(one.start <= sentence.start < one.end for one in told):
            continue  # it was quoted with the sentence that leans on it
        start = _with_what_it_leans_on(article, sentence)
        if any(start < one.end <= sentence.start for one in told):
            start = sentence.start
        citations.append(Citation(number, article, article.text[start : sentence.end], start, sentence.end))
        claims.append(Claim(f"{_origin(article)}: {_quoted(citations[-1].quote)}", "supported", (number,)))
    return Draft(compose(claims), tuple(claims), tuple(citations))


def _chosen(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    best = ranked[0]
    taken = [best]
    yield best
    for sentence in ranked[1:]:
        if len(taken) == MOST_SENTENCES or sentence.score < _WORTH * best.score:
            return
        if any(_alike(sentence, other) for other in taken):
            continue
        if sentence.score >= _AS_GOOD * best.score or _adds(question, taken, sentence):
            taken.append(sentence)
            yield sentence


def _adds(question: Question, taken: Sequence[Sentence], sentence: Sentence) -> bool:
    asked = frozenset(question.terms)
    held = frozenset[str]().union(*(one.stems for one in taken)) & asked
    if (sentence.stems & asked) - held:
        return True
    joined = " ".join(one.text for one in taken)
    return fit(question.wanted, f"{joined} {sentence.text}") > fit(question.wanted, joined)


def _alike(one: Sentence, other: Sentence) -> bool:
    return len(one.stems & other.stems) > _SAME * len(one.stems | other.stems)


def _with_what_it_leans_on(article: Article, sentence: Sentence) -> int:
    """Where the quotation begins: one sentence earlier when this one starts with "he", "it", "there"."""
    first = _WORD.search(sentence.text)
    if first is None or first[0].casefold() not in _LEANING:
        return sentence.start
    before = [
        start for start, end in sentences(article.text[: sentence.start].rstrip()) if end <= sentence.start
    ]
    together = article.text[before[-1] : sentence.end] if before else "\n"
    return sentence.start if "\n" in together else before[-1]


def _quoted(quote: str) -> str:
    """In quotation marks, unless it opens with its own: a speaker's words, and who said them."""
    return quote if quote[0] in "\"“'‘«„" else f"“{quote}”"


def _origin(article: Article) -> str:
    """Outlet and day as a reader would say them: "Harbor Wire, 8 Feb 2019"."""
    named = article.source or f"“{article.title}”"
    return f"{named}, {article.day.day} {article.day:%b %Y}" if article.day else f"{named}, undated"
