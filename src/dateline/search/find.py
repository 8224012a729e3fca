"""Question → Hits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import exp

from dateline.index.embedder import Embedder
from dateline.index.sentences import Span
from dateline.index.snapshot import Snapshot
from dateline.search.fusion import Found, Search, ranked
from dateline.search.nearby import preferred, pulled_to, speaking_of
from dateline.search.query import about, queries
from dateline.search.question import Question
from dateline.search.reranker import Reranker
from dateline.search.second import missing_name
from dateline.search.shares import Shares
from dateline.search.told import dated
from dateline.search.weights import WEIGHTS, Weights
from dateline.search.windows import evidence, windows
from dateline.types import Filters, Hit
from dateline.verification.orders import reports

WINDOW_WORDS = 100  # of a hit, where hits are counted
_PULL = 1 / 3  # of the weight of being fresh, where a question asks for the latest of any time
_RERANKED = 50  # sentences that a reranker sees
_MANY = 3  # articles that tell a story; where two do, a question is often about what each of them says


def find(
    snapshot: Snapshot,
    embedder: Embedder | None,
    question: Question,
    filters: Filters,
    *,
    k: int = 10,
    words: int | None = None,
    window: int = WINDOW_WORDS,
    of_story: int | None = None,
    today: date | None = None,
    reranker: Reranker | None = None,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """The best passages, best first: k of at most `window` words; with `words`, as many as fit into these.

    Evidence inside a budget is sentences, not windows: so it holds the most facts; what an article asks or
    orders is none. Without an embedder the words alone decide. A question of several parts is searched whole
    and by part, and every search has votes, so that each part finds its evidence; then, where the evidence
    names what the question only describes, by part once more, with that name. Asked as of `today`, fresh news
    comes first where it tells about as much; where the question names days, news of these days; where it asks
    for the latest or the first, the latest or the first of its best sentences.
    Of a story that three articles or more tell, `of_story` hits are shown at most, where that is given: its
    copies, however many there are, can't fill the evidence.
    Raises RerankerMissing when the reranker fails.
    """
    first, last = preferred(question.moments, today)
    search = Search(snapshot, filters, last, weights, first)
    rankings = [ranked(search, query) for query in queries(question, embedder, weights.whole)]
    found = _elected(rankings, weights.fall)
    if name := missing_name(question, found):
        rankings += [ranked(search, query) for query in about(name, question, embedder)]
        found = _elected(rankings, weights.fall)
    if search.today is None and (day := pulled_to(question.pull, found)):
        search.today, search.weights = day, replace(weights, fresh=_PULL * weights.fresh)
        rankings = [ranked(search, query) for query in queries(question, embedder, weights.whole)]
        found = _elected(rankings, weights.fall)
    found = speaking_of(question.moments, found)
    if reranker:
        found = _reranked(reranker, question, found)
    stories, most = ({}, 0) if of_story is None else (_stories(snapshot, found), of_story)
    found = _of_best_passages(found, stories, most)
    shares = Shares(snapshot, filters)
    if words is None:
        hits = windows(snapshot, found, k, window, shares)
    else:
        reported = [one for one in found if reports(one.article.text[slice(*one.span)])]
        hits = evidence(snapshot, reported, words, shares)
    return dated(snapshot, _few(hits, stories, most), filters)


def _stories(snapshot: Snapshot, found: Iterable[Found]) -> dict[str, int]:
    """The story of each article that tells one with at least `_MANY` in all."""
    stories = snapshot.stories
    tellers = Counter(stories.values())
    owners = {one.owner: one.article.id for one in found if one.owner in stories}
    return {id: stories[owner] for owner, id in owners.items() if tellers[stories[owner]] >= _MANY}


def _of_best_passages(found: Iterable[Found], stories: Mapping[str, int], most: int) -> list[Found]:
    """The sentences, but of each of the stories only those of its best passages in the index."""
    shown: dict[int, set[str]] = defaultdict(set)
    kept: list[Found] = []
    for one in found:
        story = stories.get(one.article.id)
        if story is not None:
            if len(shown[story]) == most and one.passage.id not in shown[story]:
                continue
            shown[story].add(one.passage.id)
        kept.append(one)
    return kept


def _few(hits: Iterable[Hit], stories: Mapping[str, int], most: int) -> list[Hit]:
    """The hits, so many of each of the stories; of one passage there are several where not all was taken."""
    shown: Counter[int] = Counter()
    kept: list[Hit] = []
    for hit in hits:
        story = stories.get(hit.article.id)
        if story is not None:
            shown[story] += 1
            if shown[story] > most:
                continue
        kept.append(replace(hit, rank=len(kept) + 1))
    return kept


def _reranked(reranker: Reranker, question: Question, found: list[Found]) -> list[Found]:
    """The best sentences by the reranker's scores of their passages; those behind them as they were.

    Each takes the score of the place that it comes to.
    """
    head = found[:_RERANKED]
    scores = reranker.scores(question.text, [one.passage.text for one in head])
    order = sorted(range(len(head)), key=lambda n: -scores[n])
    better = [replace(head[n], score=head[place].score) for place, n in enumerate(order)]
    return better + found[_RERANKED:]


def _elected(rankings: Sequence[Sequence[Found]], fall: float) -> list[Found]:
    """Sentences by the sum of their votes: of each ranking 1 for its best, fewer the further below it.

    So what one part asks for is not outdone by what is good enough for all, as in a sum of scores.
    """
    votes: dict[tuple[int, Span], float] = defaultdict(float)
    first: dict[tuple[int, Span], Found] = {}
    for ranking in rankings:
        for one in ranking:
            votes[one.owner, one.span] += exp((one.score - ranking[0].score) / fall)
            first.setdefault((one.owner, one.span), one)
    elected = sorted(votes, key=lambda place: -votes[place])
    return [replace(first[place], score=votes[place]) for place in elected]
