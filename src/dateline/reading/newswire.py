"""The line a wire report begins with: `PLACE, Month day (AGENCY) --`.

WASHINGTON, Feb. 15 (Xinhua) -- U.S. State Department said ...
SAN FRANCISCO, Calif., March 3, 2020 /PRNewswire/ -- ...
SEOUL (Reuters) - ...            LONDON — ...            Tainan, Taiwan CNN — ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.patterns import lazy
from dateline.reading.published import MONTH, WEEKDAY, calendar_day, month_number, weekday_number


@dataclass(frozen=True, slots=True)
class Newswire:
    """What the line says, None for what it doesn't. The report proper begins at `text[end]`."""

    place: str | None
    agency: str | None
    month: int | None  # 1 to 12
    day: int | None
    year: int | None
    weekday: int | None  # 0 is Monday
    end: int


_LONGEST = 200  # characters of a line and the byline above it
_DASH = lazy(r"\s*(?:--+|[—–―−])\s*|\s*\.-\s+|\s+[-_]\s+|(?<=[)/\]])(?:\s*[-_:]|\.)\s+")
_AGENCIES = frozenset(
    """
    afp afx ani ansa antara ap apa associated bbc belga bernama bloomberg bta businesswire cna cnn cnw
    cp ctk dpa efe globenewswire ians interfax ips jta kuna kyodo mti newswire nna novosti pna pr
    prnewswire pti reuters rfe/rl ria spa sputnik tass upi usnewswire voa wam xinhua yonhap
    """.split()
)
_OUTLET = r"CNN(?:\s(?:Business|Sport|Sports|Opinion|Travel|Style|Health))?|Reuters|AP|AFP|BBC\sNews"
_BARE = "Reuters|AP|AFP|UPI|Xinhua|Kyodo|TASS|PTI|IANS|ANI|JTA|EFE|ANSA|Yonhap|Interfax|dpa"
_HEAD = lazy(
    rf"""
    (?P<place>.*?)
    (?:(?:^|,?\s|,|--)(?:\((?P<agency1>[^()]{{2,40}})\)|(?P<outlet>{_OUTLET})(?=,?\s|$)))?
    (?:(?:^|,\s?|\s|(?<=[A-Z]{{3}})\.\s)(?P<date>
        (?i: (?:(?P<weekday>{WEEKDAY}),?\s)?
        (?: (?P<month1>{MONTH})\s?(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year1>\d{{4}}))?
          | (?P<day2>\d{{1,2}})\s(?P<month2>{MONTH})(?:,?\s(?P<year2>\d{{4}}))? ))
    ))?
    (?:,\s(?P<bare>{_BARE}))?
    (?:(?:^|(?:,|(?<=\d)\.)?\s?)(?:\((?P<agency2>[^()]{{2,40}})\)|\[(?P<agency3>[^\[\]]{{2,40}})\]|/(?P<agency4>[^/()]{{2,40}})/))?
    """,
    re.VERBOSE,
)
_UNDASHED = lazy(rf"[^()\n]{{0,60}}?\((?:CNN|{_BARE})\)\s*(?=\w|[\"'“‘])")
_COUNTRY = lazy(r" \[([A-Z][A-Za-z .]+)\](?=,)")  # New Delhi [India], April 4
_JOINING = frozenset(
    """
    al am an and da de del der di do du e el en es la las le les los of sur the y
    """.split()
)
_NOT_PLACES = frozenset(
    """
    a abc about after all also analysis at bbc be because before blog breaking but by cbs cdc cnn
    column commentary corrected correction could covid did do does editor editorial eu exclusive
    explained explainer fact factbox fbi feature fifa first for from has have he her here his how i if
    in insight interview is it its just last latest live mlb more most my nasa nato nba nbc news nfl nhl
    no not note npr on opinion or our p.s pbs photo photos podcast posted profile published q&a read
    report review she special spoiler sponsored sport sports story summary that their they this timeline
    tip to today tomorrow top un update updated updates usa video want warning was watch we week were
    what when where which who why will with would yes yesterday you your
    """.split()
)


