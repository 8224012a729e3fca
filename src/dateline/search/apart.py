"""Names that a question puts together and no article does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.index.words import terms
from dateline.patterns import lazy
from dateline.search.asked import names
from dateline.search.question import Question
from dateline.types import Article

_SEVERAL = lazy(  # what several articles may answer together, and what is asked of articles
    r"\b(?:articles?|reports?|reported|according|or|than|versus|compared|both|each|other)\b", re.IGNORECASE
)
_WORD = lazy(r"[\w-]+")
_MORE = lazy(r"(?: [A-Z][\w’'-]*\w)*")
_PEOPLE = lazy(r"(?:[ai]ans?|ish|ese|ch|ic)$")  # "British" is of Britain
_ROOT = 4  # letters that a country and its people share
_LEAST_LETTERS = 3
_MOST = 0.6  # of the words of a name: "Kim Jong Un" is also "Kim Jong-un"


@dataclass(frozen=True, slots=True)
class _Held:
    """Words of an article: their stems, and the roots of those in capitals and of peoples among them."""

    stems: frozenset[str]
    capitals: frozenset[str]
    peoples: frozenset[str]

    @staticmethod
    def of(article: Article) -> _Held:
        text = f"{article.title} {article.text}"
        capitals = {word for word in _WORD.findall(text) if word[0].isupper()}
        return _Held(
            frozenset(terms(text)),
            frozenset(word[:_ROOT] for word in capitals),
            frozenset(word[:_ROOT] for word in capitals if _PEOPLE.search(word)),
        )

    def has(self, name: Sequence[str]) -> bool:
        return sum(map(self._says, name)) >= _MOST * len(name)

    def _says(self, word: str) -> bool:
        roots = self.capitals if _PEOPLE.search(word) else self.peoples
        return self.stems.issuperset(terms(word)) or word[:_ROOT] in roots


def apart(question: Question, articles: Iterable[Article]) -> tuple[str, str] | None:
    """Two names of a question about one thing that stand together in none of the articles; None otherwise.

    Nobody who answers from these articles can know what the one had to do with the other. A question of
    several parts, one that compares, and one about reports may rest on several articles.
    """
    if question.parts or question.outlets or _SEVERAL.search(question.text):
        return None
    asked = dict(_names(question))
    if len(asked) < 2:
        return None
    held = [_Held.of(article) for article in {one.id: one for one in articles}.values()]
    return next(
        (
            (one, other)
            for one, other in combinations(asked, 2)
            if not any(each.has(asked[one]) and each.has(asked[other]) for each in held)
        ),
        None,
    )


def _names(question: Question) -> Iterator[tuple[str, list[str]]]:
    """Each name with its words; none of initials alone, which are written in many ways, nor the first.

    "Theresa May" is one, though a month ends it.
    """
    for start, end in names(question.text):
        more = _MORE.match(question.text, end)
        end = more.end() if more else end
        words = [word for word in _WORD.findall(question.text[start:end]) if word in question.names]
        words = [word for word in words if len(word) > _LEAST_LETTERS or not word.isupper()]
        if start and words:
            yield question.text[start:end], words
