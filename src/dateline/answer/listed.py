"""Answers made of which articles there are: counts, lists, outlets, the first and last, the news of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.answer.draft import Draft, compose
from dateline.answer.quoted.likeness import WHOLE
from dateline.answer.quotes import cite
from dateline.answer.wording import in_marks, origin
from dateline.index import Snapshot
from dateline.index.split import passage_of
from dateline.index.words import terms
from dateline.search.requests import Request
from dateline.types import Citation, Claim, Filters, Hit

MOST_LISTED = 12  # articles that are quoted; the rest is counted
_LEAST_WORDS = 4  # of a quoted sentence, where the article has one: less is a dateline or a time of day


@dataclass(frozen=True, slots=True)
class _Held:
    """The articles that a request is about, the newest first; undated ones behind all others."""

    snapshot: Snapshot
    request: Request
    keys: list[int]
    days: dict[int, date | None]
    outlets: dict[int, str | None]
    inside: int  # articles, whatever they hold

    @staticmethod
    def of(snapshot: Snapshot, request: Request, filters: Filters) -> _Held:
        found = snapshot.holding(request.terms, filters)
        days = {key: day for key, (day, _) in found.items()}
        keys = sorted(found, key=lambda key: (-(days[key] or date.min).toordinal(), key))
        inside = snapshot.coverage(filters).matched
        return _Held(
            snapshot, request, keys, days, {key: outlet for key, (_, outlet) in found.items()}, inside
        )

    @property
    def what(self) -> str:
        """What is said to hold of them: " that hold “dam”, of “May 2024”"."""
        about = f" that hold “{self.request.about}”" if self.request.terms else ""
        return f"{about}, of “{self.request.days}”" if self.request.days else about


def listed(snapshot: Snapshot, request: Request, filters: Filters) -> Draft | None:
    """The answer to a request inside the filters; None where no article is as it asks: then it is searched.

    The days of the request are those of the filters, see `limited`.
    """
    if request.of in ("outlets", "extent") and not request.terms and not request.days:
        return _of_all(snapshot, request, filters)
    held = _Held.of(snapshot, request, filters)
    if not held.keys:
        return None
    match request.of:
        case "number":
            return _counted(held)
        case "outlets":
            return _by_outlet(held)
        case "oldest" | "newest":
            return _at_the_end(held)
        case _:
            return _list(held)


def _of_all(snapshot: Snapshot, request: Request, filters: Filters) -> Draft | None:
    """What the archive holds, by its ledger alone."""
    coverage = snapshot.coverage(filters)
    if request.of == "outlets":
        if not snapshot.sources:
            return None
        names = ", ".join(snapshot.sources)
        return _draft([f"The archive holds articles of {_plural(len(snapshot.sources), 'outlet')}: {names}."])
    if coverage.first is None or coverage.last is None:
        return None
    undated = f"; {coverage.undated:,} have no date" if coverage.undated else ""
    return _draft(
        [
            f"The archive holds {_plural(coverage.articles, 'article')}, "
            f"published {_day(coverage.first)} to {_day(coverage.last)}{undated}."
        ]
    )


def _counted(held: _Held) -> Draft:
    count, request = len(held.keys), held.request
    if not request.terms:
        of = f", of “{request.days}”" if request.days else ""
        return _draft([f"The archive holds {_plural(count, 'article')}{of}."])
    verb = "holds" if count == 1 else "hold"
    of = f" of “{request.days}”" if request.days else ""
    shown = f"; the newest {MOST_LISTED} are shown" if count > MOST_LISTED else ""
    head = f"{count:,} of {_plural(held.inside, 'article')}{of} {verb} “{request.about}”{shown}."
    return _draft([head], _cited(held, held.keys))


def _by_outlet(held: _Held) -> Draft:
    """The outlets with their counts, and the newest article of each."""
    counts = Counter(outlet or "no outlet" for outlet in held.outlets.values())
    newest = {held.outlets[key]: key for key in reversed(held.keys)}
    names = ", ".join(f"{name} ({count:,})" for name, count in counts.most_common())
    return _draft([f"Articles{held.what}: {names}."], _cited(held, list(newest.values())))


def _at_the_end(held: _Held) -> Draft | None:
    """The oldest or the newest; all of that day."""
    dated = [key for key in held.keys if held.days[key]]
    if not dated:
        return None
    end = held.days[dated[0 if held.request.of == "newest" else -1]]
    same = [key for key in dated if held.days[key] == end]
    of = "newest" if held.request.of == "newest" else "oldest"
    which = f"The {of} article" + (f"s{held.what} are" if len(same) > 1 else f"{held.what} is")
    which = which.replace("that hold “", "that holds “") if len(same) == 1 else which
    return _draft([f"{which} of {_day(end)}."], _cited(held, same), quoting=True)


def _list(held: _Held) -> Draft:
    """The articles with a quote of each, one of a story where it is news that is asked for."""
    keys = _told_once(held) if held.request.of == "news" else held.keys
    shown = _cited(held, keys)
    head = f"{_plural(len(held.keys), 'article')}{held.what}"
    retold = len(held.keys) - len(keys)
    said = [f"one of each story: {len(keys):,}"] if retold else []
    said += [f"the newest {len(shown):,} are quoted"] if len(keys) > len(shown) else []
    return _draft([f"{'; '.join([head, *said])}."], shown, quoting=True)


def _told_once(held: _Held) -> list[int]:
    """The newest article of each story."""
    stories = held.snapshot.stories
    return list({stories.get(key, key): key for key in reversed(held.keys)}.values())[::-1]


def _cited(held: _Held, keys: Sequence[int]) -> list[Citation]:
    """A citation of each of the first articles: of the sentence that holds most of what is asked about."""
    first = list(keys)[:MOST_LISTED]
    articles = held.snapshot.briefs(first)
    citations: list[Citation] = []
    for key in first:
        spans = [span for span in held.snapshot.sentences(key) if span[0] < span[1]]
        article, wanted = articles[key], {*held.request.terms}
        long = [span for span in spans if len(article.text[slice(*span)].split()) >= _LEAST_WORDS] or spans
        whole = [span for span in long if WHOLE.search(article.text[slice(*span)])] or long
        if not whole:
            continue
        start, end = max(whole, key=lambda span: len(wanted & {*terms(article.text[slice(*span)])}))
        hit = Hit(passage_of(article, [(start, end)]), article, 0.0, len(citations) + 1)
        citations.append(cite(len(citations) + 1, hit, start, end))
    return citations


def _draft(said: Sequence[str], citations: Sequence[Citation] = (), *, quoting: bool = False) -> Draft:
    """What is said, which carries all citations where these are not quoted each by itself."""
    numbers = () if quoting else tuple(one.number for one in citations)
    claims = [Claim(one, "supported", numbers) for one in said]
    if quoting:
        claims += [
            Claim(f"{origin(one.article)}: {in_marks(one.quote)}", "supported", (one.number,))
            for one in citations
        ]
    return Draft(compose(claims, between="\n"), tuple(claims), tuple(citations))


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else ""
