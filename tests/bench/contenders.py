"""What is compared: dateline's search, its vectors alone, its words alone, and LlamaIndex's retrievers.

Each contender is a function question → texts, best first. Indexes are made once and kept in a folder.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import dateline
from dateline.answering import EVIDENCE_WORDS
from dateline.archive import Archive
from dateline.config import Settings
from dateline.errors import IndexMismatch, IndexMissing
from dateline.index import Embedder, Snapshot
from dateline.index.minilm import load
from dateline.index.split import split
from dateline.index.words import terms
from dateline.measure import Question
from dateline.search import rank, understand
from dateline.search.question import content_terms
from dateline.search.sentences import held, shares
from dateline.types import Article, Filters, Hit, Passage

if TYPE_CHECKING:
    from llama_contenders import Condition

Search = Callable[[Question], Sequence[str]]
Read = tuple[Passage, Article]


def embedder() -> Embedder:
    """dateline's own."""
    return load(Settings.from_environment(), say=lambda line: print(line, file=sys.stderr))


@dataclass(frozen=True, slots=True)
class Index:
    """dateline's index of a set: what its users see of it, and what lies inside."""

    archive: Archive
    snapshot: Snapshot
    embedder: Embedder


def indexed(articles: Path, folder: Path, embedder: Embedder, most: int | None = None) -> Index:
    """dateline's index of the articles, or the first of them; one that is in the folder already is kept.

    One that this program can't read is made again.
    """
    with suppress(IndexMissing, IndexMismatch):
        return opened(folder, embedder)
    shutil.rmtree(folder, ignore_errors=True)
    file = articles if most is None else first(articles, most, folder.with_name("articles.jsonl"))
    dateline.build(file, folder, embedder=embedder, progress=progress)
    print(file=sys.stderr)
    return opened(folder, embedder)


def progress(stage: str, done: int, total: int | None) -> None:
    """Writes over the line that tells how far the indexing is."""
    print(f"\r{stage}: {done:,}{f' of {total:,}' if total else ''}   ", end="", file=sys.stderr)


def opened(folder: Path, embedder: Embedder) -> Index:
    """The index in a folder, without language model and reranker."""
    archive = dateline.open(folder, embedder=embedder, llm="none", reranker="none")
    return Index(archive, Snapshot(folder), embedder)


def first(articles: Path, most: int, file: Path) -> Path:
    """The file, with so many of the articles' lines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = articles.read_bytes()
    if articles.suffix == ".gz":
        lines = gzip.decompress(lines)
    file.write_bytes(b"".join(lines.splitlines(keepends=True)[:most]))
    return file


# -- passages


def windows(index: Index, words: int, *, headline: bool = False) -> Search:
    """dateline's hits of at most so many words, found as of the day of the question."""

    def search(question: Question) -> list[str]:
        hits = index.archive.search(question.text, window=words, as_of=question.as_of)
        return [f"{hit.article.title}\n{hit.passage.text}" if headline else hit.passage.text for hit in hits]

    return search


def windows_of_any_day(index: Index, words: int) -> Search:
    """dateline's hits of at most so many words, also of after the day of the question."""
    return lambda question: [hit.passage.text for hit in index.archive.search(question.text, window=words)]


def evidence(index: Index, words: int) -> Search:
    """What dateline finds for a budget of words."""
    return lambda question: [
        hit.passage.text for hit in index.archive.search(question.text, words=words, as_of=question.as_of)
    ]


def by_vectors(index: Index, k: int) -> Search:
    """The passages nearest to the question."""
    return lambda question: [passage.text for passage, _ in nearest(index, question, k)]


def by_words(index: Index, k: int) -> Search:
    """The passages with the highest BM25."""
    return lambda question: [passage.text for passage, _ in best(index, question, k)]


def nearest(index: Index, question: Question, k: int) -> list[Read]:
    """The passages of dateline's index by cosine alone."""
    vector = index.embedder.embed_queries([question.text])[0]
    return read(index, index.snapshot.nearest(vector, k, Filters(until=question.as_of)))


def best(index: Index, question: Question, k: int) -> list[Read]:
    """The passages of dateline's index by BM25 alone."""
    wanted = dict.fromkeys(content_terms(question.text), 1.0)
    return read(index, index.snapshot.words.best(wanted, k, Filters(until=question.as_of)))


