"""How well times are understood: `python tests/bench/times.py [--part PART] [--failures] [--index DIR]`.

(Not time.py, which a type checker takes for the standard library's.)

dates: the English cases of Recognizers-Text whose result is a date, a range or a datetime with days; right is
a span over the same words with the same days. Where the sentence looks past or ahead, that resolution counts,
else either. Their ranges end where the last day, month or year that is named begins ("Oct. 2 to Oct. 22" ends
on Oct. 22); ours hold it: both readings are the same days, and how often that was needed is told.
speed: words of news articles resolved in a second, on one core; and indexing some of them, and its share.
newswire: lines of every form (tests/newswire_lines.py), and those that multihop's articles begin with.
sample: the thirty questions of tests/times_asked.py over the sample: days read, first article cited.
as_of: as_of.py, over an index of realtimeqa-2024. What the day of asking brings to its hits: retrieval.py.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import as_of
import development_sets

import dateline
from dateline.dates import resolve_dates
from dateline.index.split import split
from dateline.index.spoken import spoken
from dateline.reading import parse_newswire, read_file
from dateline.reading.newswire import Newswire
from dateline.sample import articles as sample_articles
from dateline.types import Article, TimeSpan

sys.path.insert(1, str(Path(__file__).parent.parent))  # what the tests know as well

from newswire_lines import LINES
from times_asked import ASKED, cites_right, has_its_window

DAY = timedelta(days=1)
INDEXED = 120  # articles
WITH_DAYS = ("date", "daterange", "datetime", "datetimerange")
AHEAD = re.compile(r"\bwill\b|'ll\b|let's|schedule|find us|set |please", re.IGNORECASE)
BACK = re.compile(r"\b(?:went|was|were|had|did|left|came|happened|have)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """What a resolution says: one bound may be missing."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """One expression in one sentence, and the resolutions that count."""

    file: str
    sentence: str
    reference: str
    start: int
    end: int
    allowed: tuple[Days, ...]


def cases(file: Path) -> Iterator[Case]:
    """The cases of one file that have days."""
    for record in json.loads(file.read_text("utf-8-sig")):
        sentence, context = record["Input"], record.get("Context", {})
        reference = context.get("ReferenceDateTime", "2016-11-07T00:00:00")
        for result in record["Results"]:
            allowed = tuple(resolutions(result.get("Value") or {}, sentence))
            if result["Type"].removeprefix("datetimeV2.") in WITH_DAYS and allowed:
                start = result["Start"]
                yield Case(file.stem, sentence, reference, start, start + result["Length"], allowed)


def resolutions(value: Mapping[str, Any], sentence: str) -> Iterator[Days]:
    """Those in the direction that the sentence looks, or both."""
    if "values" in value:
        each = value["values"]
    else:
        past, future = value["PastResolution"], value["FutureResolution"]
        each = [future] if AHEAD.search(sentence) else [past] if BACK.search(sentence) else [past, future]
    for one in each:
        if "value" in one or "date" in one:
            day = day_of(one.get("value") or one["date"])
            if day:
                yield Days(day, day + DAY)
        elif any(key.startswith(("start", "end")) for key in one):
            since, until = (day_of(one.get(key) or one.get(f"{key}Date")) for key in ("start", "end"))
            if since or until:
                yield Days(since, until)


def day_of(text: str | None) -> date | None:
    """The day of "2016-11-07" or "2016-11-07 18:30:00"."""
    known = text and re.match(r"(?!0001)\d{4}-", text)
    return datetime.fromisoformat(text).date() if text and known else None


def is_right(span: TimeSpan, gold: Days) -> str | None:
    """ "exact", "last one held", or None."""
    if (span.since, span.until) == (gold.since, gold.until):
        return "exact"
    since = gold.since in (None, span.since) or (gold.until is None and span.since == after(gold.since, DAY))
    if gold.until is None or span.until == gold.until:
        return "one bound" if since and None in (gold.since, gold.until) else None
    held = [after(gold.until, DAY)]
    held += [(gold.until + 31 * DAY).replace(day=1)] if gold.until.day == 1 else []
    held += [gold.until.replace(year=gold.until.year + 1)] if gold.until.timetuple().tm_yday == 1 else []
    held += [after(gold.until, 7 * DAY)] if gold.until.weekday() == 0 else []
    return "last one held" if since and span.until in held else None


def after(day: date | None, shift: timedelta) -> date | None:
    """The day so much later."""
    return None if day is None else day + shift


def verdict(case: Case) -> tuple[str | None, str]:
    """How the case is right, or None; and what was found in its place."""
    spans = resolve_dates(case.sentence, case.reference)
    there = [span for span in spans if span.start < case.end and case.start < span.end]
    ways = [way for span in there for gold in case.allowed if (way := is_right(span, gold))]
    said = "; ".join(f"{one.text!r} {one.since}..{one.until}{one.reason or ''}" for one in there)
    return (min(ways) if ways else None), said or "nothing"


def dates(folder: Path, *, failures: bool) -> None:
    """Prints the shares, and the failures where they are asked for."""
    total, ways = 0, Counter[str]()
    for file in sorted(folder.glob("*.json")):
        found = [(case, *verdict(case)) for case in cases(file)]
        right = sum(way is not None for _, way, _ in found)
        ways.update(way for _, way, _ in found if way)
        total += len(found)
        print(f"dates, {file.stem}: {right} of {len(found)} right ({right / len(found):.1%})")
        for case, way, said in found if failures else ():
            if way is None:
                wanted = " or ".join(f"{one.since}..{one.until}" for one in case.allowed)
                print(f"    {case.sentence!r} ({case.reference[:10]}): {wanted}; found {said}")
    print(f"dates: {ways.total()} of {total} right ({ways.total() / total:.1%}), {dict(ways)}")


def speed(folder: Path, count: int = 1000) -> None:
    """Prints the words resolved in a second."""
    read = (one for one in read_file(folder / "articles.jsonl.gz") if isinstance(one, Article) and one.day)
    articles = list(islice(read, 0, 8 * count, 8))
    words = sum(len(article.text.split()) for article in articles)
    began = time.process_time()
    spans = sum(len(resolve_dates(article.text, article.day or date.today())) for article in articles)
    seconds = time.process_time() - began
    print(
        f"speed: {words / seconds:,.0f} words/s on one core; {spans} spans in {words} words "
        f"of {len(articles)} articles"
    )
    share(articles[:INDEXED])


def share(articles: Sequence[Article]) -> None:
    """Prints how long the articles take to be indexed, and the resolving of their days in it."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "articles.jsonl"
        source.write_text("".join(f"{json.dumps(one.to_dict())}\n" for one in articles))
        dateline.build(source, Path(name) / "first", progress=lambda *_: None)  # loads the model
        began = time.perf_counter()
        dateline.build(source, Path(name) / "index", progress=lambda *_: None)
        whole = time.perf_counter() - began
    began = time.perf_counter()
    for one in articles:
        spoken(one, split(one))
    both = time.perf_counter() - began
    began = time.perf_counter()
    for one in articles:
        split(one)
    days = both - (time.perf_counter() - began)
    print(
        f"speed: {len(articles)} articles indexed in {whole:.1f} s, days in {days:.2f} s ({days / whole:.1%})"
    )


