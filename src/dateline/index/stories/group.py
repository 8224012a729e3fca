"""Articles → stories, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise

from dateline.index.embedder import Embedder, Vectors
from dateline.index.split import split
from dateline.index.stories.likeness import LEAD, SAME_EVENT, Telling, issues_of, lead_of, namesakes, relation
from dateline.index.stories.postings import InMemory, candidates, weigher
from dateline.index.stories.signatures import signature
from dateline.types import Article


def group_stories(articles: Iterable[Article], *, embedder: Embedder | None = None) -> list[list[str]]:
    """Ids of the articles, copies and rewrites of one report together; alone is a list of one.

    Every id is in one list; ids in a list and the lists are in order of first appearance. Which articles
    are together does not depend on their order. Without an embedder only copies are found, also shortened
    and partly rewritten ones: a report told in other words needs one. Of two articles with one id the
    second is left out.
    """
    by_id: dict[str, Article] = {}
    for article in articles:
        by_id.setdefault(article.id, article)
    ids = sorted(by_id)
    joined = _joined([by_id[id] for id in ids], embedder)
    story = {ids[number]: first for number, first in enumerate(joined)}
    stories: dict[int, list[str]] = {}
    for id in by_id:
        stories.setdefault(story[id], []).append(id)
    return list(stories.values())


def _joined(articles: Sequence[Article], embedder: Embedder | None) -> list[int]:
    """For each article the number of its story."""
    tellings = [Telling(signature(article), article.day, issues_of(article.title)) for article in articles]
    postings = InMemory([telling.signature for telling in tellings])
    weigh = weigher(postings, [key for telling in tellings for key in telling.signature.keys])
    pairs = sorted(
        {
            (min(number, other), max(number, other))
            for number, telling in enumerate(tellings)
            for other in candidates(telling.signature, postings)
            if other != number
        }
    )
    related = [(a, b) for a, b in pairs if relation(tellings[a], tellings[b], weigh)]
    if embedder:
        alike = [(a, b) for a, b in pairs if namesakes(tellings[a], tellings[b], weigh) >= SAME_EVENT - 1]
        numbers = sorted({number for pair in alike for number in pair})
        heads = leads([articles[number] for number in numbers], embedder)
        for number, lead in zip(numbers, heads, strict=True):
            tellings[number] = replace(tellings[number], lead=lead)
        related += [(a, b) for a, b in alike if relation(tellings[a], tellings[b], weigh)]
    return components(len(articles), related)


def leads(articles: Sequence[Article], embedder: Embedder) -> Iterator[Vectors | None]:
    """What the head of each article means."""
    heads = [[passage.text for passage in split(article)[:LEAD]] for article in articles]
    rows = embedder.embed_queries(list(chain.from_iterable(heads)))
    ends = accumulate(map(len, heads), initial=0)
    return (lead_of(rows[start:end]) for start, end in pairwise(ends))


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each number the lowest that pairs lead to from it."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = number = parent[parent[number]]
        return number

    for pair in pairs:
        low, high = sorted(map(root, pair))
        parent[high] = low
    return [root(number) for number in range(count)]
