"""What a language model is shown of the evidence: sentences, each under a number of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.search import Sentence
from dateline.types import Hit

Place = tuple[Hit, int, int]  # a hit, and where in its article a sentence begins and ends


@dataclass(frozen=True, slots=True)
class Shown:
    """A numbered sentence: `hit.article.text[start:end]`. Numbers count from 1 through all that is shown."""

    number: int
    hit: Hit
    start: int
    end: int

    @property
    def text(self) -> str:
        """As it stands in the article."""
        return self.hit.article.text[self.start : self.end]


def in_passages(hits: Iterable[Hit]) -> list[Shown]:
    """Every sentence of the hits' passages, in their order: for a model that reads much in no time."""
    return _numbered((hit, start, end) for hit in hits for start, end in hit.passage.sentences)


def likeliest(ranked: Iterable[Sentence], words: int) -> list[Shown]:
    """The likeliest sentences that have so many words together, with those that they lean on.

    The first is there whatever its length. They stand article by article, the one with the likeliest first,
    each in its own order: for a model that reads slowly, or is soon confused.
    """
    taken: list[Place] = []
    left = words
    for one in ranked:
        cost = len(one.hit.article.text[one.lead : one.end].split())
        if taken and cost > left:
            continue
        left -= cost
        leading = [(one.hit, one.lead, one.start)] if one.lead < one.start else []
        taken += [*leading, (one.hit, one.start, one.end)]
    articles = list(dict.fromkeys(hit.article.id for hit, _, _ in taken))
    return _numbered(sorted(taken, key=lambda place: (articles.index(place[0].article.id), place[1])))


def joined(shown: Sequence[Shown]) -> Iterator[Sequence[Shown]]:
    """The sentences, article by article, in runs with nothing but space between one and the next."""
    run: list[Shown] = []
    articles = list(dict.fromkeys(one.hit.article.id for one in shown))
    for one in sorted(shown, key=lambda one: (articles.index(one.hit.article.id), one.start)):
        if run and not _follows(run[-1], one):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _follows(one: Shown, other: Shown) -> bool:
    article = one.hit.article
    between = article.text[one.end : other.start]
    return article.id == other.hit.article.id and one.end <= other.start and not between.strip()


def _numbered(places: Iterable[Place]) -> list[Shown]:
    """Each sentence once, without the space around it."""
    known: set[tuple[str, int]] = set()
    shown: list[Shown] = []
    for hit, start, end in places:
        text = hit.article.text[start:end]
        begin, stop = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        if begin < stop and (hit.article.id, begin) not in known:
            known.add((hit.article.id, begin))
            shown.append(Shown(len(shown) + 1, hit, begin, stop))
    return shown
