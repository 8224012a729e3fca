"""Questions that an archive can answer, made from its own articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from dateline.index.embedder import Embedder
from dateline.index.snapshot import Snapshot
from dateline.search.find import find
from dateline.search.question import understand
from dateline.search.sufficiency import judge
from dateline.types import Article, Filters

_MOST_ARTICLES = 400  # the latest; enough to know what an archive is about
_NAME = re.compile(r"(?<![.“\"‘'\n] )(?<!^)\b[A-Z][a-z]+(?:[- ](?:[A-Z][a-z]+)){1,2}\b", re.MULTILINE)
_SAID = r"{}(?:,[^,.]{{3,60}},)? (?:said|told|announced|warned|promised|denied|called)\b"


def examples(snapshot: Snapshot, embedder: Embedder | None, n: int) -> list[str]:
    """Up to n questions, each about another name and each with enough evidence to be answered."""
    articles = sorted(snapshot.articles(), key=lambda a: a.day.toordinal() if a.day else 0)[-_MOST_ARTICLES:]
    found: list[str] = []
    for question in _candidates(articles):
        if len(found) == n:
            break
        asked = understand(question)
        if judge(snapshot, embedder, asked, find(snapshot, embedder, asked, Filters(), k=5)).enough:
            found.append(question)
    return found


def _candidates(articles: list[Article]) -> Iterator[str]:
    """Questions about the names that most articles share, people who speak and other names in turn."""
    outlets = {article.source for article in articles}
    told_in = defaultdict[str, set[int]](set)
    for number, article in enumerate(articles):
        for name in _NAME.findall(article.text):
            told_in[name].add(number)
    counts = Counter({name: len(where) for name, where in told_in.items() if name not in outlets})
    speakers, others = list[str](), list[str]()
    for name, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        said = re.compile(_SAID.format(re.escape(name)))
        speaks = any(said.search(articles[number].text) for number in told_in[name])
        (speakers if speaks else others).append(name)
    asked = set[str]()
    for speaker, other in zip(speakers, others, strict=False):
        for name, question in (
            (speaker, f"What did {speaker} say?"),
            (other, f"What is reported about {other}?"),
        ):
            if not asked & set(name.split()):
                asked |= set(name.split())
                yield question