def newswire(folder: Path | None) -> None:
    """Prints how many lines are read right, and each beginning of a multihop article that is taken so."""
    read = [(line, parse_newswire(line.text)) for line in LINES]
    right = [line for line, found in read if found and _said(found) == (line.place, line.agency, line.date)]
    print(f"newswire lines: {len(right)} of {len(LINES)} right")
    for article in read_file(folder / "articles.jsonl") if folder else ():
        if isinstance(article, Article) and (found := parse_newswire(article.text)):
            print(f"    multihop: {article.text[: found.end + 20]!r}")


def _said(found: Newswire) -> tuple[str | None, str | None, tuple[int | None, int | None, int | None]]:
    return found.place, found.agency, (found.month, found.day, found.year)


def sample() -> None:
    """Prints how many of the questions are read and answered right, and those that are not."""
    with tempfile.TemporaryDirectory() as folder:
        dateline.build(sample_articles(), folder)
        archive = dateline.open(folder, llm="none")
        answers = [(asked, archive.ask(asked.text, as_of=asked.as_of)) for asked in ASKED]
        windows = [has_its_window(asked, answer.filters) for asked, answer in answers]
        cited = [cites_right(asked, answer) for asked, answer in answers]
    print(f"sample: window right in {sum(windows)} of {len(ASKED)}, first citation in {sum(cited)}")
    for (asked, _), window, citation in zip(answers, windows, cited, strict=True):
        if not (window and citation):
            print(f"    {asked.text} ({asked.as_of}): window {window}, citation {citation}")


PARTS = ("dates", "speed", "newswire", "sample", "as_of")


def main() -> None:
    """Prints the figures of the parts whose sets are there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", choices=PARTS, action="append", help="may be repeated; else all")
    parser.add_argument("--failures", action="store_true", help="list what is wrong of dates")
    parser.add_argument("--index", type=Path, help="an index of realtimeqa-2024, for as_of")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="as_of: every Nth question")
    given = parser.parse_args()
    parts = given.part or PARTS
    if "dates" in parts and (folder := development_sets.find("dates")):
        dates(folder, failures=given.failures)
    if "speed" in parts and (folder := development_sets.find("realtimeqa-2024")):
        speed(folder)
    if "newswire" in parts:
        newswire(development_sets.find("multihop"))
    if "sample" in parts:
        sample()
    if "as_of" in parts and given.index and (folder := development_sets.find("realtimeqa-2024")):
        as_of.measure(folder, given.index, every=given.every)


if __name__ == "__main__":
    main()
