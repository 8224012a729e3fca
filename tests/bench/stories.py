"""Copies and rewrites of one report: how many are found, how many joined falsely, and at what cost.

    python tests/bench/stories.py [--part events|copies|cost|all] [--show]

events: news of ECB+, topics 1-22, without dates: pairs of one story against all other pairs. Beside the
built-in threshold, ones chosen without the topics they are scored on: the lowest with a precision of .98.

copies: articles of realtimeqa, with 500 copies among them that have another headline, a trimmed tail and one
paragraph rewritten. Joined beside: articles, not copied ones, that are in one story with another. Falsely:
that have a third of their sentences (or of a shorter one's) with no other of their story. A rewrite shares no
sentences, so this says nothing of what the embedder joins; look at it with --show.

cost: seconds for more and more articles, by words alone and with the embedder.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from pathlib import Path

import development_sets

import dateline
from dateline.config import Settings
from dateline.index import Embedder
from dateline.index.minilm import load
from dateline.index.sentences import sentences
from dateline.index.stories import InMemory, Signature, Telling, group_stories, signature, weigher
from dateline.index.stories.group import components, leads
from dateline.index.stories.likeness import COPY, SAME_EVENT, namesakes, overlap
from dateline.types import Article

SEED = 7
COPIES = 500
REPLACED = 0.35  # of the words of the rewritten paragraph: hardly five in a row are left
SAME_TEXT = 1 / 3  # of the sentences
FOLDS = 5
PRECISION = 0.98

Pair = tuple[int, int]


# -- events


def events(file: Path, embedder: Embedder) -> Iterator[str]:
    """Lines with precision, recall and F1 over pairs."""
    records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    articles = [Article(record["id"], "", record["text"]) for record in records]
    story = [record["story"] for record in records]
    yield f"ECB+ topics 1-22, {len(articles)} articles of {len(set(story))} stories"
    yield f"{'':<34}{'precision':>10}{'recall':>8}{'F1':>8}"
    places = {article.id: place for place, article in enumerate(articles)}
    for name, given in (("words alone", None), (f"with embedder, at {SAME_EVENT}", embedder)):
        together = [[places[id] for id in ids] for ids in group_stories(articles, embedder=given)]
        yield f"{name:<34}{marks(together, story)}"
    scored = [(score, pair) for pair, score in scores(articles, embedder).items()]
    together, chosen = left_out(scored, [record["topic"] for record in records], story)
    at = "/".join(f"{threshold:.2f}" for threshold in chosen)
    yield f"{f'topics left out, at {at}':<34}{marks(together, story)}"


def scores(articles: Sequence[Article], embedder: Embedder) -> dict[Pair, float]:
    """What is compared with SAME_EVENT, for each pair; copies are beyond any threshold."""
    heads = leads(articles, embedder)
    tellings = [Telling(signature(one), lead=lead) for one, lead in zip(articles, heads, strict=True)]
    postings = InMemory([telling.signature for telling in tellings])
    weigh = weigher(postings, [key for telling in tellings for key in telling.signature.keys])
    found = {}
    for pair in combinations(range(len(tellings)), 2):
        a, b = (tellings[place] for place in pair)
        assert a.lead is not None
        assert b.lead is not None
        copy = overlap(a.signature, b.signature, weigh) >= COPY
        found[pair] = 2.0 if copy else namesakes(a, b, weigh) + float(a.lead @ b.lead)
    return found


def left_out(
    scored: Sequence[tuple[float, Pair]], topics: Sequence[int], story: Sequence[str]
) -> tuple[list[list[int]], list[float]]:
    """Groups whose every topic was joined at the threshold of the other topics; those thresholds."""
    together, chosen = list[list[int]](), list[float]()
    for fold in range(FOLDS):
        rest = [one for one in scored if all(topics[place] % FOLDS != fold for place in one[1])]
        chosen.append(lowest(rest, story))
        held = [place for place, topic in enumerate(topics) if topic % FOLDS == fold]
        joined = grouped(scored, chosen[-1], held)
        together += joined
    return together, chosen


def lowest(scored: Sequence[tuple[float, Pair]], story: Sequence[str]) -> float:
    """The lowest threshold, in steps of .01, above which the groups are precise."""
    places = sorted({place for _, pair in scored for place in pair})
    return next(
        threshold / 100
        for threshold in range(80, 200)
        if precise(grouped(scored, threshold / 100, places), story)
    )


def grouped(scored: Sequence[tuple[float, Pair]], threshold: float, places: Sequence[int]) -> list[list[int]]:
    """The places, those together that a pair above the threshold leads to."""
    inside = set(places)
    pairs = (pair for score, pair in scored if score >= threshold and inside.issuperset(pair))
    first = components(max(places) + 1, pairs)
    return [[other for other in places if first[other] == place] for place in places if first[place] == place]


def counted(together: Iterable[Sequence[int]], story: Sequence[str]) -> tuple[int, int]:
    """Joined pairs, and those of one story."""
    pairs = [pair for places in together for pair in combinations(places, 2)]
    return len(pairs), sum(story[a] == story[b] for a, b in pairs)


def precise(together: Iterable[Sequence[int]], story: Sequence[str]) -> bool:
    joined, right = counted(together, story)
    return right >= PRECISION * joined


def marks(together: Iterable[Sequence[int]], story: Sequence[str]) -> str:
    """The three figures of a line."""
    joined, right = counted(together, story)
    there = sum(story[a] == story[b] for a, b in combinations(range(len(story)), 2))
    return f"{right / max(1, joined):>10.3f}{right / there:>8.3f}{2 * right / (joined + there):>8.3f}"


# -- copies


def copies(articles: Sequence[Article], embedder: Embedder, *, show: bool) -> Iterator[str]:
    """Lines with what was found of the copies, and what was joined beside them."""
    rng = random.Random(SEED)
    words = [word for article in rng.sample(articles, 50) for word in article.text.split()]
    copied = {f"{article.id} copied": article for article in rng.sample(articles, COPIES)}
    mixed = [*articles, *(rewritten(article, id, words, rng) for id, article in copied.items())]
    rng.shuffle(mixed)
    by_id = {article.id: article for article in mixed}
    yield f"realtimeqa, {len(articles)} articles and {COPIES} copies"
    yield f"{'':<34}{'copies found':>14}{'joined beside':>15}{'false joins':>13}"
    for name, given in (("words alone", None), ("with embedder", embedder)):
        stories = group_stories(mixed, embedder=given)
        place = {id: number for number, ids in enumerate(stories) for id in ids}
        found = sum(place[id] == place[article.id] for id, article in copied.items())
        beside = [ids for ids in ([id for id in ids if id not in copied] for ids in stories) if len(ids) > 1]
        false = [id for ids in beside for id in ids if strange(by_id, id, ids)]
        joined = sum(map(len, beside)) / len(articles)
        share = len(false) / len(articles)
        yield f"{name:<34}{found / COPIES:>14.3f}{joined:>15.4f}{share if given is None else '':>13.4}"
        if show:
            yield from shown([[by_id[id] for id in ids] for ids in beside])


def rewritten(article: Article, id: str, words: Sequence[str], rng: random.Random) -> Article:
    """A copy of 50-80 % of the article, a paragraph of it in other words, under another headline."""
    kept = article.text[: int(len(article.text) * rng.uniform(0.5, 0.8))]
    paragraphs = kept.split("\n\n")
    chosen = rng.randrange(len(paragraphs))
    own = paragraphs[chosen].split()
    paragraphs[chosen] = " ".join(rng.choice(words) if rng.random() < REPLACED else word for word in own)
    return replace(article, id=id, title=" ".join(rng.sample(words, 7)), text="\n\n".join(paragraphs))


def strange(by_id: Mapping[str, Article], id: str, story: Sequence[str]) -> bool:
    """True when the article shares a third of the shorter text's sentences with no other of its story."""
    own, others = said(by_id[id]), [said(by_id[other]) for other in story if other != id]
    return all(len(own & told) < SAME_TEXT * min(len(own), len(told)) for told in others)


