"""An answer without a language model: the best one to three sentences, quoted and cited."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.answer.draft import Draft, compose
from dateline.search import Question, Sentence
from dateline.search.kinds import fit
from dateline.types import Article, Citation, Claim

MOST_SENTENCES = 3
_WORTH = 0.7  # of the best sentence's score, to a sentence that adds something; below, it is off the point
_AS_GOOD = 0.85  # of the best sentence's score, to any other: it may be the better answer
_NEWS = 0.15  # of the question's weight: a sentence that holds as much of what the others lack adds something
_SAME = 0.6  # share of common words (Jaccard) beyond which two sentences say the same


def quote(question: Question, ranked: Sequence[Sentence]) -> Draft:
    """One to three quoted sentences, the best first; `ranked` must not be empty.

    A further sentence is taken if it is nearly as good as the best, or adds a part of the question or
    a wanted kind of thing that the ones before it do not have; never if it repeats one of them.
    """
    claims: list[Claim] = []
    citations: list[Citation] = []
    for sentence in _chosen(question, ranked):
        article, number = sentence.hit.article, len(citations) + 1
        told = [one for one in citations if one.article.id == article.id]
        if any(one.start <= sentence.start < one.end for one in told):
            continue  # it was quoted with the sentence that leans on it
        start = sentence.lead
        if any(start < one.end <= sentence.start for one in told):
            start = sentence.start
        quoted = article.text[start : sentence.end]
        citations.append(Citation(number, article, quoted, start, sentence.end, sentence.hit.also))
        claims.append(Claim(f"{_origin(article)}: {_quoted(citations[-1].quote)}", "supported", (number,)))
    return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations))


def _chosen(question: Question, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence; then, while there are any, the best that adds something, or else one as good."""
    best = ranked[0]
    taken, left = [best], [one for one in ranked[1:] if one.score >= _WORTH * best.score]
    while len(taken) < MOST_SENTENCES:
        left = [one for one in left if not any(_alike(one, other) for other in taken)]
        new = [one for one in left if _adds(question, taken, one)]
        also = new or [one for one in left if one.score >= _AS_GOOD * best.score]
        if not also:
            break
        taken.append(also[0])
        left.remove(also[0])
    return taken


def _adds(question: Question, taken: Sequence[Sentence], sentence: Sentence) -> bool:
    told = frozenset[str]().union(*(one.holds for one in taken))
    if sum(weight for term, weight in sentence.holds.items() if term not in told) >= _NEWS:
        return True
    joined = " ".join(one.text for one in taken)
    return fit(question, f"{joined} {sentence.text}") > fit(question, joined)


def _alike(one: Sentence, other: Sentence) -> bool:
    return len(one.stems & other.stems) > _SAME * len(one.stems | other.stems)


def _quoted(quote: str) -> str:
    """In quotation marks, unless it opens with its own: a speaker's words, and who said them."""
    return quote if quote[0] in "\"“'‘«„" else f"“{quote}”"


def _origin(article: Article) -> str:
    """Outlet and day as a reader would say them: "Harbor Wire, 8 Feb 2019"."""
    named = article.source or f"“{article.title}”"
    return f"{named}, {article.day.day} {article.day:%b %Y}" if article.day else f"{named}, undated"
