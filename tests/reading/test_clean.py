from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.clean import clean, fold, one_line


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="a \n\t\r\u200d\u200c\u0628\u00ad\u2028\x0b\xa0"))
def test_cleaning_twice_changes_nothing_where_it_is_hard(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_can_be_written(text: str) -> None:
    clean(text).encode()


def test_invisible_characters_are_removed() -> None:
    assert clean("\ufeffKi\u00adm\u200b \u202eJong\u2066 Un\ud800\U000e0041\x00") == "Kim Jong Un"


def test_joiners_stay_only_where_words_are_spelled_with_them() -> None:
    assert clean("می\u200cخواهم a\u200cb") == "می\u200cخواهم ab"


def test_line_ends_become_newlines_and_no_break_spaces_stay() -> None:
    assert clean(" a\r\nb\rc\u2028d \n\n\n\ne\xa0f ") == "a\nb\nc\nd\n\ne\xa0f"


def test_a_headline_is_one_line() -> None:
    assert one_line("Kim,\n  Trump\tmeet ") == "Kim, Trump meet"


def test_copies_fold_alike() -> None:
    assert fold("Kim  Meets\nTrump") == fold("kim meets trump")


def test_a_long_run_of_spaces_takes_no_long_time() -> None:
    assert clean("a" + " " * 1_000_000 + "b \nc").endswith("b\nc")
