"""What differs between reports, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.search import Sentence
from dateline.types import Article

_SUCCEEDING = 2  # days after which a report is a later one, rather than another of the same news


@dataclass(frozen=True, slots=True)
class Side:
    """A value, the sentence that gives it best, and all that give it.

    `speaker` is who is said to say so; empty where it is the outlet's own word.
    """

    value: str
    sentence: Sentence
    speaker: str = ""
    also: tuple[Sentence, ...] = ()  # of other reports

    @property
    def day(self) -> date | None:
        """When the sentence was published."""
        return self.sentence.hit.article.day

    @property
    def days(self) -> tuple[date | None, ...]:
        """When each of its sentences was published."""
        return (self.day, *(one.hit.article.day for one in self.also))

    @property
    def source(self) -> str:
        """The outlet of its sentence."""
        return source_of(self.sentence.hit.article)

    @property
    def sources(self) -> int:
        """How many outlets give the value; a report without one counts as itself, copies as one report."""
        return len({source_of(one.hit.article) for one in (self.sentence, *self.also)})


@dataclass(frozen=True, slots=True)
class Difference:
    """Two values or more for one thing, the earlier first where all are dated."""

    sides: tuple[Side, ...]

    @property
    def later(self) -> Side | None:
        """The side published after every sentence of the others; None where a day is not known."""
        *before, last = self.sides
        earliest = min((day for day in last.days if day), default=None)
        days = [day for side in before for day in side.days]
        if earliest is None or None in (*days, *last.days):
            return None
        return last if all(day < earliest for day in days if day) else None

    @property
    def developed(self) -> bool:
        """Whether the last side is a later report, which may know more, rather than another of that time."""
        *before, last = self.sides
        if self.later is None or last.day is None:
            return False
        one_outlet = all(side.source == last.source for side in before)
        days = [day for side in before for day in side.days if day]
        return one_outlet or (min(day for day in last.days if day) - max(days)).days >= _SUCCEEDING

    def sentence(self) -> str:
        """What the answer says of it, as one sentence: every side with outlet, day and value."""
        *before, last = self.sides
        joint = "; " if any(side.speaker for side in self.sides) else ", "
        if not self.developed:
            return f"Reports differ: {joint.join(_said(side) for side in self.sides)}."
        reports = "Later reports" if last.sources > 1 else "A later report"
        earlier = "; before that ".join(_state(side) for side in reversed(before))
        return f"{reports}: {_state(last)}; before that {earlier}."


def source_of(article: Article) -> str:
    """By what reports of one source are known: the outlet, or else the article itself."""
    return article.source.casefold() if article.source else f"article {article.id}"


def _state(side: Side) -> str:
    """ "12 people (Harbor Wire, 8 Feb 2019, citing the mayor)"."""
    article, more = side.sentence.hit.article, side.sources - 1
    day = f"{article.day.day} {article.day:%b %Y}" if article.day else ""
    others = f"and {more} other{'s' if more > 1 else ''}" if more else ""
    source = " ".join(filter(None, (article.source or f"“{article.title}”", others)))
    speaker = f"citing {side.speaker}" if side.speaker else ""
    return f"{side.value} ({', '.join(filter(None, (source, day, speaker)))})"


def _said(side: Side) -> str:
    """ "Harbor Wire (8 Feb 2019), citing the mayor, says 12"."""
    comma = "," if side.speaker else ""
    return f"{_origin(side)}{comma} {_verb(side)} {side.value}"


def _origin(side: Side) -> str:
    """ "Harbor Wire (8 Feb 2019) and 2 others, citing the mayor"."""
    article, more = side.sentence.hit.article, side.sources - 1
    origin = article.source or f"“{article.title}”"
    if article.day:
        origin += f" ({article.day.day} {article.day:%b %Y})"
    if more:
        origin += f" and {more} other{'s' if more > 1 else ''}"
    return f"{origin}, citing {side.speaker}" if side.speaker else origin


def _verb(side: Side) -> str:
    return "say" if side.sources > 1 else "says"
