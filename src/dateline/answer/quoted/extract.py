"""An answer without a language model: the best one to three sentences, quoted and cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.answer.draft import Draft, compose
from dateline.answer.otherwise import in_any_words, weights_of
from dateline.answer.quoted.candidates import candidates, wanted, wanted_each
from dateline.answer.quoted.own_words import is_own
from dateline.answer.quoted.short import short_answer
from dateline.answer.quoted.sides import Side, is_yes_or_no, side
from dateline.answer.quoted.speaker import naming
from dateline.answer.quotes import cite
from dateline.dates import resolve_dates
from dateline.index.sentences import Span
from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.search import Question, Sentence, Several, several
from dateline.search.kinds import asks_why, fit, tells
from dateline.search.nearby import freshness
from dateline.search.which import same_one
from dateline.text import Parser
from dateline.types import Article, Citation, Claim

MOST_SENTENCES = 3
MOST_OF_SEVERAL = 5  # where several things are asked for, each in an article of its own
ONE_SIDE = "The articles that were found speak {} it; none was found that speaks {} it."
NO_SIDE = "None of the sentences found says yes or no in so many words."

_WORTH = 0.7  # of the best sentence's score, to a sentence that adds something; below, it is off the point
_WORTH_OF: dict[Several | None, float] = {
    "statements": 0.5,
    "list": 0.5,
    "accounts": 0.4,
}  # of several things
_EACH: dict[Several | None, int] = {
    "statements": 1,
    "list": 1,
    "accounts": 2,
}  # sentences that an article may add
_COUNTING = frozenset("count estim talli".split())  # stems, said of a number, whatever it is of
_REVISING = frozenset("rose risen rais revis climb".split())  # to a number, without what is counted
_UNNAMED = 0.5  # of the worth of a number beside which what is counted stands
_REVISED = 0.6  # of what else must be said of it, there
_BESIDE = 400  # characters from a sentence to the reason for it
_WORTH_OF_A_SIDE = _WORTH_OF_A_COUNT = 0.5
_AS_GOOD = 0.85  # of the best sentence's score, to any other: it may be the better answer
_NEWS = 0.15  # of the question's weight: a sentence that holds as much of what the others lack adds something
_LEADS = 0.8  # of the best score, to a sentence that may come first because it has what is asked for
_ANSWERS, _HARDLY = 0.4, 0.25  # worth of a string that clearly answers; below which it does not
_NAMES_IT = 0.7  # of score, to a sentence that has one
_FRESH = 1.0  # to one that has a string of the kind and is fresh, where the latest is asked for
_TELLS = 1.0  # to one that gives the reason or definition asked for
_IN_PART = 0.3  # from what is no sentence: a headline
_ANNOUNCES = 0.6  # from a line that ends in a colon: what it announces stands behind it
_COUNTED = lazy(r"\b(?:(?:19|20)\d\d|second|third|fourth|fifth)\b", re.IGNORECASE)
WHOLE = lazy(r"[.!?。！？][\"'”’»)\]]*$")
_OWN = 0.6  # of score, to a speaker's own words
_YEAR = lazy(r"\b[12]\d{3}\b")
_ONE_DAY = timedelta(days=1)
_ROW = lazy(r"^[^:.]{2,60}: [^:]*\d[^:]*$")
_ANOTHER = 0.2  # from one that lacks the question's year, or its "first"
_SAME = 0.6  # share of common words (Jaccard) beyond which two sentences say the same
_SHOWN: dict[Side, str] = {"for": "For: ", "against": "Against: "}


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
    ranked = _best_first(question, _own_words(question, ranked))
    if is_yes_or_no(question):
        return _both_sides(question, ranked, parser())
    other = next(_other_counts(question, ranked), None)
    if other and not question.moments and _later(other, ranked[0]):
        ranked = [
            other,
            *(one for one in ranked if one is not other),
        ]  # a count is revised: the last one holds
        other = None
    kind = several(question)
    chosen = _chosen(question, ranked, kind)
    in_time = kind == "statements" and not is_own(question, ranked[0])
    shown = _in_time(chosen) if in_time else _in_order(chosen)
    citations = _cited(shown, MOST_OF_SEVERAL if kind else MOST_SENTENCES)
    claims = [_claim(citation) for citation in citations]
    span = None if other else short_answer(question, ranked, parser)  # of two counts, none is the answer
    if span is None:
        return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations))
    short = ranked[0].hit.article.text[slice(*span)]
    claims.insert(0, Claim(short + _day_meant(ranked[0], span), "supported", (1,)))
    return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations), short=short)


def _own_words(question: Question, ranked: Sequence[Sentence]) -> Sequence[Sentence]:
    """Where it is asked what somebody said, their own words come before those of others about them."""
    best = ranked[0]
    scored = [
        replace(
            one, score=one.score + _OWN * (is_own(question, one) and _about_the_same(question, best, one))
        )
        for one in ranked
    ]
    return sorted(scored, key=lambda one: -one.score)


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
    sides = [on(_text(one), one.hit.article.title) for one in near]
    best = [near[sides.index(each)] for each in _SHOWN if each in sides]
    citations = _cited([*best, *_chosen(question, ranked, None if best else "accounts")], MOST_SENTENCES)
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


def _best_first(question: Question, ranked: Sequence[Sentence]) -> list[Sentence]:
    """The ranking, led by one about as good as the best that answers: it has what is asked for.

    That is a string of the kind, where the question's words are, of each kind where there are two; the reason
    or definition; and it is of the one that is asked about, not of another year, nor of other names than the
    best.
    """
    wants, weights = wanted_each(question, ranked), weights_of(question, ranked)

    def value(sentence: Sentence, fresh: float) -> float:
        worths = [[one.worth for one in candidates(want, sentence)] for want in wants]
        named = sum(min(1.0, max(each) / _ANSWERS) for each in worths if each and max(each) >= _HARDLY)
        news = fresh * sum(map(bool, worths))
        otherwise = sum(in_any_words(weights, sentence.stems).values()) - sum(sentence.holds.values())
        reason = _TELLS if tells(question, _text(sentence)) else 0.0
        another = 0.0 if same_one(question, sentence) else _ANOTHER
        part = _in_part(sentence.text)
        gained = (_NAMES_IT * named + _FRESH * news) / max(1, len(wants))
        return sentence.score - part + gained + otherwise + reason - another

    best = next(_of_its_number(question, ranked), ranked[0])
    good = [
        (one, fresh)
        for one, fresh in zip(ranked, freshness(question, ranked), strict=True)
        if one.score >= _LEADS * best.score and _about_the_same(question, best, one)
    ]
    first, _ = max(good, key=lambda one: value(*one))
    return [first, *(one for one in ranked if one is not first)]


def _in_part(text: str) -> float:
    """What a text loses that is no sentence; a row of a table, "Harbour: 72 percent", is as good as one."""
    if text.rstrip().endswith(":"):
        return _ANNOUNCES
    return 0.0 if WHOLE.search(text) or _ROW.match(text) else _IN_PART


def _of_its_number(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences on the point that are of the one whose year or number is named: "the 2018 World Cup"."""
    if not _COUNTED.search(question.text):
        return iter(())
    return (one for one in ranked if one.score >= _WORTH * ranked[0].score and same_one(question, one))


