"""Notices of correction, and what they correct: no sentence that was taken back is evidence of the present.

A notice stands in the corrected article itself ("An earlier version of this story misstated ..."), or is an
article of its own that names the headline, or the day, of what it corrects.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.dates import resolve_dates
from dateline.index.snapshot import Snapshot
from dateline.index.split import passage_of
from dateline.patterns import lazy
from dateline.search.question import content_terms
from dateline.search.sentences import lead
from dateline.types import Article, Filters, Hit
from dateline.verification.tokens import Token, tokens

_MARK = (
    r"(?:Correction|Clarification|CORRECTION|CLARIFICATION|Corrections and clarifications)s?\s*(?::|[-–—]\s)"
)
_THIS = r"this\s+(?:story|article|report|post|piece|column)"
_NOTICE = lazy(
    rf"(?:^|(?<=\n)|(?<=[.!?”\"*)]\s))[*_(\[]*(?:{_MARK}|Editor[’']s\s+note:[^\n]*?\bcorrect"
    rf"|(?:An?|The)\s+(?:earlier|previous|prior|original)\s+version\s+of\s+{_THIS}\b"
    rf"|(?i:{_THIS}\s+(?:has\s+been|was)\s+(?:corrected|updated\s+to\s+correct)))[^\n]*"
)
_HEADLINE = lazy(r"[\"“‘]([^\"”’\n]{8,200}?)[,.]?[\"”’]")
# What was wrong: after these words, up to the end of the clause.
_ERRED = r"\b(?:incorrectly|mistakenly|wrongly|erroneously|inaccurately)\s+"
_CONTRAST = r"(?:(?<!did\s)(?<!do\s)(?<!does\s)\bnot|\brather\s+than|\binstead\s+of)"
_WRONG = lazy(
    rf"(?:(?P<contrast>{_CONTRAST})|{_ERRED}(?:\w+\s+){{1,3}}?that|{_ERRED}\w+)\s+"
    rf"(?P<said>[^;]+?)(?=[.;](?:\s|$)|,\s|\s+(?:rather\s+than|instead\s+of)\b|$)",
    re.IGNORECASE,
)
_LATE = 60  # days after which a notice corrects no report that it names by its day alone
_ABOUT = 2  # words that a notice shares with the headline of such a report


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice: `article.text[start:end]`, and the id of the article that it corrects."""

    article: Article
    start: int
    end: int
    corrects: Article

    @property
    def text(self) -> str:
        """The notice, as printed."""
        return self.article.text[self.start : self.end]

    @property
    def short(self) -> str:
        """The part of the notice that says what is wrong; its beginning, where none does."""
        lines = [line for one in self.text.split("\n") for line in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", one)]
        said = [line for line in lines if _WRONG.search(line)] or lines
        return " ".join(said[0].split())

    def takes_back(self, sentence: str) -> bool:
        """True for a sentence of the corrected article that says what the notice calls wrong."""
        wrong, right = _values(self.text)
        held = {key for token in tokens(sentence) if (key := _key(token))}
        common = {*content_terms(sentence)} & {*content_terms(self.text)}
        return bool(held & (wrong - right)) and bool(common - held)


def corrections(snapshot: Snapshot, articles: Collection[Article], filters: Filters) -> list[Correction]:
    """The notices that correct these articles: their own, and those of other articles inside the limits."""
    own = [
        Correction(article, *found.span(), corrects=article)
        for article in articles
        if article.kind != "correction"
        for found in _NOTICE.finditer(article.text)
    ]
    others = [
        Correction(notice, 0, len(notice.text.rstrip()), corrects=article)
        for notice in snapshot.corrections
        if filters.until is None or (notice.day and notice.day <= filters.until)
        for article in articles
        if article.id != notice.id and _names(notice, article)
    ]
    return own + others


def _names(notice: Article, article: Article) -> bool:
    """Whether a notice corrects the article: by its headline, or by outlet, day and subject."""
    if article.kind == "correction" or (notice.source or "").casefold() != (article.source or "").casefold():
        return False
    if article.day and notice.day and article.day > notice.day:
        return False
    title = _folded(article.title)
    if any(_folded(found[1]) == title for found in _HEADLINE.finditer(notice.text)):
        return True
    if not (article.day and notice.day) or (notice.day - article.day).days > _LATE:
        return False
    told = (span.since for span in resolve_dates(notice.text, notice.day) if span.grain == "day")
    shared = {*content_terms(article.title)} & {*content_terms(f"{notice.title} {notice.text}")}
    return article.day in told and len(shared) >= _ABOUT


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _values(notice: str) -> tuple[set[str], set[str]]:
    """The numbers and names that a notice calls wrong, and those that it gives in their place."""
    wrong, right, place = set[str](), set[str](), 0
    for found in _WRONG.finditer(notice):
        if place and found["contrast"] and not notice[place : found.start()].strip():
            continue  # "wrongly said 15 instead of 12"
        wrong |= _keys(found["said"])
        right |= _keys(notice[place : found.start("said")])
        place = found.end("said")
    return wrong, right | _keys(notice[place:])


def _keys(text: str) -> set[str]:
    return {key for token in tokens(text) if (key := _key(token))}


def _key(token: Token) -> str | None:
    """What numbers of the same value and names share."""
    if token.quantity:
        return f"number {token.quantity.value.normalize()}"
    return token.key if token.kind in ("name", "date") else None


def without_corrected(hits: Sequence[Hit], notices: Sequence[Correction]) -> list[Hit]:
    """The hits without the sentences that a notice takes back, in new ranks."""
    kept = [
        one for hit in hits for one in _kept(hit, [each for each in notices if each.corrects == hit.article])
    ]
    return [replace(hit, rank=rank) for rank, hit in enumerate(kept, 1)]


def _kept(hit: Hit, notices: Sequence[Correction]) -> Iterator[Hit]:
    if not notices:
        yield hit
        return
    run: list[tuple[int, int]] = []
    for start, end in (*hit.passage.sentences, (-1, -1)):
        if start >= 0 and not any(_taken_back(one, hit.article, start, end) for one in notices):
            run.append((start, end))
            continue
        if run:
            passage = passage_of(hit.article, run)
            told = tuple(span for span in hit.told if passage.start <= span.start < passage.end)
            yield replace(hit, passage=passage, told=told)
        run = []


def _taken_back(notice: Correction, article: Article, start: int, end: int) -> bool:
    inside = notice.article.id == article.id and notice.start < end and start < notice.end
    return not inside and notice.takes_back(article.text[lead(article.text, start, end) : end])


def told(notice: Correction) -> str:
    """The notice in one line, with the days of both reports."""
    article = notice.article
    source = article.source or f"“{article.title}”"
    origin = f"{source} ({_day(article.day)})" if article.day else source
    if article.id == notice.corrects.id:
        return f"{origin} carries a correction: “{notice.short}”"
    of = f" its report of {_day(notice.corrects.day)}" if notice.corrects.day else ""
    return f"{origin} corrected{of}: “{notice.short}”"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
