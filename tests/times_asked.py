"""Questions with time in them over the sample articles: days to be read, articles to be cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dateline.types import Answer, Filters


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the day as of which it is asked, and what is right.

    The window read from it holds the days `inside` and none of those `outside`; without days inside, none is
    read. The answer cites one of the articles `cites` first: ids, or names of files where these have none.
    """

    text: str
    cites: frozenset[str]
    as_of: date | None = None
    inside: tuple[date, ...] = ()
    outside: tuple[date, ...] = ()


def _asked(text: str, cites: str, as_of: str = "", inside: str = "", outside: str = "") -> Asked:
    days = date.fromisoformat
    return Asked(
        text,
        frozenset(cites.split()),
        days(as_of) if as_of else None,
        tuple(map(days, inside.split())),
        tuple(map(days, outside.split())),
    )


_SUMMIT_SET = "hw-hanoi-named cr-hanoi-named mer-state-of-the-union"
_BLACK_HOLE = "hw-black-hole lt-black-hole ow-black-hole"
_HANOI_ENDS = "hw-hanoi-collapse pc-hanoi-collapse cr-hanoi-ri"
_AFTER_APRIL = "pc-may-missiles stockholm dmz-meeting pc-dmz vladivostok mer-year-end"
_BREXIT = "mer-brexit-january cr-brexit-march-12 hw-brexit-march-29"

ASKED = (
    _asked("When will the second Trump-Kim summit take place?", "hw-summit-february lt-summit-february",
           "2019-02-02"),
    _asked("When will the second Trump-Kim summit take place?", _SUMMIT_SET, "2019-02-16"),
    _asked("What did Biegun say on Jan. 31?", "pc-stanford", "2019-02-16",
           "2019-01-31 2019-02-09", "2019-01-21"),
    _asked("What did Biegun say on Jan. 31?", "pc-stanford", "", "2019-01-31 2019-02-09", "2019-01-21"),
    _asked("What did Pompeo and his South Korean colleague talk about in Poland last week?",
           "warsaw", "2019-02-20", "2019-02-14", "2019-02-08"),
    _asked("What was reported about the summit in the first week of February 2019?", _SUMMIT_SET, "",
           "2019-02-05", "2019-02-14 2019-01-21"),
    _asked("What happened in Christchurch in March 2019?", "pc-christchurch", "",
           "2019-03-15", "2019-02-26 2018-03-08"),
    _asked("Which plane crashed in October 2018?", "hw-lion-air", "",
           "2018-10-29", "2018-09-19 2019-03-10"),
    _asked("Who won the 2018 World Cup?", "ml-final-2018 champs-elysees"),
    _asked("Who received the Nobel Peace Prize in October 2018?", "mer-nobel-peace", "",
           "2018-10-05", "2018-09-19"),
    _asked("Why did the Feb. 27-28 summit end early?", _HANOI_ENDS),
    _asked("What did Notre-Dame lose in the fire in April 2019?", "hw-notre-dame-night hw-notre-dame-damage",
           "", "2019-04-16", "2019-03-29 2024-12-07"),
    _asked("How will the spire of Notre-Dame be rebuilt?", "cr-spire-contest", "2019-05-01"),
    _asked("How will the spire of Notre-Dame be rebuilt?", "mer-spire-2020", "2020-08-01"),
    _asked("What is the latest on Notre-Dame?", "lt-notre-dame-reopens"),
    _asked("What has North Korea done since April 2019?", _AFTER_APRIL, "",
           "2019-05-10 2019-10-05", "2019-03-03"),
    _asked("How did parliament vote on Brexit in January 2019?", "mer-brexit-january", "",
           "2019-01-15", "2018-11-30 2019-05-24"),
    _asked("Between the report of 15 January 2019 and that of 29 March 2019, how did the votes on May's deal "
           "go?", _BREXIT, "", "2019-01-15 2019-03-12 2019-03-29", "2019-05-24 2019-01-03"),
    _asked("What did Harbor Wire report on 8 February 2019?", "hw-hanoi-named", "",
           "2019-02-08", "2019-02-05 2019-02-14"),
    _asked("What happened to the 737 MAX last week?", "lt-max-grounded cr-max-europe", "2019-03-18",
           "2019-03-13", "2019-03-05"),
    _asked("What did astronomers show the world yesterday?", _BLACK_HOLE, "2019-04-11",
           "2019-04-10", "2019-04-04"),
    _asked("Who landed on the far side of the Moon two days ago?", "ow-change4", "2019-01-05",
           "2019-01-03", "2018-12-30"),
    _asked("What weapons did New Zealand ban in April?", "lt-gun-law", "2019-05-01",
           "2019-04-10", "2019-03-15"),
    _asked("How many people may have died in the cyclone in Mozambique in March 2019?", "idai", "",
           "2019-03-18", "2019-02-14"),
    _asked("Will Trump and Kim meet in June?", "lt-detainees", "2018-05-15"),
    _asked("Is the Singapore summit still on?", "hw-letter", "2018-05-30"),
    _asked("Is the Singapore summit still on?", "mer-back-on", "2018-06-05"),
    _asked("How far away is the galaxy M87?", f"lt-correction-black-hole {_BLACK_HOLE}"),
    _asked("What was reported about Kim yesterday?", "lt-train", "2019-02-27",
           "2019-02-26", "2019-02-14"),
    _asked("Did Theresa May resign on 24 May 2019?", "lt-may-resigns", "",
           "2019-05-24", "2019-05-10"),
)  # fmt: skip


def has_its_window(asked: Asked, filters: Filters) -> bool:
    if not asked.inside:
        return not {"since", "until"} & filters.inferred.keys()
    inside = [on(day, filters) for day in asked.inside]
    return all(inside) and not any(on(day, filters) for day in asked.outside)


def cites_right(asked: Asked, answer: Answer) -> bool:
    if not answer.citations:
        return False
    article = answer.citations[0].article
    return bool({article.id, Path(article.path or "").stem} & asked.cites)


def on(day: date, filters: Filters) -> bool:
    return (filters.since or day) <= day <= (filters.until or day)
