"""Days that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search import Clock, narrowed, timed, understand
from dateline.search.moments import about_the_present, moments, pull
from dateline.types import Filters

TODAY = date(2019, 6, 12)  # a Wednesday
CLOCK = Clock(TODAY, date(2018, 1, 1), date(2019, 6, 10), lambda *_: 1_000, usual=1.0, given=True)
QUESTIONS = (
    "What did Biegun say on Jan. 31?",
    "What happened in Larkvale last week?",
    "Who left the valley between March 3 and March 9, 2019?",
    "What has been built since April?",
    "What did Harbor Wire report on 8 February 2019?",
    "Who won the 2018 cup?",
    "When will the bridge open?",
)


def read(text: str, clock: Clock = CLOCK) -> list[tuple[str, str]]:
    return [(moment.words, moment.of) for moment in moments(text, clock)]


def limits(text: str, filters: Filters | None = None, clock: Clock = CLOCK) -> Filters:
    return narrowed(timed(understand(text), clock), filters or Filters())


@pytest.mark.parametrize(
    ("text", "words", "since", "until"),
    [
        ("What did Biegun say on Jan. 31?", "Jan. 31", date(2019, 1, 30), date(2019, 3, 18)),
        ("What happened in Larkvale last week?", "last week", date(2019, 6, 3), date(2019, 7, 24)),
        ("Who left in March 2019?", "March 2019", date(2019, 3, 1), date(2019, 6, 29)),
        ("Who left in 2018?", "2018", date(2018, 1, 1), None),
        ("Did Mrs May resign on 24 May 2019?", "24 May 2019", date(2019, 5, 23), date(2019, 7, 9)),
    ],
)
def test_what_happened_is_looked_for_from_its_day_on(
    text: str, words: str, since: date, until: date | None
) -> None:
    filters = limits(text)
    assert (filters.since, filters.until) == (since, until)
    assert filters.inferred["since"] == words


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What was reported about the summit in the first week of February 2019?", (2, 4), (2, 10)),
        ("What did the paper report on 8 February 2019?", (2, 7), (2, 9)),
        ("What changed between the report of 6 February 2019 and that of 15 March 2019?", (2, 5), (3, 16)),
        ("What does the article published on February 8, 2019, say of Hanoi?", (2, 7), (2, 9)),
        ("What does the report from The Verge on February 8, 2019, say of Hanoi?", (2, 7), (2, 9)),
        ("What does the February 8, 2019, article say of Hanoi?", (2, 7), (2, 9)),
    ],
)
def test_what_was_reported_goes_by_the_day_of_publication(
    text: str, since: tuple[int, int], until: tuple[int, int]
) -> None:
    filters = limits(text)
    assert (filters.since, filters.until) == (date(2019, *since), date(2019, *until))


@pytest.mark.parametrize(
    "text",
    [
        "Who drew up the 2020 budget?",
        "Who won at the 2018 Olympics?",
        "How many died of the 1918 flu?",
        "Why did the Feb. 27-28 summit end early?",
        "What was known about the summit in February?",
        "How many storms had hurricane season 2018?",
        "Will the bridge open in July?",
        "When is the ferry expected to sail in March?",
        "What is planned for next week?",
        "What was built this year?",
        "Which presidents have been born on July 4?",
        "Who was in the programme that began on June 2, 2019?",
        "How many babies were born last year?",
        "What did the mayor say about last week's strike?",
        "What happened since the vote?",
        "What was said before the summit was announced?",
        "On July 4, 1776, what did the Congress adopt?",
    ],
)
def test_a_day_of_a_subject_of_history_or_to_come_is_no_filter(text: str) -> None:
    assert limits(text) == Filters()


def test_a_day_of_a_subject_is_kept_as_a_preference() -> None:
    assert read("Why did the Feb. 27-28 summit end early?") == [("Feb. 27-28", "subject")]


def test_history_is_no_window_in_an_archive_with_a_stray_old_article() -> None:
    def told(since: date, until: date) -> int:
        return 1 if since.year < 2018 else 1_000

    old = Clock(TODAY, date(1990, 1, 1), date(2019, 6, 10), told, usual=5.0, given=True)
    assert read("Who left in March 1991?", old) == []
    assert read("Who left in March 2019?", old) == [("March 2019", "happened")]


def test_of_two_times_one_before_the_archive_begins_neither_bounds_the_search() -> None:
    asked = "Was the toll higher in December 2015 or in December 2018?"
    assert read(asked) == [("December 2015", "subject"), ("December 2018", "subject")]
    assert limits(asked).since is None


def test_history_takes_nothing_from_the_days_on_which_reports_appeared() -> None:
    asked = "Who left in March 1991, as reported on 8 February 2019?"
    assert read(asked) == [("8 February 2019", "appeared")]
    assert limits(asked).since == date(2019, 2, 7)


def test_without_a_day_of_asking_a_month_is_the_last_with_reports() -> None:
    def told(since: date, until: date) -> int:
        return 30 if since.year == 2018 else 0

    ended = Clock(TODAY, date(2017, 1, 1), date(2019, 6, 12), told, usual=1.0, ended=True)
    assert limits("Who left in March?", clock=ended).since == date(2018, 3, 1)
    assert limits("Who left in March?").since == date(2019, 3, 1)


def test_a_bare_weekday_is_no_window_in_an_archive_that_has_ended() -> None:
    ended = Clock(TODAY, date(2017, 1, 1), TODAY, lambda *_: 1_000, usual=1.0, ended=True)
    assert read("Who left on Monday?") == [("Monday", "happened")]
    assert read("Who left on Monday?", ended) == []
    assert read("Who left last week?", ended) == [("last week", "happened")]


def test_a_question_of_parts_is_limited_only_where_each_names_a_day() -> None:
    part = "did the company of the harbour ferry sell its oldest ships to buyers abroad"
    assert not limits(f"In March 2019, {part}, and who led the long strike of the crews of the ferry?")


def test_words_of_time_are_not_what_is_asked_about() -> None:
    asked = timed(understand("What did the mayor say of Larkvale on Jan. 31?"), CLOCK)
    assert asked.names == ("Larkvale",)
    assert not {"jan", "31"} & set(asked.terms)


days = st.dates(date(2018, 1, 1), date(2020, 1, 1))


@given(st.sampled_from(QUESTIONS), st.none() | days, st.none() | days)
def test_a_window_narrows_and_never_widens(text: str, since: date | None, until: date | None) -> None:
    given_ = Filters(since, until)
    filters = limits(text, given_)
    assert since is None or (filters.since is not None and filters.since >= since)
    assert until is None or (filters.until is not None and filters.until <= until)
    assert limits(text, filters) == filters


@given(st.sampled_from(QUESTIONS), days)
def test_a_window_is_in_order_and_what_happened_begins_before_the_day_of_asking(
    text: str, today: date
) -> None:
    clock = Clock(today, date(2017, 1, 1), date(2020, 1, 1), lambda *_: 10_000, usual=1.0, given=True)
    filters = limits(text, clock=clock)
    assert all(one.since and one.since <= today for one in moments(text, clock) if one.of == "happened")
    assert None in (filters.since, filters.until) or filters.since <= filters.until  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is the latest on the bridge?", "latest"),
        ("Who is currently mayor?", "latest"),
        ("Is the summit still on?", "latest"),
        ("Who was mayor until now?", None),
        ("Who first reported the flood?", "earliest"),
        ("What did the first reports say of the flood?", "earliest"),
        ("Where did the first summit take place?", None),
    ],
)
def test_the_latest_and_the_first_are_asked_for_in_words(text: str, expected: str | None) -> None:
    assert pull(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who is the mayor?", True),
        ("When will the bridge open?", False),
        ("What is the latest?", True),
        ("Who opened the bridge?", False),
        ("What did the mayor say?", False),
    ],
)
def test_a_question_about_the_present_is_known(text: str, *, expected: bool) -> None:
    assert about_the_present(text) is expected
