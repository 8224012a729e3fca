"""True sentences of articles, and the same sentences changed: cases for `support.py`, made from any corpus.

A true claim says what the sentence says, or less: the sentence itself, a part of it left out, its quotation
marks and dashes written otherwise. A changed one differs in one fact (see `changes.py`). The evidence is the
passage from the sentence before to the one after.

What is left out is chosen with care: a negated, conditional or hedged sentence is not shortened, for less can
then be more.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import changes
from changes import Change

from dateline.index.sentences import sentences
from dateline.types import Article

TRUE = ("identical", "shortened", "requoted")
CHANGED = ("number", "unit", "name", "date", "place", "negation", "speaker")
BESIDES = ("modality", "roles")  # changed as well, and reported apart

_PER_ARTICLE = 4  # sentences drawn from one
_RISKY = re.compile(  # a sentence that says more when it says less
    r"\b(?:not|no|never|none|neither|nor|without|only|if|unless|whether|would|could|may|might|every|all|any|"
    r"den(?:y|ied|ies)|fail\w*|refus\w*|alleg\w*|reported\w*|accus\w*|claim\w*)\b|n[’']t\b",
    re.IGNORECASE,
)
_PARTS = [  # what can be left out
    re.compile(part)
    for part in (
        r" ?\([^()]*\)",
        r", (?:who|which|where|whose|when)\b[^,.“”\"]*(?:,|(?=\.$))",
        r", (?:after|as|while|although|though|because|following|including|such as)\b[^“”\"]*(?=\.$)",
        r", (?!and|but|or|so|for|yet)[a-z]+ing\b[^,“”\"]*(?=\.$)",
        r", (?:but|and) [^,“”\"]*(?=\.$)",
        r"^(?:In|On|At|After|During|With|As|While|Since|Before|Under|Following)\b[^,“”\"]*, ",
        r" (?:on|in|at|during|for|from|before|after) (?:[\w.]+ ){0,4}[\w.]+(?=\.$)",
    )
]


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the passage that it is held against, and its kind: one of the names above."""

    kind: str
    claim: str
    evidence: str

    @property
    def true(self) -> bool:
        """Whether the passage carries the claim."""
        return self.kind in TRUE


def cases(articles: Sequence[Article], count: int, seed: int) -> list[Case]:
    """Up to `count` cases of each kind, from sentences drawn at random; one changed claim of a sentence."""
    draw = random.Random(seed)
    spoke = changes.speakers(chain.from_iterable(map(_texts, draw.sample(articles, min(200, len(articles))))))
    wanted = dict.fromkeys((*TRUE, *CHANGED, *BESIDES), count)
    found: list[Case] = []
    for article in draw.sample(articles, len(articles)):
        ways: Mapping[str, Change] = {**_TRUE, **changes.of_article(list(_texts(article)), spoke)}
        for sentence, passage in _drawn(article, draw):
            for kind in draw.sample(list(ways), len(ways)):
                claim = ways[kind](sentence, draw) if wanted[kind] else None
                if claim is not None and (claim != sentence or kind == "identical"):
                    found.append(Case(kind, claim, passage))
                    wanted[kind] -= 1
                    if kind in CHANGED:
                        break
        if not any(wanted.values()):
            break
    return found


def _texts(article: Article) -> Iterator[str]:
    return (article.text[start:end] for start, end in sentences(article.text))


def _drawn(article: Article, draw: random.Random) -> Iterator[tuple[str, str]]:
    """Some sentences that state something, each with its passage."""
    spans = list(sentences(article.text))
    declared = [place for place, (start, end) in enumerate(spans) if _declares(article.text[start:end])]
    for place in draw.sample(declared, min(_PER_ARTICLE, len(declared))):
        start, end = spans[place]
        begin, stop = spans[max(0, place - 1)][0], spans[min(place + 1, len(spans) - 1)][1]
        yield article.text[start:end], article.text[begin:stop]


def _declares(text: str) -> bool:
    quoted = text.count("“") == text.count("”") and text.count('"') % 2 == 0
    return quoted and text[:1].isupper() and text.endswith(".") and 8 <= len(text.split()) <= 45


def _identical(text: str, draw: random.Random) -> str:
    return text


def _shortened(text: str, draw: random.Random) -> str | None:
    if _RISKY.search(text):
        return None
    for part in draw.sample(_PARTS, len(_PARTS)):
        shorter = part.sub("", text, count=1)
        if shorter != text and len(shorter.split()) >= 5:
            return shorter[0].upper() + shorter[1:]
    return None


def _requoted(text: str, draw: random.Random) -> str | None:
    plain = text.translate(str.maketrans("“”‘’–—", "\"\"''--"))
    if plain != text:
        return plain
    curly = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"([^"]*)"', "“\\1”", text)).replace(" - ", " – ")
    return curly if curly != text else None


_TRUE: Mapping[str, Change] = {"identical": _identical, "shortened": _shortened, "requoted": _requoted}