def read(index: Index, scores: Mapping[int, float]) -> list[Read]:
    """The passages, and their articles, in the order of their keys."""
    located = index.snapshot.located([*scores])
    return [(located[key].passage, located[key].article) for key in scores]


# -- sentences

Find = Callable[[Index, Question], list[Read]]
Order = Callable[[Index, Question, Sequence[Read]], list[str]]  # sentences of passages, best first


def sentences(index: Index, find: Find, order: Order) -> Search:
    """The sentences of the passages that are found."""
    return lambda question: order(index, question, find(index, question))


def of_evidence(index: Index, question: Question) -> list[Read]:
    """What dateline would answer from."""
    hits = index.archive.search(question.text, words=EVIDENCE_WORDS, as_of=question.as_of)
    return [(hit.passage, hit.article) for hit in hits]


def of_paragraph(index: Index, question: Question) -> list[Read]:
    """All passages of the article that is known to hold the answer."""
    article = index.archive.article(paragraph(question))
    return [(passage, article) for passage in split(article)]


def paragraph(question: Question) -> str:
    """The id of the article that is known to hold the answer."""
    (id,) = {fact.article_id for fact in question.evidence if fact.article_id}
    return id


def as_answers(index: Index, question: Question, passages: Sequence[Read]) -> list[str]:
    """In dateline's order."""
    hits = [Hit(passage, article, 0.0, number) for number, (passage, article) in enumerate(passages, 1)]
    ranked = rank(index.snapshot, index.embedder, understand(question.text), hits)
    return [sentence.text for sentence in ranked]


def by_cosine(index: Index, question: Question, passages: Sequence[Read]) -> list[str]:
    """The nearest to the question first."""
    texts = within(passages)
    asked, *rows = index.embedder.embed_queries([question.text, *texts])
    return ordered(texts, [float(row @ asked) for row in rows])


def by_overlap(index: Index, question: Question, passages: Sequence[Read]) -> list[str]:
    """First the one that holds most of the question's content words, weighted by rarity."""
    texts, weights = within(passages), shares(index.snapshot, understand(question.text))
    return ordered(texts, [sum(held(weights, terms(text)).values()) for text in texts])


def within(passages: Iterable[Read]) -> list[str]:
    """The sentences of the passages."""
    return [article.text[start:end] for passage, article in passages for start, end in passage.sentences]


def ordered(texts: Sequence[str], scores: Sequence[float]) -> list[str]:
    """The texts, the highest score first; in their order where it is the same."""
    return [texts[n] for n in sorted(range(len(texts)), key=lambda n: -scores[n])]


# -- LlamaIndex


def llama(
    articles: Path,
    folder: Path,
    embedder: Embedder,
    *,
    k: int,
    tokens: int | None,
    most: int | None = None,
    conditions: Mapping[Question, Condition] | None = None,
) -> dict[str, Search]:
    """LlamaIndex's retrievers, over passages of so many tokens or, where none are given, over sentences.

    `conditions` say which nodes count, by question. Empty, with a line that says so, where the packages are
    not installed.
    """
    try:
        import llama_contenders
    except ImportError as missing:
        print(f"skipped: LlamaIndex ({missing})", file=sys.stderr)
        return {}
    if not folder.is_dir():
        parser = llama_contenders.passages(tokens) if tokens else llama_contenders.sentences()
        found = (one for one in dateline.read(articles) if isinstance(one, Article))
        arriving = folder.with_suffix(".arriving")
        shutil.rmtree(arriving, ignore_errors=True)  # of a run that did not finish
        llama_contenders.build(list(islice(found, most)), arriving, embedder.embed_queries, parser)
        arriving.rename(folder)
    retrievers = llama_contenders.Retrievers(folder, embedder.embed_queries, k)
    conditions = conditions or {}
    for condition in {*conditions.values()}:
        retrievers.by_words(condition)

    def asked(search: llama_contenders.Search, question: Question) -> list[str]:
        return search(question.text, conditions.get(question))

    return {name: partial(asked, search) for name, search in retrievers.searches().items()}
