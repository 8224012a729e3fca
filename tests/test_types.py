from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import types
from dateline.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Coverage,
    Filters,
    Finding,
    Health,
    Hit,
    Overview,
    Passage,
    Report,
    Skipped,
    Usage,
    day_of,
    iso,
)

ARTICLE = Article(
    "a",
    "A bridge",
    "The bridge is open. It cost much.",
    published=datetime(2019, 2, 4, 23, 30, tzinfo=UTC),
    published_from="metadata",
    source="Harbor Wire",
    authors=("Ada Reyl",),
)
HIT = Hit(Passage("a:0-19", "a", "The bridge is open.", 0, 19), ARTICLE, 1.5, 1)


def test_nouns_are_frozen_and_slotted() -> None:
    nouns = [thing for thing in vars(types).values() if isinstance(thing, type) and is_dataclass(thing)]
    assert len(nouns) > 10
    assert all("__slots__" in vars(noun) for noun in nouns)
    with pytest.raises(FrozenInstanceError):
        ARTICLE.title = "Another"  # type: ignore[misc]


@given(st.text(), st.text(), st.integers(-5, 50), st.integers(-5, 50))
def test_a_citation_that_does_not_stand_in_its_article_can_not_be_made(
    text: str, quote: str, start: int, end: int
) -> None:
    article = Article("a", "T", text)
    if text[start:end] == quote:
        assert Citation(1, article, quote, start, end).quote == quote
    else:
        with pytest.raises(ValueError, match="does not stand in article a"):
            Citation(1, article, quote, start, end)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (date(2019, 2, 4), date(2019, 2, 4)),
        (datetime.fromisoformat("2019-02-04T23:30:00-05:00"), date(2019, 2, 4)),
        ("2019-02-04", date(2019, 2, 4)),
        ("2019-02-04T23:30:00Z", date(2019, 2, 4)),
        (None, None),
    ],
)
def test_a_day_is_the_one_that_is_printed(moment: date | datetime | str | None, day: date | None) -> None:
    assert day_of(moment) == day


def test_a_string_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        day_of("yesterday")


def test_an_iso_date_is_the_shortest_that_says_it() -> None:
    assert iso(date(2019, 2, 4)) == "2019-02-04"
    assert iso(ARTICLE.published) == "2019-02-04T23:30:00+00:00"
    assert iso(None) is None


@pytest.mark.parametrize(
    ("filters", "admits"),
    [
        (Filters(), True),
        (Filters(since=date(2019, 2, 4), until=date(2019, 2, 4)), True),
        (Filters(since=date(2019, 2, 5)), False),
        (Filters(until=date(2019, 2, 3)), False),
        (Filters(sources=("harbor WIRE",)), True),
        (Filters(sources=("Weekly Kiln",)), False),
        (Filters(since=date(2019, 2, 1), sources=("Weekly Kiln",)), False),
    ],
)
def test_filters_admit_what_is_inside_them(filters: Filters, admits: bool) -> None:
    assert filters.admits(ARTICLE) is admits


def test_an_undated_article_passes_no_day_and_one_without_an_outlet_no_outlet() -> None:
    bare = Article("b", "T", "Text.")
    assert Filters().admits(bare)
    assert not Filters(since=date.min).admits(bare)
    assert not Filters(until=date.max).admits(bare)
    assert not Filters(sources=("Harbor Wire",)).admits(bare)


def test_filters_are_true_when_they_keep_something_out() -> None:
    assert not Filters(inferred={"since": "in 2019"})
    assert Filters(sources=("Harbor Wire",))
    assert Filters(until=date(2019, 1, 1))


def answer() -> Answer:
    return Answer(
        question="Is it open?",
        answered=True,
        mode="extractive",
        text="It is. [1]",
        claims=(Claim("It is.", "supported", (1,)),),
        citations=(Citation(1, ARTICLE, "The bridge is open.", 0, 19),),
        filters=Filters(since=date(2019, 1, 1), inferred={"since": "in 2019"}),
        coverage=Coverage(3, date(2019, 1, 8), date(2019, 2, 4), 2, nearest=HIT),
        as_of=date(2019, 3, 1),
        usage=Usage("m", 100, 20, 0.5),
        notices=("Searched by words only.",),
    )


def test_an_answer_is_json() -> None:
    said = json.loads(json.dumps(answer().to_dict()))
    assert said["citations"][0]["quote"] == "The bridge is open."
    assert said["citations"][0]["article"]["published"] == "2019-02-04T23:30:00+00:00"
    assert said["claims"] == [{"text": "It is.", "support": "supported", "citations": [1], "reasons": []}]
    assert said["filters"] == {
        "since": "2019-01-01",
        "until": None,
        "sources": [],
        "inferred": {"since": "in 2019"},
        "about_since": None,
        "about_until": None,
        "ignored": [],
        "alternative": None,
    }
    assert said["coverage"]["nearest"]["article"]["id"] == "a"
    assert said["as_of"] == "2019-03-01"
    assert said["usage"]["completion_tokens"] == 20


def test_the_json_of_a_noun_has_all_its_fields() -> None:
    report = Report(1, 2, 3, 4, (Skipped("a.csv", 3, "no text"),), 5, 6, 0.5)
    overview = Overview(
        1, 2, 0, None, None, (("Harbor Wire", 1),), (("2019-02", 1),), None, {"schema": "1"}, 9
    )
    for noun in (ARTICLE, answer().coverage, report, report.skipped[0], overview):
        assert noun.to_dict().keys() == {one.name for one in fields(noun)}
    assert answer().to_dict().keys() - {one.name for one in fields(answer())} == {"independent_sources"}
    assert json.loads(json.dumps(overview.to_dict()))["sources"] == {"Harbor Wire": 1}


def test_the_json_of_a_hit_is_that_of_a_search() -> None:
    assert HIT.to_dict() == {
        "rank": 1,
        "score": 1.5,
        "article": ARTICLE.brief(),
        "passage_id": "a:0-19",
        "text": "The bridge is open.",
        "start": 0,
        "end": 19,
        "also": [],
        "told": [],
        "matched": None,
    }
    assert replace(HIT, also=(ARTICLE,)).to_dict()["also"] == [ARTICLE.brief()]


def article(id: str, source: str | None) -> Article:
    return Article(id, id, "It rained.", source=source)


@pytest.mark.parametrize(
    ("cited", "also", "sources"),
    [
        ([], {}, 0),
        (["Harbor Wire", "Ansel Gazette"], {}, 2),
        (["Harbor Wire", "harbor wire"], {}, 1),
        ([None, None], {}, 2),
        (["Harbor Wire", "Ansel Gazette"], {0: 1}, 1),
        (["Harbor Wire", "Ansel Gazette", "Harbor Wire"], {1: 2}, 1),
    ],
)
def test_copies_and_articles_of_one_outlet_are_one_source(
    cited: list[str | None], also: dict[int, int], sources: int
) -> None:
    articles = [article(f"a{n}", source) for n, source in enumerate(cited)]
    citations = tuple(
        Citation(n + 1, one, "It rained.", 0, 10, (articles[also[n]],) if n in also else ())
        for n, one in enumerate(articles)
    )
    assert replace(answer(), citations=citations).independent_sources == sources


def test_a_finding_says_what_where_and_what_to_do() -> None:
    finding = Finding("it is missing", "index/words", "dateline doctor --repair")
    assert str(finding) == "index/words: it is missing; dateline doctor --repair"
    assert Health(False, (finding,)).to_dict() == {
        "healthy": False,
        "findings": [{"what": "it is missing", "where": "index/words", "mend": "dateline doctor --repair"}],
        "repaired": False,
    }
