from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dateline.answer.quotes import find_quote
from dateline.types import Article

TEXT = (
    "WASHINGTON, Feb. 15 (Xinhua) -- The second summit will be held in Hanoi on Feb. 27-28.\n"
    "``We are in no rush,'' Trump said. “It’s going\u00a0well — very well…” He named 1,500 troops.\n"
    "The second summit will be held in Hanoi on Feb. 27-28, he repeated."
)
ARTICLE = Article("a", "Title", TEXT)


def found(quote: str, *, start: int = 0, end: int = len(TEXT)) -> str | None:
    span = find_quote(quote, ARTICLE, start, end)
    return TEXT[slice(*span)] if span else None


def test_exact_words_are_found_where_they_stand() -> None:
    assert find_quote("held in Hanoi", ARTICLE, 0, len(TEXT)) == (
        TEXT.index("held in"),
        TEXT.index(" on Feb."),
    )


def test_the_passage_comes_before_the_rest_of_the_article() -> None:
    last_line = TEXT.rindex("\n") + 1
    span = find_quote("will be held in Hanoi", ARTICLE, last_line, len(TEXT))
    assert span is not None
    assert span[0] > last_line


def test_words_outside_the_passage_are_found_in_the_article() -> None:
    assert found("We are in no rush", start=0, end=40) == "We are in no rush"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("“We are in no rush,” Trump said", "``We are in no rush,'' Trump said"),
        ("It's going well -- very well...", "It’s going\u00a0well — very well…"),
        ("We  are\nin no rush", "We are in no rush"),
        ("held in Hanoi.", "held in Hanoi"),
        ("... held in Hanoi on Feb. 27-28 ...", "held in Hanoi on Feb. 27-28"),
        ("Feb. 15 (Xinhua) — The second", "Feb. 15 (Xinhua) -- The second"),
    ],
)
def test_typography_makes_no_difference(quote: str, words: str) -> None:
    assert found(quote) == words


@pytest.mark.parametrize(
    "quote",
    [
        "the second summit will be held in Hanoi",  # another case
        "The second meeting will be held in Hanoi",  # another word
        "The second summit ... on Feb. 27-28",  # glued from two places
        "econd summit will be held",  # from the middle of a word
        "summit will be hel",
        "500 troops.\nThe second",  # from the middle of a number
        "in Hanoi",  # too little
        "Trump",
        "--- ... --- ... ---",
        "",
    ],
)
def test_what_is_no_quotation_is_not_found(quote: str) -> None:
    assert found(quote) is None


def test_a_ligature_is_found_by_its_letters_but_never_cut() -> None:
    article = Article("a", "", "He caught \ufb01sh and chips are dear.")
    assert find_quote("fish and chips", article, 0, 30) == (10, 23)
    assert find_quote("ish and chips", article, 0, 30) is None


def test_an_accent_may_be_written_either_way() -> None:
    article = Article("a", "", "The cafe\u0301 in Hanoi was full.")
    assert find_quote("café in Hanoi", article, 0, 30) == (4, 18)
    assert find_quote("The cafe", article, 0, 30) is None


def test_a_script_without_spaces_may_be_cut_between_any_characters() -> None:
    article = Article("a", "", "第二次美朝领导人会晤将于二月二十七日在越南河内举行。")
    assert find_quote("美朝领导人会晤将于二月二十七日", article, 0, 26) == (3, 18)


def plain(text: str) -> str:
    """An independent, slower statement of what counts as the same words."""
    text = "".join(
        '"' if c in "\"'`´‘’‚‛“”„‟′″«»‹›＂＇「」『』〝〞" else unicodedata.normalize("NFKD", c) for c in text
    )
    text = "".join(
        "-" if unicodedata.category(c) == "Pd" or c == "\u2212" else c
        for c in text
        if unicodedata.category(c) != "Cf"
    )
    return re.sub(r'(["-])\1+', r"\1", " ".join(text.split())).strip()


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # most runs of any text have no three words
@given(st.text(max_size=120), st.text(alphabet="ab 1.,'“”-–—é\u0301ﬁ½\u00a0\u00ad\n", max_size=60), st.data())
def test_any_run_of_whole_words_is_found(before: str, after: str, data: st.DataObject) -> None:
    text = before + after
    words = list(re.finditer(r"\S+", text))
    assume(words)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = text[words[first].start() : words[last].end()]
    assume(len(re.findall(r"[^\W_]+", plain(quote))) >= 3)
    span = find_quote(quote, Article("a", "", text), 0, len(text))
    assert span is not None
    assert plain(text[slice(*span)]) == plain(quote)


@given(st.text(max_size=60), st.text(max_size=40))
def test_what_is_found_says_the_quoted_words(text: str, quote: str) -> None:
    span = find_quote(quote, Article("a", "", text), 0, len(text))
    if span is not None:
        letters = r"^[\W_]+|[\W_]+$"
        assert re.sub(letters, "", plain(text[slice(*span)])) == re.sub(letters, "", plain(quote))