def _chosen(question: Question, ranked: Sequence[Sentence], kind: Several | None) -> list[Sentence]:
    """The best sentence; then, while there are any, the best that adds something, or else one as good.

    Where there may be several of a `kind`, each of an article of its own adds something.
    """
    best = max(one.score for one in ranked)
    worth = _WORTH_OF.get(kind, _WORTH)
    taken = [ranked[0], *_reason_beside(question, ranked), *_other_counts(question, ranked)]
    left = [one for one in ranked[1:] if one.score >= worth * best and not _in_part(one.text)]
    left = [one for one in left if _about_the_same(question, ranked[0], one)]
    if is_own(question, ranked[0]):
        left = [one for one in left if is_own(question, one)]
    while len(taken) < (MOST_OF_SEVERAL if kind else MOST_SENTENCES):
        left = [one for one in left if not any(alike(one, other) for other in taken)]
        new = [one for one in left if _adds(question, taken, one, _EACH.get(kind, 0))]
        new.sort(key=lambda one: _taken_of(taken, one) if kind else 0)
        also = new or [one for one in left if one.score >= _AS_GOOD * best]
        if not also:
            break
        taken.append(also[0])
        left.remove(also[0])
    return taken


def _about_the_same(question: Question, first: Sentence, other: Sentence) -> bool:
    """Whether another sentence is of all the names that the first is of, and of the same "second" or year."""
    same = same_one(question, other) or not same_one(question, first)
    return same and _named(question, first) <= _named(question, other)


