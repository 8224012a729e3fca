"""What is found: dateline against vectors alone, words alone and a LlamaIndex starter.

    python tests/bench/retrieval.py [--set multihop|xquad|all] [--limit N] [--index-cache DIR]

multihop: questions that need several articles. facts, all facts: within the first 1,500 words found; hits@k,
mrr@10: any fact. Vectors and words alone rank the very passages of dateline's index; the starter
(llama_starter.py) has its own, and the same weights.

xquad: questions that one sentence of a paragraph answers. Is the answer in the first sentence of dateline's
ranking, of the known paragraph's sentences, and of those it found in the whole corpus?

With an index cache a second run does not index again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import development_sets
from tqdm import tqdm

import dateline
from dateline.archive import EVIDENCE_WORDS
from dateline.config import Settings
from dateline.index import Embedder, Snapshot
from dateline.index.minilm import load
from dateline.index.split import split
from dateline.measure import Question, marks, read_questions
from dateline.measure.evaluate import pace, shares
from dateline.search import find, rank, understand
from dateline.search.question import content_terms
from dateline.types import Filters, Hit

Search = Callable[[str], Sequence[str]]  # a question → texts, best first

WORDS = 1500
PASSAGES = 100  # of vectors or words alone: more than fill those words
STARTER_PASSAGES = 16
COLUMNS = {
    "facts": f"fact_recall@words={WORDS}",
    "all facts": f"all_facts@words={WORDS}",
    "hits@4": "hits@4",
    "hits@10": "hits@10",
    "mrr@10": "mrr@10",
}


def multihop(folder: Path, cache: Path, embedder: Embedder, limit: int | None) -> str:
    """The table of all contenders."""
    articles = folder / "articles.jsonl"
    questions = [one for one in read_questions(folder / "questions.jsonl") if one.evidence][:limit]
    snapshot = indexed(articles, cache / "multihop", embedder)
    searches = {
        "dateline": together(snapshot, embedder),
        "vectors alone": by_vectors(snapshot, embedder),
        "words alone": by_words(snapshot),
        "LlamaIndex starter": starter(articles, cache / "multihop-starter", embedder),
    }
    rows = [row(name, search, questions) for name, search in searches.items() if search]
    heads = "".join(f"{name:>11}" for name in (*COLUMNS, "median ms", "p95 ms"))
    return "\n".join([f"multihop, {len(questions)} questions", f"{'':<20}{heads}", *rows])


def xquad(folder: Path, cache: Path, embedder: Embedder, limit: int | None) -> str:
    """The shares of questions whose answer stands in the best sentence."""
    questions = read_questions(folder / "questions.jsonl")[:limit]
    snapshot = indexed(folder / "articles.jsonl", cache / "xquad", embedder)
    known, found = 0, 0
    for question in tqdm(questions, desc="xquad", file=sys.stderr):
        asked = understand(question.text)
        hits = find(snapshot, embedder, asked, Filters(), words=EVIDENCE_WORDS)
        known += answered(question, snapshot, embedder, paragraph(snapshot, question))
        found += answered(question, snapshot, embedder, hits)
    total = len(questions)
    return "\n".join(
        [
            f"xquad, {total} questions: the best sentence holds the answer",
            f"{'known paragraph':<20}{known / total:>11.3f}",
            f"{'whole corpus':<20}{found / total:>11.3f}",
        ]
    )


def answered(question: Question, snapshot: Snapshot, embedder: Embedder, hits: Sequence[Hit]) -> bool:
    """Whether the best sentence of the hits holds an answer."""
    ranked = rank(snapshot, embedder, understand(question.text), hits)
    return bool(ranked) and any(answer in ranked[0].text for answer in question.answers)


def paragraph(snapshot: Snapshot, question: Question) -> list[Hit]:
    """All passages of the article that is known to hold the answer, as if they had been found."""
    (id,) = {fact.article_id for fact in question.evidence if fact.article_id}
    article = snapshot.article(id)
    return [Hit(passage, article, 0.0, number) for number, passage in enumerate(split(article), 1)]


def row(name: str, search: Search, questions: Sequence[Question]) -> str:
    """One contender's line of the table."""
    search(questions[0].text)  # what is loaded on first use is not search
    marked, seconds = [], []
    for question in tqdm(questions, desc=name, file=sys.stderr):
        started = time.perf_counter()
        texts = search(question.text)
        seconds.append(time.perf_counter() - started)
        marked.append([*marks.retrieval(question, texts)])
    found = shares(marked, marks.RETRIEVAL)
    figures = [f"{found[score] or 0:>11.3f}" for score in COLUMNS.values()]
    figures += [f"{1000 * taken:>11.0f}" for taken in pace(seconds).values()]
    return f"{name:<20}{''.join(figures)}"


# -- contenders


def together(snapshot: Snapshot, embedder: Embedder) -> Search:
    """dateline."""

    def search(question: str) -> list[str]:
        hits = find(snapshot, embedder, understand(question), Filters(), words=WORDS)
        return [hit.passage.text for hit in hits]

    return search


def by_vectors(snapshot: Snapshot, embedder: Embedder) -> Search:
    """The passages nearest to the question."""
    return lambda question: texts_of(
        snapshot, snapshot.vectors.nearest(embedder.embed_queries([question])[0], PASSAGES)
    )


def by_words(snapshot: Snapshot) -> Search:
    """The passages with the highest BM25."""
    return lambda question: texts_of(
        snapshot, snapshot.words.best(content_terms(question), PASSAGES, Filters())
    )


def texts_of(snapshot: Snapshot, scores: Mapping[int, float]) -> list[str]:
    """The passages' texts, in the order of their keys."""
    located = snapshot.located([*scores])
    return [located[key][0].text for key in scores]


def starter(articles: Path, folder: Path, embedder: Embedder) -> Search | None:
    """A LlamaIndex starter; None, and a line that says so, where its packages are not installed."""
    try:
        import llama_starter
    except ImportError as missing:
        print(f"skipped: the LlamaIndex starter ({missing})", file=sys.stderr)
        return None
    if not folder.is_dir():
        print("indexing with LlamaIndex", file=sys.stderr)
        read = [one for one in dateline.read(articles) if isinstance(one, dateline.Article)]
        arriving = folder.with_suffix(".arriving")
        texts = [(one.id, one.title, one.text) for one in read]
        llama_starter.build(texts, arriving, embedder.embed_queries)
        arriving.rename(folder)
    index = llama_starter.open_stored(folder, embedder.embed_queries)
    return lambda question: llama_starter.search(index, question, STARTER_PASSAGES)


def indexed(articles: Path, folder: Path, embedder: Embedder) -> Snapshot:
    """dateline's index of the articles; what is there from an earlier run is kept."""
    print(f"indexing {articles}", file=sys.stderr)
    dateline.build(articles, folder, embedder=embedder)
    return Snapshot(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=("multihop", "xquad", "all"), default="all")
    parser.add_argument("--limit", type=int, help="questions of each set")
    parser.add_argument("--index-cache", type=Path, help="a folder to keep the indexes in")
    given = parser.parse_args()
    embedder = load(Settings.from_environment(), say=print)
    with tempfile.TemporaryDirectory() as scratch:
        for name, measure in {"multihop": multihop, "xquad": xquad}.items():
            if given.set in (name, "all") and (folder := development_sets.find(name)):
                print(measure(folder, given.index_cache or Path(scratch), embedder, given.limit), end="\n\n")


if __name__ == "__main__":
    main()