def said(article: Article) -> set[str]:
    """The sentences of an article."""
    return {" ".join(article.text[start:end].split()) for start, end in sentences(article.text)}


def shown(stories: Iterable[Sequence[Article]]) -> Iterator[str]:
    """The headlines of each story."""
    for story in stories:
        yield ""
        yield from (f"    {article.day}  {article.title}" for article in story)


# -- cost


def cost(articles: Sequence[Article], embedder: Embedder) -> Iterator[str]:
    """Lines with the seconds."""
    yield f"{'articles':>10}{'signatures':>12}{'words alone':>13}{'with embedder':>15}   seconds"
    for count in (1000, 2000, 4000, 8000):
        some = articles[:count]
        works = (partial(signatures, some), partial(group_stories, some))
        taken = [seconds(work) for work in (*works, partial(group_stories, some, embedder=embedder))]
        yield f"{len(some):>10}{taken[0]:>12.1f}{taken[1]:>13.1f}{taken[2]:>15.1f}"


def signatures(articles: Iterable[Article]) -> list[Signature]:
    """What each article is found by."""
    return [signature(article) for article in articles]


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("events", "copies", "cost", "all"), default="all")
    parser.add_argument("--show", action="store_true", help="headlines of what was joined beside the copies")
    parser.add_argument("--limit", type=int, help="articles of realtimeqa")
    given = parser.parse_args()
    embedder = load(Settings.from_environment(), say=print)
    parts: dict[str, Iterator[str]] = {}
    if given.part in ("events", "all") and (folder := development_sets.find("stories")):
        parts["events"] = events(folder / "ecbplus_1-22.jsonl", embedder)
    if given.part != "events" and (folder := development_sets.find("realtimeqa-2024")):
        print(f"reading {folder}", file=sys.stderr)
        read = dateline.read(folder / "articles.jsonl.gz")
        articles = [one for one in read if isinstance(one, Article)][: given.limit]
        parts["copies"] = copies(articles, embedder, show=given.show)
        parts["cost"] = cost(articles, embedder)
    for name, lines in parts.items():
        if given.part in (name, "all"):
            for line in lines:
                print(line, flush=True)
            print()


if __name__ == "__main__":
    main()