def _named(question: Question, sentence: Sentence) -> set[str]:
    """The names of the question that a sentence's passage or its headline has: it is about them."""
    around = terms(f"{sentence.hit.article.title} {sentence.hit.passage.text}")
    return {*terms(" ".join(question.names))} & {*sentence.stems, *around}


def _reason_beside(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """Where a reason is asked for and the best sentence has none: the nearest one of its article that has."""
    first = ranked[0]
    if not asks_why(question) or tells(question, _text(first)):
        return
    near = [
        one
        for one in ranked[1:]
        if one.hit.article.id == first.hit.article.id
        and max(one.lead - first.end, first.lead - one.end) <= _BESIDE
        and tells(question, _text(one))
        and not _in_part(one.text)
    ]
    if near:
        yield min(near, key=lambda one: abs(one.start - first.start))


def _other_counts(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """The best sentence of another article with another number of what is counted: reports often differ."""
    want = wanted(question, ranked)
    if want is None or want.asked.kind != "count" or not want.asked.counted:
        return

    def counts(sentence: Sentence) -> set[tuple[str, ...]]:
        least = _ANSWERS if sentence.stems.isdisjoint(_REVISING) else _ANSWERS * _UNNAMED
        return {one.key for one in candidates(want, sentence) if one.worth >= least}

    def said(sentence: Sentence) -> float:
        return sum(in_any_words(want.relation, sentence.stems).values())

    first = ranked[0]
    known, least = counts(first), _AS_GOOD * said(first)
    for one in ranked[1:] if known else ():
        if one.hit.article.id == first.hit.article.id or not _about_the_same(question, first, one):
            continue
        revises = _REVISED if not one.stems.isdisjoint(_REVISING) else 1.0
        same = said(one) >= revises * least or not one.stems.isdisjoint(_COUNTING)
        if same and one.score >= _WORTH_OF_A_COUNT * first.score and counts(one) - known:
            yield one
            return


def _later(one: Sentence, other: Sentence) -> bool:
    days = one.hit.article.day, other.hit.article.day
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _taken_of(taken: Sequence[Sentence], sentence: Sentence) -> int:
    """How many sentences of its article are taken."""
    return sum(one.hit.article.id == sentence.hit.article.id for one in taken)


def _adds(question: Question, taken: Sequence[Sentence], sentence: Sentence, each: int) -> bool:
    if _taken_of(taken, sentence) < each:
        return True
    told = frozenset[str]().union(*(one.holds for one in taken))
    if sum(weight for term, weight in sentence.holds.items() if term not in told) >= _NEWS:
        return True
    joined = " ".join(one.text for one in taken)
    more = f"{joined} {sentence.text}"
    return fit(question, more) > fit(question, joined) or tells(question, more) > tells(question, joined)


def _in_order(chosen: Sequence[Sentence]) -> list[Sentence]:
    """The best first; after it more of its article, then the other articles, each in its own order."""
    best, *others = chosen
    articles = list(dict.fromkeys(one.hit.article.id for one in chosen))
    return [best, *sorted(others, key=lambda one: (articles.index(one.hit.article.id), one.start))]


def _in_time(chosen: Sequence[Sentence]) -> list[Sentence]:
    """As they were told: by day, and in each article in its order."""
    return sorted(chosen, key=lambda one: (one.hit.article.day or date.min, one.hit.article.id, one.start))


def alike(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences say the same, by their words."""
    return len(one.stems & other.stems) > _SAME * len(one.stems | other.stems)


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


def _text(sentence: Sentence) -> str:
    """With the sentence that it leans on."""
    return sentence.hit.article.text[sentence.lead : sentence.end]


def in_marks(quote: str) -> str:
    """In quotation marks, unless it opens with its own: a speaker's words, and who said them."""
    return quote if quote[0] in "\"“'‘«„" else f"“{quote}”"


def origin(article: Article) -> str:
    """Outlet, kind and day as a reader would say them: "Harbor Wire, opinion, 8 Feb 2019"."""
    day = f"{article.day.day} {article.day:%b %Y}" if article.day else "undated"
    return ", ".join(filter(None, (article.source or f"“{article.title}”", article.kind, day)))
