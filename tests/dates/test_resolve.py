from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.dates import resolve_dates
from dateline.types import TimeSpan

TIMES = [
    *("Friday", "Feb. 27-28", "last week", "the third quarter of 2018", "two weeks ago", "since June", "now"),
    *(
        "3 p.m. EST Monday",
        "the 1990s",
        "Christmas Eve",
        "early next year",
        "from Monday to Thursday",
        "2016-18",
    ),
    *(
        "a day after the summit",
        "the previous month",
        "Feb. 29",
        "in 1789",
        "the last century",
        "next spring",
    ),
    *(
        "the nine months ended Sept. 30",
        "9/11",
        "two days later",
        "100 centuries ago",
        "in 9999 years",
        "May 31",
    ),
]
SENTENCES = st.builds(
    "{} {} {}.".format,
    st.sampled_from(["He said", "They will meet", "Talks", "On", "She had gone"]),
    st.sampled_from(TIMES),
    st.sampled_from(["in Hanoi", "and left", "with 2,019 people", "it was over"]),
)
ANY_DAY = st.one_of(st.dates(), st.sampled_from([date.min, date.max, date(2020, 2, 29)]))
WORDS = st.lists(
    st.sampled_from([*" ".join(TIMES).split(), "the", "of", "31st", ",", "to", "\n", "'", "/"]), max_size=12
)
TEXTS = st.one_of(st.text(), WORDS.map(" ".join))


def shifted(spans: list[TimeSpan], by: int) -> list[tuple[int, int, date | None, date | None]]:
    return [(span.start + by, span.end + by, span.since, span.until) for span in spans]


@given(TEXTS, ANY_DAY)
@example("EARLY EARLY SPRING", date(1, 1, 1))
@settings(max_examples=300)
def test_any_text_on_any_day_gives_ordered_half_open_spans(text: str, day: date) -> None:
    end = 0
    for span in resolve_dates(text, day):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        assert (span.since is None and span.until is None) == (span.reason is not None)
        assert span.since is None or span.until is None or span.since < span.until
        end = span.end


@given(SENTENCES, SENTENCES, st.sampled_from([" ", "\n", "\n\n"]), ANY_DAY)
@settings(max_examples=200)
def test_a_sentence_is_read_alike_whatever_stands_around_it(
    first: str, second: str, gap: str, day: date
) -> None:
    together = shifted(resolve_dates(first + gap + second, day), 0)
    apart = shifted(resolve_dates(first, day), 0) + shifted(resolve_dates(second, day), len(first + gap))
    assert together == apart


@pytest.mark.parametrize(
    "reference",
    [
        date(2019, 2, 15),
        datetime(2019, 2, 15, 23, 59),
        datetime(2019, 2, 15, tzinfo=UTC),
        "2019-02-15",
        "20190215",
    ],
)
def test_the_reference_may_be_a_day_a_moment_or_its_iso_form(reference: date | str) -> None:
    (span,) = resolve_dates("They met yesterday.", reference)
    assert span == TimeSpan("yesterday", 9, 18, date(2019, 2, 14), date(2019, 2, 15), "day")


def test_a_reference_that_is_no_day_is_an_error() -> None:
    with pytest.raises(ValueError, match="Friday"):
        resolve_dates("They met yesterday.", "Friday")


def test_a_span_has_its_json() -> None:
    (span,) = resolve_dates("They met at 3 p.m. GMT on Feb. 8.", "2019-02-15")
    assert span.to_dict() == {
        "text": "3 p.m. GMT on Feb. 8",
        "start": 12,
        "end": 32,
        "since": "2019-02-08",
        "until": "2019-02-09",
        "grain": "time",
        "at": "2019-02-08T15:00:00+00:00",
        "reason": None,
    }


@pytest.mark.parametrize(
    ("text", "reference", "since"),
    [
        ("It opened in mid-April.", "2019-05-02", "2019-04-11"),
        ("Snow this winter could be a saving.", "2023-03-09", "2022-12-01"),
        ("This past weekend it rained.", "2019-02-13", "2019-02-09"),
        ("People will begin getting help in April, Walz said.", "2021-02-26", "2021-04-01"),
        ("Over the summer, it agreed to pay for it.", "2023-10-26", "2023-06-01"),
        ("The primary is Feb. 27, and that Feb. 27 vote counted.", "2023-12-04", "2024-02-27"),
        ("By June, the shine had worn off.", "2023-11-15", "2023-06-01"),
        ("There is snow from November to April.", "2023-11-15", "2023-11-01"),
        ("It was bought in 2014 - meaning that it was theirs.", "2023-11-15", "2014-01-01"),
        ("The plan was rejected by May in 2019.", "2019-03-02", "2019-01-01"),
        ("Connecticut (37-1) 2002", "2024-02-27", "2002-01-01"),
    ],
)
def test_days_as_reporters_write_them(text: str, reference: str, since: str) -> None:
    assert {str(one.since) for one in resolve_dates(text, reference)} == {since}


def test_a_turn_of_phrase_is_no_day() -> None:
    assert resolve_dates("At the end of the day, that is not what they want.", "2024-01-23") == []
