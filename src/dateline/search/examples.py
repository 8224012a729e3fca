"""Questions that an archive can answer, made from its own articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.index.embedder import Embedder
from dateline.index.snapshot import Snapshot
from dateline.search.find import find
from dateline.search.question import understand
from dateline.search.sufficiency import judge
from dateline.types import Article, Filters

_MOST_ARTICLES = 400  # the latest; enough to know what an archive is about
_TOO_COMMON = 0.5  # of the articles: a name in more of them asks for nothing in particular
_NAME_WORD = r"[A-Z][a-z]+(?:-[A-Za-z]+)?"
_CAPITALS = re.compile(
    rf"(?<![.?!:“\"‘'\n] )(?<!^)\b{_NAME_WORD}(?: {_NAME_WORD})*\b(?!['’]s? [A-Z]| [A-Z0-9])", re.MULTILINE
)
_SPEAKS = re.compile(r"(?:,[^,.\n]{3,60},)? (?:said|told|announced|warned|promised|denied|argued)\b")
_TITLES = frozenset(
    """
    Attorney Chairman Chancellor Chief Defense Deputy Director Foreign General Governor House King
    Leader Minister Mr Mrs Ms Premier President Prime Prince Princess Prof Professor Queen
    Representative Secretary Sen Senator Speaker State Vice
    """.split()
)
_DAYS = frozenset(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    """.split()
)
_EVERYTHING = Filters()
_PEOPLES = re.compile(r"(?:an|ese|ish)$")  # "North Korean" names nobody


@dataclass(slots=True)
class _Name:
    """A name in the articles: where it stands, is in the headline, speaks, and how it is introduced."""

    told_in: set[int] = field(default_factory=set)
    headlined: set[int] = field(default_factory=set)
    speaks_in: set[int] = field(default_factory=set)
    with_article: int = 0  # "the White House"
    times: int = 0


def examples(
    snapshot: Snapshot, embedder: Embedder | None, n: int, filters: Filters = _EVERYTHING
) -> list[str]:
    """Up to n questions, each about other names and each with enough evidence inside the filters."""
    found: list[str] = []
    for question in _candidates(snapshot.latest(_MOST_ARTICLES)):
        if len(found) == n:
            break
        asked = understand(question)
        if judge(snapshot, embedder, asked, find(snapshot, embedder, asked, filters, k=5)).enough:
            found.append(question)
    return found


def _candidates(articles: Sequence[Article]) -> Iterator[str]:
    """Questions about what somebody said of something, the best known first; then about other names."""
    names = _names(articles)
    ranked = sorted(names, key=lambda name: (-len(names[name].headlined), name))
    asked = set[str]()
    for speaker in (name for name in ranked if " " in name and names[name].speaks_in):
        if not asked & _words(speaker) and (topic := _topic(speaker, ranked, names, asked)):
            asked |= _words(speaker) | _words(topic)
            yield f"What did {_in_a_sentence(speaker, names)} say about {_in_a_sentence(topic, names)}?"
    for name in ranked:
        if not asked & _words(name):
            asked |= _words(name)
            yield f"What is reported about {_in_a_sentence(name, names)}?"


def _names(articles: Sequence[Article]) -> dict[str, _Name]:
    """Names that stand in a headline and in several articles, but not in most, and are no outlet's."""
    found: dict[str, _Name] = {}
    for number, article in enumerate(articles):
        for match in _CAPITALS.finditer(article.text):
            words = match[0].split()
            while words and words[0] in _TITLES:
                words.pop(0)
            if not words or _PEOPLES.search(words[-1]) or words[-1] in _DAYS:
                continue
            name = " ".join(words)
            seen = found.setdefault(name, _Name())
            seen.times += 1
            seen.told_in.add(number)
            if name in article.title:
                seen.headlined.add(number)
            seen.with_article += article.text[: match.start()].endswith("the ")
            if _SPEAKS.match(article.text, match.end()):
                seen.speaks_in.add(number)
    outlets = {article.source for article in articles}
    most = max(2, _TOO_COMMON * len(articles))
    return {
        name: seen
        for name, seen in found.items()
        if (seen.headlined or " " in name) and 1 < len(seen.told_in) <= most and name not in outlets
    }


def _topic(speaker: str, ranked: Sequence[str], names: dict[str, _Name], asked: set[str]) -> str | None:
    """The name that most heads the articles in which the speaker speaks, the common ones counting less."""
    speaks = names[speaker].speaks_in

    def association(name: str) -> float:
        return float(len(names[name].headlined & speaks) / len(names[name].told_in) ** 0.5)

    free = (name for name in ranked if not _words(name) & (asked | _words(speaker)))
    best = max(free, key=association, default=None)
    return best if best and association(best) > 0 else None


def _in_a_sentence(name: str, names: dict[str, _Name]) -> str:
    return f"the {name}" if names[name].with_article > names[name].times / 2 else name


def _words(name: str) -> set[str]:
    return set(name.split())
