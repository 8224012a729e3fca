from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.index.minilm import MiniLM
from dateline.index.sentences import sentences
from dateline.index.split import passage_of
from dateline.search import understand
from dateline.search.alignment import CHANCE, aligned
from dateline.types import Article, Hit
from newsroom import hit


def hit_of(text: str) -> Hit:
    return hit(Article("a", "", text))


@pytest.mark.parametrize(
    ("question", "text", "nearest"),
    [
        ("Which firm bought the newspaper?", "Rain fell for a week. A rival company acquired the daily.", 1),
        ("Where was the treaty signed?", "Sunday was cold and wet. The accord was concluded in Geneva.", 1),
        ("What did the flood destroy?", "The inundation wrecked two bridges. A third one is of stone.", 0),
    ],
)
def test_other_words_of_the_same_meaning_are_near(
    embedder: MiniLM, question: str, text: str, nearest: int
) -> None:
    found = aligned(embedder, understand(question), [hit_of(text)])
    assert int(np.argmax([one.content + one.asking for one in found])) == nearest


def test_a_word_is_read_with_what_stands_before_it(embedder: MiniLM) -> None:
    question = understand("What did the ferry company announce?")
    text = "The ferry company met its crews. It announced a new timetable."
    article = Article("a", "", text)
    _, second = sentences(text)
    (in_context,) = aligned(embedder, question, [Hit(passage_of(article, [second]), article, 1.0, 1)])
    (by_itself,) = aligned(embedder, question, [hit_of(text[slice(*second)])])
    assert in_context.content > by_itself.content


def test_a_question_without_an_asking_word_or_content_is_as_near_to_all(embedder: MiniLM) -> None:
    [one, other] = aligned(embedder, understand("the and of"), [hit_of("Rain fell. The bridge is closed.")])
    assert (one.content, one.asking) == (other.content, other.asking) == (CHANCE, CHANCE)


def test_a_long_hit_is_read_to_its_end(embedder: MiniLM) -> None:
    filler = " ".join(f"Street number {n} was swept by the town on a quiet morning." for n in range(60))
    found = aligned(
        embedder, understand("When did the volcano erupt?"), [hit_of(f"{filler} The volcano erupted in May.")]
    )
    assert len(found) == 61
    assert int(np.argmax([one.content for one in found])) == 60


@given(text=st.text(min_size=1).filter(str.strip), question=st.text())
@settings(max_examples=40)
def test_any_text_can_be_laid_beside_any_question(embedder: MiniLM, text: str, question: str) -> None:
    spans = list(sentences(text))
    if not spans:
        return
    found = aligned(embedder, understand(question), [hit_of(text)])
    assert len(found) == len(spans)
    assert all(math.isfinite(value) for one in found for value in (one.content, one.asking, one.whole))
