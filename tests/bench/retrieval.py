"""What is found, and how fast: dateline against its vectors alone, its words alone, and LlamaIndex.

    python tests/bench/retrieval.py [--set multihop|realtimeqa-2024|xquad|all] [--index-cache DIR]
    python tests/bench/retrieval.py --two-fold
    python tests/bench/retrieval.py --part speed

A table for each set, each line as soon as it is measured. Vectors and words alone rank the very passages of
dateline's index (60 words); LlamaIndex has passages of its own and the same weights (llama_contenders.py).
The milliseconds are those of one search, of the kind that the first column comes from.

multihop: questions that need several articles. facts, all facts: in 1,500 words; for dateline that is a
search of its own, for the others the first passages that have no more words. hits@k, mrr@10: any fact, in
passages of at most 190 words (of 256 tokens for LlamaIndex, the headline among them).

realtimeqa-2024: the news quiz of a week, asked as of its day. hit@k: an answer stands in the first k
passages, of at most 100 words (of 150 tokens for LlamaIndex, the headline among them). choice: they vote for
the right one of four. words: those of a passage. Its text counts, and in the line "with headlines" its
headline too; "of any day" knows no day of asking and finds later articles as well.

xquad: questions that one sentence of a paragraph answers. Is the answer in the first sentence that is found
in the whole corpus, and in that of the known paragraph? LlamaIndex's passages are sentences here.

--two-fold: two_fold.py, on multihop. --part speed: search_speed.py. With an index cache a second run does not
index again; --limit and --articles take the first questions of each set and articles of realtimeqa-2024, to
try it out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import contenders
import development_sets
import search_speed
import two_fold
from contenders import Find, Index, Order, Search
from tqdm import tqdm

from dateline.index import Embedder
from dateline.measure import Question, marks, read_questions
from dateline.measure.marks import Mark
from dateline.measure.scores import pace, shares

if TYPE_CHECKING:
    from llama_contenders import Condition

WORDS = 1500
PASSAGES = 100  # of vectors or words alone: more than fill those words
NODES = 24  # of LlamaIndex: the same
MULTIHOP_WINDOW, MULTIHOP_TOKENS = 190, 256
QUIZ_WINDOW, QUIZ_TOKENS = 100, 150
TO_ANSWER = 12  # passages that the best sentence is taken from, where dateline takes as many words

Marker = Callable[[Question, Sequence[str]], Iterable[Mark]]
Contender = Sequence[tuple[Search, Marker]]  # its searches, the first one timed, and how each is marked


@dataclass(frozen=True, slots=True)
class DevelopmentSet:
    """A development set, and where its indexes lie."""

    articles: Path
    questions: Sequence[Question]
    cache: Path
    most: int | None  # articles

    def index(self, embedder: Embedder) -> Index:
        """dateline's."""
        return contenders.indexed(self.articles, self.cache / "dateline", embedder, self.most)

    def llama(
        self,
        embedder: Embedder,
        *,
        k: int,
        tokens: int | None,
        conditions: Mapping[Question, Condition] | None = None,
    ) -> dict[str, Search]:
        """LlamaIndex's retrievers."""
        folder = self.cache / "llama"
        return contenders.llama(
            self.articles, folder, embedder, k=k, tokens=tokens, most=self.most, conditions=conditions
        )


def table(
    title: str, columns: Mapping[str, str], rows: Mapping[str, Contender], questions: Sequence[Question]
) -> Iterator[str]:
    """Its lines, each as soon as its searches are done. The columns name the marks."""
    yield f"{title}, {len(questions):,} questions"
    yield f"{'':<28}{''.join(f'{name:>11}' for name in (*columns, 'median ms', 'p95 ms'))}"
    for name, contender in rows.items():
        marked, seconds = run(name, contender, questions)
        found = shares(marked, [*columns.values()])
        figures = [figure(found[mark]) for mark in columns.values()]
        figures += [f"{1000 * taken:>11.0f}" for taken in pace(seconds).values()]
        yield f"{name:<28}{''.join(figures)}"


def run(
    name: str, contender: Contender, questions: Sequence[Question]
) -> tuple[list[list[Mark]], list[float]]:
    """The marks of each question, and the seconds of its first search."""
    contender[0][0](questions[0])  # what is loaded on first use is not search
    marked: list[list[Mark]] = []
    seconds = []
    for question in tqdm(questions, desc=name, file=sys.stderr):
        given: list[Mark] = []
        for number, (search, marker) in enumerate(contender):
            started = time.perf_counter()
            texts = search(question)
            if number == 0:
                seconds.append(time.perf_counter() - started)
            given += marker(question, texts)
        marked.append(given)
    return marked, seconds


def figure(share: float | None) -> str:
    """A share, or a number of words."""
    return f"{'-':>11}" if share is None else f"{share:>11.3f}" if share <= 1 else f"{share:>11.0f}"


# -- the sets


def multihop(given: DevelopmentSet, embedder: Embedder) -> Iterator[str]:
    """The table of questions that need several articles."""
    index = given.index(embedder)
    singly = {
        "vectors alone": contenders.by_vectors(index, PASSAGES),
        "words alone": contenders.by_words(index, PASSAGES),
        **given.llama(embedder, k=NODES, tokens=MULTIHOP_TOKENS),
    }
    ours: Contender = [
        (contenders.evidence(index, WORDS), in_budget),
        (contenders.windows(index, MULTIHOP_WINDOW), marks.ranking),
    ]
    rows = {"dateline": ours} | {name: [(search, of_one_ranking)] for name, search in singly.items()}
    columns = {"facts": f"fact_recall@words={WORDS}", "all facts": f"all_facts@words={WORDS}"}
    columns |= {name: name for name in ("hits@4", "hits@10", "mrr@10")}
    yield from table("multihop", columns, rows, given.questions)


