"""A model's answer, beside what other reports name in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dateline.answer.disagreement.difference import source_of
from dateline.answer.draft import ROUND, Draft, compose
from dateline.answer.quoted.candidates import Candidate, candidates, wanted
from dateline.answer.quotes import cite
from dateline.answer.wording import in_marks, origin
from dateline.index.words import terms
from dateline.search import Question, Sentence
from dateline.search.which import same_one
from dateline.types import Claim

_CONSIDERED = 24  # sentences, best first
_ABOUT = 0.5  # of the question's weight, in a sentence that answers it
_NAMES_IT = 0.25  # worth of a string that may be the answer
_OUTLETS = 2  # that name it: one alone may speak of something else


def with_others(draft: Draft, question: Question, ranked: Sequence[Sentence]) -> Draft:
    """The draft, and what two outlets or more that it does not cite name where it names something else.

    A model may have read one side alone; which of them is right is not said.
    """
    named = _named(draft, question, ranked)
    if not named:
        return draft
    citations = list(draft.citations)
    for sentence, _ in named:
        citations.append(cite(len(citations) + 1, sentence.hit, sentence.lead, sentence.end))
    numbers = tuple(one.number for one in citations[len(draft.citations) :])
    sentence, string = named[0]
    words = sentence.hit.article.text[slice(*string.span)]
    quote = in_marks(citations[len(draft.citations)].quote)
    text = f"{len(named)} other reports name “{words}”. {origin(sentence.hit.article)}: {quote}"
    told = Claim(text.translate(ROUND), "supported", numbers)
    claims = (*draft.claims, told)
    return replace(draft, text=compose(claims), claims=claims, citations=tuple(citations))


def _named(draft: Draft, question: Question, ranked: Sequence[Sentence]) -> list[tuple[Sentence, Candidate]]:
    """A sentence of each outlet that names the string which most name and the draft does not."""
    want = wanted(question, ranked)
    if want is None or question.parts:
        return []
    said = {*terms(" ".join([*(one.text for one in draft.claims), *(one.quote for one in draft.citations)]))}
    known = {source_of(one.article) for one in draft.citations}
    found = defaultdict[tuple[str, ...], dict[str, tuple[Sentence, Candidate]]](dict)
    for sentence in ranked[:_CONSIDERED]:
        strings = sorted(candidates(want, sentence), key=lambda one: -one.worth)[:1]
        source = source_of(sentence.hit.article)
        about = sum(sentence.holds.values()) >= _ABOUT and same_one(question, sentence)
        for one in strings:
            if about and source not in known and one.worth >= _NAMES_IT and not said & {*one.key}:
                found[one.key].setdefault(source, (sentence, one))
    best = max(found.values(), key=len, default={})
    return [*best.values()] if len(best) >= _OUTLETS else []
