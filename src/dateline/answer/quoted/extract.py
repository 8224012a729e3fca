"""An answer without a language model: the best one to three sentences, quoted and cited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from dateline.answer.draft import Draft, compose
from dateline.answer.quoted.fitting import CHECKED
from dateline.answer.quoted.leading import best_first, own_words_first
from dateline.answer.quoted.likeness import led_text
from dateline.answer.quoted.own_words import is_own
from dateline.answer.quoted.selection import (
    MOST_OF_SEVERAL,
    MOST_SENTENCES,
    chosen,
    in_order,
    in_time,
    later,
    other_counts,
)
from dateline.answer.quoted.short import short_answer
from dateline.answer.quoted.sides import Side, is_yes_or_no, side
from dateline.answer.quoted.speaker import naming
from dateline.answer.quotes import cite
from dateline.answer.wording import in_marks, origin
from dateline.dates import resolve_dates
from dateline.index.sentences import Span
from dateline.patterns import lazy
from dateline.search import Question, Sentence, several, understand
from dateline.search.asked import asked_for
from dateline.text import Parser
from dateline.types import Citation, Claim

ONE_SIDE = "The articles that were found speak {} it; none was found that speaks {} it."
NO_SIDE = "None of the sentences found says yes or no in so many words."

_WORTH_OF_A_SIDE = 0.5  # of the best sentence's score
_YEAR = lazy(r"\b[12]\d{3}\b")
_ONE_DAY = timedelta(days=1)
_SHOWN: dict[Side, str] = {"for": "For: ", "against": "Against: "}


def is_parsed(text: str) -> bool:
    """Whether the quotes that answer a question are likely to be read by the parser."""
    asked = asked_for(text)
    return is_yes_or_no(understand(text)) or (asked is not None and asked.kind in CHECKED)


def quote(
    question: Question, ranked: Sequence[Sentence], parser: Callable[[], Parser | None] = lambda: None
) -> Draft:
    """One to three quoted sentences, the best first; `ranked` must not be empty.

    A further sentence is taken if it is nearly as good as the best, or adds a part of the question or
    a wanted kind of thing that the ones before it do not have; never if it repeats one of them. Before them
    stands the short answer, where there is one. Of a yes-or-no question the quotes for and against are shown
    as such, by what the parser makes of them; without it none has a side, and no person or place is named in
    short. It is never answered by a guess.
    """
    ranked = best_first(question, own_words_first(question, ranked))
    if is_yes_or_no(question):
        return _both_sides(question, ranked, parser())
    ranked, open_count = _with_the_last_count(question, ranked)
    kind = several(question)
    taken = chosen(question, ranked, kind)
    by_day = kind == "statements" and not is_own(question, ranked[0])
    shown = in_time(taken) if by_day else in_order(taken)
    citations = _cited(shown, MOST_OF_SEVERAL if kind else MOST_SENTENCES)
    claims = [_claim(citation) for citation in citations]
    span = None if open_count else short_answer(question, ranked, parser)
    if span is None:
        return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations))
    short = ranked[0].hit.article.text[slice(*span)]
    claims.insert(0, Claim(short + _day_meant(ranked[0], span), "supported", (1,)))
    return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations), short=short)


def _with_the_last_count(question: Question, ranked: Sequence[Sentence]) -> tuple[Sequence[Sentence], bool]:
    """The ranking, led by the later of two counts: they are revised; whether two of one day are open."""
    other = next(other_counts(question, ranked), None)
    if other is None or question.moments:
        return ranked, other is not None
    if not later(other, ranked[0]):
        return ranked, not later(ranked[0], other)
    return [other, *(one for one in ranked if one is not other)], False


def _day_meant(sentence: Sentence, span: Span) -> str:
    """The day that words such as "Saturday evening" mean in their report: " (7 December 2024)"."""
    article = sentence.hit.article
    if article.day is None or _YEAR.search(article.text, *span):
        return ""
    lead = sentence.lead
    for one in resolve_dates(article.text[lead : sentence.end], article.day):
        overlaps = lead + one.start < span[1] and span[0] < lead + one.end
        if overlaps and one.since and one.until and one.until - one.since <= _ONE_DAY:
            return f" ({one.since.day} {one.since:%B %Y})"
    return ""


def _both_sides(question: Question, ranked: Sequence[Sentence], parser: Parser | None) -> Draft:
    """The best sentence on each side, shown as such, then the best of all; and what is said of no side."""

    def on(text: str, title: str) -> Side | None:
        return side(question, text, title, parser) if parser else None

    near = [one for one in ranked if one.score >= _WORTH_OF_A_SIDE * ranked[0].score]
    sides = [on(led_text(one), one.hit.article.title) for one in near]
    best = [near[sides.index(each)] for each in _SHOWN if each in sides]
    citations = _cited([*best, *chosen(question, ranked, None if best else "accounts")], MOST_SENTENCES)
    found = [on(citation.quote, citation.article.title) for citation in citations]
    claims = [_claim(citation, on) for citation, on in zip(citations, found, strict=True)]
    notices = _one_sided({*found} - {None}) if parser else ()
    return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations), notices=notices)


def _one_sided(sides: set[Side | None]) -> tuple[str, ...]:
    if not sides:
        return (NO_SIDE,)
    if len(sides) > 1:
        return ()
    return (ONE_SIDE.format("for", "against") if "for" in sides else ONE_SIDE.format("against", "for"),)


def _cited(sentences: Sequence[Sentence], most: int) -> list[Citation]:
    """At most so many quotations, each with the sentence that it leans on; no words are quoted twice.

    Behind somebody's words comes the sentence that names whose they are.
    """
    citations: list[Citation] = []
    for sentence in sentences:
        article = sentence.hit.article
        told = [one for one in citations if one.article.id == article.id]
        if len(citations) == most or any(one.start <= sentence.start < one.end for one in told):
            continue
        start = sentence.lead
        if any(start < one.end <= sentence.start for one in told):
            start = sentence.start
        citations.append(cite(len(citations) + 1, sentence.hit, start, sentence.end))
        speaker = naming(article, start, sentence.end)
        if speaker and len(citations) < most and not any(speaker[0] < one.end for one in told):
            citations.append(cite(len(citations) + 1, sentence.hit, *speaker))
    return citations


def _claim(citation: Citation, on: Side | None = None) -> Claim:
    shown = _SHOWN[on] if on else ""
    text = f"{shown}{origin(citation.article)}: {in_marks(citation.quote)}"
    return Claim(text, "supported", (citation.number,))
