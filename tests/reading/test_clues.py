from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.clues import names_in, read_clues


def test_explicit_years_are_counted_and_other_numbers_are_not() -> None:
    clues = read_clues("In 2018 and since 2018, $2019 bought 2,017 of 1999's 2015.5 shares, up 2010%.")
    assert clues.years == {2018: 2, 1999: 1}


def test_full_dates_are_read_in_both_orders() -> None:
    clues = read_clues("It began on June 12, 2018, and ended on 3 March 2019. Feb. 30, 2019 never was.")
    assert clues.dates == {date(2018, 6, 12), date(2019, 3, 3)}


def test_weekdays_with_dates_are_read_where_no_year_is_given() -> None:
    text = (
        "On Monday, Feb. 11, and Tuesday 12 February they met; not on Friday, June 1, 2018. May 3 (Sunday)."
    )
    assert read_clues(text).weekday_dates == {(0, 2, 11), (1, 2, 12), (6, 5, 3)}


def test_a_weekday_alone_is_the_first_without_a_date() -> None:
    assert read_clues("On Monday, Feb. 11, he came, he said Thursday. On Friday he left.").weekday == 3
    assert read_clues("On Monday, Feb. 11, he came.").weekday is None


def test_a_month_is_remembered_with_the_names_beside_it() -> None:
    clues = read_clues(
        "He met the North's Kim Jong Un in Singapore last June. They met in Hanoi in February 2019."
    )
    (last,) = clues.last_months
    assert last.month == 6
    assert {"Kim Jong Un", "Kim", "Singapore"} <= set(last.names)
    (event,) = clues.events
    assert (event.year, event.month, event.names) == (2019, 2, ("Hanoi",))


def test_an_abbreviated_month_does_not_end_a_sentence() -> None:
    (event,) = read_clues("He met Kim in Singapore on Feb. 12, 2018 for talks.").events
    assert "Singapore" in event.names


def test_years_ago_are_read_beside_one_explicit_year() -> None:
    assert read_clues("It was in 2014, five years ago.").spans == {(2014, 5)}
    assert read_clues("From 2013 to 2014, five years ago.").spans == set()


def test_names_are_not_taken_from_the_beginnings_of_sentences() -> None:
    assert set(names_in("The talks went on. Both said so on Monday in Sharm Sheikh.")) == {
        "Sharm Sheikh",
        "Sharm",
        "Sheikh",
    }


@given(st.text(max_size=300))
def test_any_text_has_its_clues_read(text: str) -> None:
    read_clues(text)
