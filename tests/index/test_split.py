from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.index.split import LONGEST_RUN, PASSAGE_WORDS, passage_of, split
from dateline.reading import parse_newswire
from dateline.types import Article

_SENTENCE = st.lists(
    st.sampled_from(["Kim", "said", "U.S.", "in", "Feb. 15", "é", "”"]), min_size=1, max_size=90
).map(lambda words: " ".join(words) + ". ")
TEXTS = (
    st.text()
    | st.lists(_SENTENCE | st.text(max_size=9), max_size=8).map("".join)
    | st.text().map(lambda text: f"SEOUL, Feb. 15 (Yonhap) -- {text}")
)


@given(TEXTS)
def test_a_passage_stands_in_its_article_at_its_offsets(text: str) -> None:
    for passage in split(Article("a", "T", text)):
        assert text[passage.start : passage.end] == passage.text
        assert passage.id == f"a:{passage.start}-{passage.end}"
        assert passage.article_id == "a"


@given(TEXTS)
def test_passages_are_in_order_and_hold_everything_after_the_newswire_line(text: str) -> None:
    line = parse_newswire(text)
    begin = line.end if line else 0
    spans = [
        (begin, begin),
        *((p.start, p.end) for p in split(Article("a", "T", text))),
        (len(text), len(text)),
    ]
    assert all(start < end for start, end in spans[1:-1])
    assert all(end <= start and not text[end:start].strip() for (_, end), (start, _) in pairwise(spans))


@given(TEXTS)
def test_a_passage_is_made_of_its_sentences_from_the_first_to_the_last(text: str) -> None:
    article = Article("a", "T", text)
    for passage in split(article):
        edges = [edge for span in passage.sentences for edge in span]
        assert edges == sorted(edges)
        assert (edges[0], edges[-1]) == (passage.start, passage.end)
        assert all(text[start:end].strip() == text[start:end] != "" for start, end in passage.sentences)
        assert not any(text[end:start].strip() for (_, end), (start, _) in pairwise(passage.sentences))
        assert passage_of(article, passage.sentences) == passage


@given(TEXTS)
def test_no_passage_is_longer_than_its_longest_sentence_may_be(text: str) -> None:
    assert all(len(passage.text.split()) <= LONGEST_RUN for passage in split(Article("a", "T", text)))


def test_sentences_are_packed_whole_up_to_the_size() -> None:
    sentence = "Ten words are in this sentence, counted by its author. "
    passages = split(Article("a", "T", sentence * 14))
    assert [len(passage.text.split()) for passage in passages] == [PASSAGE_WORDS, PASSAGE_WORDS, 20]
    assert all(passage.text.startswith("Ten") and passage.text.endswith("author.") for passage in passages)


def test_a_long_sentence_is_a_passage_by_itself() -> None:
    long = "It went " + "on and " * 40 + "on."
    passages = split(Article("a", "T", f"A short one. {long} Another."))
    assert [passage.text for passage in passages] == ["A short one.", long, "Another."]


def test_a_run_without_an_end_is_cut_between_words() -> None:
    run = " ".join(f"cell{number}" for number in range(LONGEST_RUN + 1))
    passages = split(Article("a", "T", run))
    assert [len(passage.text.split()) for passage in passages] == [PASSAGE_WORDS, 41]
    assert [len(passage.sentences) for passage in passages] == [1, 1]
    assert " ".join(passage.text for passage in passages) == run


def test_the_newswire_line_belongs_to_no_passage() -> None:
    (passage,) = split(Article("a", "T", "SEOUL, Feb. 15 (Yonhap) -- The talks ended."))
    assert passage.text == "The talks ended."


@pytest.mark.parametrize("text", ["", " \n\n ", "SEOUL, Feb. 15 (Yonhap) --"])
def test_an_article_without_words_has_no_passages(text: str) -> None:
    assert split(Article("a", "T", text)) == []
