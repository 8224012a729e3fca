"""What was understood from a question, as chips above its answer, and which of them a reader took away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from dateline.types import Answer, Filters
from dateline_ui.render import day, span, text

Chip = Literal["days", "sources", "context", "today"]

CHIPS: tuple[Chip, ...] = ("context", "days", "sources", "today")
FIELDS: dict[Chip, tuple[str, ...]] = {"days": ("since", "until"), "sources": ("sources",)}  # of Filters
LEFT = {"days": "Any day", "sources": "Any outlet", "context": "Asked alone", "today": ""}


def lever(chip: Chip) -> str:
    """The id of the hidden button that a chip presses."""
    return f"lever-{chip}"


def toggled(left: Iterable[Chip], chip: Chip) -> tuple[Chip, ...]:
    """What is left aside, with this chip taken away, or put back where it was away."""
    away = {*left} ^ {chip}
    return tuple(one for one in CHIPS if one in away)


def ignored(left: Iterable[Chip]) -> Filters:
    """The filters of a question of which these are left aside."""
    return Filters(ignored=tuple(name for chip in left for name in FIELDS.get(chip, ())))


def row(given: Answer, left: Iterable[Chip] = (), *, removable: bool = False) -> str:
    """The chips of an answer, and the parts that were looked for; only the last answer's can be pressed."""
    kept = (chip_of(chip, words, removable=removable) for chip, words in understood(given))
    away = (put_back(chip) for chip in left if LEFT[chip] and removable)
    chips = "".join([*kept, *away])
    asked = " · ".join(text(part) for part in given.parts)
    looked = f'<p class="understood">Looked for each of <span>{asked}</span></p>' if asked else ""
    return (f'<p class="chips">{chips}</p>' if chips else "") + looked


def understood(given: Answer) -> Iterator[tuple[Chip, str]]:
    """Each chip and what stands on it."""
    if given.understood:
        yield "context", f"Understood as “{given.understood}”"
    inferred = given.filters.inferred
    days = {name: inferred[name] for name in FIELDS["days"] if name in inferred}
    if days:
        yield "days", f"{period(given.filters)} ({wrote(days.values())})"
    if "sources" in inferred:
        yield "sources", f"{' or '.join(given.filters.sources)} ({wrote([inferred['sources']])})"
    if given.as_of:
        yield "today", f"As of {day(given.as_of)}"


def period(filters: Filters) -> str:
    """ "Reported 30 Jan – 17 Mar 2019, or telling of 31 Jan 2019"."""
    since = filters.since if "since" in filters.inferred else None
    until = filters.until if "until" in filters.inferred else None
    if since and until:
        days = f"Reported {span(since, until)}"
    else:
        days = f"Reported from {day(since)}" if since else f"Reported up to {day(until)}"
    about = filters.alternative
    if about is None or not (about.about_since and about.about_until):
        return days
    return f"{days}, or telling of {span(about.about_since, about.about_until)}"


def wrote(words: Iterable[str]) -> str:
    """The words of the question that it was read from."""
    return f"you wrote {', '.join(f'“{word}”' for word in dict.fromkeys(words))}"


def chip_of(chip: Chip, words: str, *, removable: bool) -> str:
    """A chip; where it can be taken away, a button that says so."""
    if not removable:
        return f'<span class="chip">{text(words)}</span>'
    return (
        f'<button type="button" class="chip press-{chip}">{text(words)}'
        '<span class="unseen">, answer without this</span><span class="cross">×</span></button>'
    )


def put_back(chip: Chip) -> str:
    """The place of a chip that was taken away."""
    return (
        f'<button type="button" class="chip away press-{chip}">{LEFT[chip]}'
        '<span class="unseen">, put back what the question says</span><span class="cross">↺</span></button>'
    )