def realtimeqa(given: DevelopmentSet, embedder: Embedder) -> Iterator[str]:
    """The table of the weekly quiz."""
    index = given.index(embedder)
    until = {one: ("day", "<=", one.as_of.toordinal()) for one in given.questions if one.as_of}
    searches = {
        "dateline": contenders.windows(index, QUIZ_WINDOW),
        "  with headlines": contenders.windows(index, QUIZ_WINDOW, headline=True),
        "  of any day": contenders.windows_of_any_day(index, QUIZ_WINDOW),
        "vectors alone": contenders.by_vectors(index, marks.DEPTH),
        "words alone": contenders.by_words(index, marks.DEPTH),
        **given.llama(embedder, k=NODES, tokens=QUIZ_TOKENS, conditions=until),
    }
    columns = {f"hit@{k}": f"answer_hit@{k}" for k in (1, 5, 10)}
    columns |= {"choice": "choice_accuracy", "words": "words"}
    rows = {name: [(search, of_quiz)] for name, search in searches.items()}
    yield from table("realtimeqa-2024", columns, rows, given.questions)


def xquad(given: DevelopmentSet, embedder: Embedder) -> Iterator[str]:
    """The table of best sentences."""
    index = given.index(embedder)
    ways: dict[str, tuple[Find, Order]] = {
        "dateline": (contenders.of_evidence, contenders.as_answers),
        "vectors alone": (partial(contenders.nearest, k=TO_ANSWER), contenders.by_cosine),
        "words alone": (partial(contenders.best, k=TO_ANSWER), contenders.by_overlap),
    }
    whole = {name: contenders.sentences(index, find, order) for name, (find, order) in ways.items()}
    known = {
        name: contenders.sentences(index, contenders.of_paragraph, order) for name, (_, order) in ways.items()
    }
    its_own = {one: ("article", "==", contenders.paragraph(one)) for one in given.questions}
    whole |= given.llama(embedder, k=NODES, tokens=None)
    known |= given.llama(embedder, k=NODES, tokens=None, conditions=its_own)
    rows = {
        name: [(whole[name], best_holds("corpus")), (known[name], best_holds("paragraph"))] for name in whole
    }
    yield from table("xquad", {name: name for name in ("corpus", "paragraph")}, rows, given.questions)


SETS = {"multihop": multihop, "realtimeqa-2024": realtimeqa, "xquad": xquad}


# -- marks


def in_budget(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Of evidence."""
    return marks.facts(question, texts, WORDS)


def of_one_ranking(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Of passages that are evidence too."""
    yield from marks.ranking(question, texts)
    yield from marks.facts(question, texts, WORDS)


def of_quiz(question: Question, texts: Sequence[str]) -> Iterator[Mark]:
    """Whether the answer was found, which choice is voted for, and how long the passages are."""
    yield from marks.ranking(question, texts)
    yield from marks.choice(question, marks.voted(question.choices, texts))
    yield from (("words", len(text.split())) for text in texts[: marks.DEPTH])


def best_holds(name: str) -> Marker:
    """Whether an answer stands in the best sentence."""
    return lambda question, texts: [
        (name, float(bool(texts) and any(answer in texts[0] for answer in question.answers)))
    ]


# -- the run


def lines(sets: Mapping[str, DevelopmentSet], *, part: str) -> Iterator[str]:
    """What is printed. Speed loads nothing here: it measures memory."""
    if part == "speed":
        if quiz := sets.get("realtimeqa-2024"):
            yield from search_speed.lines(quiz.articles, quiz.cache / "dateline", quiz.most, quiz.questions)
        return
    embedder = contenders.embedder()
    for name, given in sets.items():
        if part == "tables":
            yield from SETS[name](given, embedder)
            yield ""
        elif name == "multihop":
            yield from two_fold.lines(given.index(embedder), given.questions, WORDS)


def development_set(name: str, cache: Path, limit: int | None, most: int | None) -> DevelopmentSet | None:
    """The set, where this machine has it."""
    if (folder := development_sets.find(name)) is None:
        return None
    (articles,) = folder.glob("articles.jsonl*")
    questions = read_questions(folder / "questions.jsonl")
    if name == "multihop":
        questions = [one for one in questions if one.evidence]
    if name != "realtimeqa-2024":
        most = None  # the others are small
    return DevelopmentSet(articles, questions[:limit], cache / (f"{name}-{most}" if most else name), most)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--part", choices=("tables", "two-fold", "speed"), default="tables")
    parser.add_argument("--two-fold", dest="part", action="store_const", const="two-fold")
    parser.add_argument("--limit", type=int, help="questions of each set")
    parser.add_argument("--articles", type=int, help="articles of realtimeqa-2024")
    parser.add_argument("--index-cache", type=Path, help="a folder to keep the indexes in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cache = given.index_cache or Path(scratch)
        named = [name for name in SETS if given.set in (name, "all")]
        sets = {name: development_set(name, cache, given.limit, given.articles) for name in named}
        for line in lines({name: one for name, one in sets.items() if one}, part=given.part):
            print(line, flush=True)


if __name__ == "__main__":
    main()