def parse_newswire(text: str) -> Newswire | None:
    """The line at the start of a report, after a byline at most; None where the text begins otherwise.

    A place in capitals may stand alone before a dash; any other needs a date, or an agency that is known.
    """
    reach, found = min(len(text), _LONGEST), None
    for dash in _DASH.finditer(text, 0, reach):
        byline, _, head = text[: dash.start()].rpartition("\n")
        end = _skip_spaces(text, dash.end())
        if _is_preamble(byline) and (line := _read_head(head, end=end)) is not None:
            found = line
            if not text.startswith("(", end):  # "BOSTON--(BUSINESS WIRE)--" goes on
                break
    if found:
        return found
    undashed = _UNDASHED.match(text, 0, reach)
    return _read_head(undashed.group().rstrip(), end=undashed.end()) if undashed else None


def _is_preamble(text: str) -> bool:
    """Names of reporters and outlets, one a line, such as stand above the line."""
    lines = text.split("\n")
    return len(lines) <= 6 and all(len(line) <= 60 and not line.endswith((".", "?", "!")) for line in lines)


def _read_head(head: str, *, end: int) -> Newswire | None:
    """The line whose text before the dash is `head`."""
    found = _HEAD.fullmatch(_COUNTRY.sub(r", \1", " ".join(head.split())))
    if found is None:
        return None
    place = found["place"].strip(" ,")
    agency = found["agency1"] or found["outlet"] or found["agency2"] or found["agency3"] or found["agency4"]
    agency = agency or found["bare"]
    known = agency is not None and _is_known(agency)
    dated = found["date"] is not None
    if not (place or agency) or (agency and not _is_agency(agency, place)):
        return None
    if place and not (
        _in_capitals(place, bare=not (dated or agency)) or ((dated or known) and _in_title_case(place))
    ):
        return None
    if not place and not (known or (dated and agency)):
        return None
    return _with_date(found, place or None, agency, end)


def _with_date(found: re.Match[str], place: str | None, agency: str | None, end: int) -> Newswire | None:
    if found["date"] is None:
        return Newswire(place, agency, None, None, None, None, end)
    month = month_number(found["month1"] or found["month2"])
    day = int(found["day1"] or found["day2"])
    year = int(found["year1"] or found["year2"] or 0) or None
    weekday = weekday_number(found["weekday"]) if found["weekday"] else None
    if calendar_day(year or 2000, month, day) is None:
        return None
    return Newswire(place, agency, month, day, year, weekday, end)


def _is_known(agency: str) -> bool:
    return any(word in _AGENCIES for word in re.split(r"[\s-]+", agency.lower()))


def _is_agency(name: str, place: str) -> bool:
    """A name, and neither is short for the other: "NASA (National Aeronautics ...) -", "... Trust (PT)"."""
    if not (name[0].isupper() or _is_known(name)) or len(name.split()) > 4:
        return False
    long, short = _initials(name), _initials(place)
    return not (len(place) > 1 and long.startswith(place)) and not (len(short) > 1 and short == name)


def _initials(words: str) -> str:
    return "".join(word[0] for word in words.split() if word[0].isupper())


def _in_capitals(place: str, *, bare: bool) -> bool:
    """WASHINGTON; ST. PAUL, Minn.; PORT-AU-PRINCE, Haiti. A bare one has no date or agency beside it."""
    city, *regions = place.split(", ")
    words = re.split(r"[\s/-]+", city)
    if len(regions) > 2 or len(words) > (4 if bare else 7) or (bare and sum(map(str.isalpha, city)) < 4):
        return False
    if any(word.lower().strip(".") in _NOT_PLACES for word in words) or not words[0][0:1].isupper():
        return False
    capitals = all(_is_capitals(word) or word in _JOINING for word in words)
    return capitals and all(_in_title_case(region) for region in regions)


def _is_capitals(word: str) -> bool:
    """McALLEN, O'FALLON, COX’S too."""
    letters = re.sub(r"^(?:Mc|Mac)|['’]s$|[.'’]", "", word)
    return letters.isalpha() and letters.isupper()


def _in_title_case(place: str) -> bool:
    """Rio de Janeiro; Tainan, Taiwan; Washington D.C."""
    words = [word for word in re.split(r"[\s/,-]+", place) if word]
    if not words or len(words) > 6 or any(word.lower().strip(".") in _NOT_PLACES for word in words):
        return False
    plain = (re.sub(r"[.'’]", "", word) for word in words)
    return words[0][0].isupper() and all(
        word.isalpha() and (word[0].isupper() or word in _JOINING) for word in plain
    )


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
