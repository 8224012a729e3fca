"""Which further sentences are quoted: those that add something to the ones before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dateline.answer.otherwise import in_any_words
from dateline.answer.quoted.candidates import candidates, wanted
from dateline.answer.quoted.leading import ANSWERS, WORTH
from dateline.answer.quoted.likeness import about_the_same, alike, in_part, led_text
from dateline.answer.quoted.own_words import is_own
from dateline.search import Question, Sentence, Several
from dateline.search.kinds import asks_why, fit, tells

MOST_SENTENCES = 3
MOST_OF_SEVERAL = 5  # where several things are asked for, each in an article of its own
# Of several things: to one that adds something, of the best one's score; sentences that an article may add.
_WORTH_OF: dict[Several | None, float] = {"statements": 0.5, "list": 0.5, "accounts": 0.4}
_EACH: dict[Several | None, int] = {"statements": 1, "list": 1, "accounts": 2}
_WORTH_OF_A_COUNT = 0.5
_AS_GOOD = 0.85  # of the best sentence's score, to any other: it may be the better answer
_NEWS = 0.15  # of the question's weight: a sentence that holds as much of what the others lack adds something
_COUNTING = frozenset("count estim talli".split())  # stems, said of a number, whatever it is of
_REVISING = frozenset("rose risen rais revis climb".split())  # to a number, without what is counted
_UNNAMED = 0.5  # of the worth of a number beside which what is counted stands
_REVISED = 0.6  # of what else must be said of it, there
_BESIDE = 400  # characters from a sentence to the reason for it


def chosen(question: Question, ranked: Sequence[Sentence], kind: Several | None) -> list[Sentence]:
    """The best sentence; then, while there are any, the best that adds something, or else one as good.

    Where there may be several of a `kind`, each of an article of its own adds something.
    """
    best = max(one.score for one in ranked)
    worth = _WORTH_OF.get(kind, WORTH)
    taken = [ranked[0], *_reason_beside(question, ranked), *other_counts(question, ranked)]
    left = [one for one in ranked[1:] if one.score >= worth * best and not in_part(one.text)]
    left = [one for one in left if about_the_same(question, ranked[0], one)]
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


def _reason_beside(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """Where a reason is asked for and the best sentence has none: the nearest one of its article that has."""
    first = ranked[0]
    if not asks_why(question) or tells(question, led_text(first)):
        return
    near = [
        one
        for one in ranked[1:]
        if one.hit.article.id == first.hit.article.id
        and max(one.lead - first.end, first.lead - one.end) <= _BESIDE
        and tells(question, led_text(one))
        and not in_part(one.text)
    ]
    if near:
        yield min(near, key=lambda one: abs(one.start - first.start))


def other_counts(question: Question, ranked: Sequence[Sentence]) -> Iterator[Sentence]:
    """The best sentence of another article with another number of what is counted: reports often differ."""
    want = wanted(question, ranked)
    if want is None or want.asked.kind != "count" or not want.asked.counted:
        return

    def counts(sentence: Sentence) -> set[tuple[str, ...]]:
        least = ANSWERS if sentence.stems.isdisjoint(_REVISING) else ANSWERS * _UNNAMED
        return {one.key for one in candidates(want, sentence) if one.worth >= least}

    def said(sentence: Sentence) -> float:
        return sum(in_any_words(want.relation, sentence.stems).values())

    first = ranked[0]
    known, least = counts(first), _AS_GOOD * said(first)
    for one in ranked[1:] if known else ():
        if one.hit.article.id == first.hit.article.id or not about_the_same(question, first, one):
            continue
        revises = _REVISED if not one.stems.isdisjoint(_REVISING) else 1.0
        same = said(one) >= revises * least or not one.stems.isdisjoint(_COUNTING)
        if same and one.score >= _WORTH_OF_A_COUNT * first.score and counts(one) - known:
            yield one
            return


def later(one: Sentence, other: Sentence) -> bool:
    """Whether the first one's article is of a later day."""
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


def in_order(chosen: Sequence[Sentence]) -> list[Sentence]:
    """The best first; after it more of its article, then the other articles, each in its own order."""
    best, *others = chosen
    articles = list(dict.fromkeys(one.hit.article.id for one in chosen))
    return [best, *sorted(others, key=lambda one: (articles.index(one.hit.article.id), one.start))]


def in_time(chosen: Sequence[Sentence]) -> list[Sentence]:
    """As they were told: by day, and in each article in its order."""
    return sorted(chosen, key=lambda one: (one.hit.article.day or date.min, one.hit.article.id, one.start))
