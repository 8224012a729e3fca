from __future__ import annotations

from dateline.answer.written.budget import evidence_words
from dateline.answer.written.shown import Shown, in_passages, joined, likeliest
from dateline.answer.written.styles import STYLES
from dateline.index.sentences import sentences
from dateline.search import Sentence
from dateline.types import Article, Hit, Passage

FIRST = Article("a", "A summit", "The summit is in Hanoi. He said so on Monday.\nNobody was asked.")
SECOND = Article("b", "An envoy", "Biegun is away.  He met Kim.")


def hit(article: Article) -> Hit:
    text = article.text
    return Hit(
        Passage(f"{article.id}-0", article.id, text, 0, len(text), tuple(sentences(text))), article, 1.0, 1
    )


def ranked(article: Article, at: int, *, leans: bool = False) -> Sentence:
    """The sentence of that number, which may lean on the one before."""
    spans = list(sentences(article.text))
    start, end = spans[at]
    lead = spans[at - 1][0] if leans else start
    return Sentence(hit(article), lead, start, end, article.text[start:end], 1.0, frozenset(), {})


def texts(shown: list[Shown]) -> list[tuple[int, str]]:
    return [(one.number, one.text) for one in shown]


def test_whole_passages_are_shown_sentence_by_sentence_each_once() -> None:
    assert texts(in_passages([hit(FIRST), hit(SECOND), hit(FIRST)])) == [
        (1, "The summit is in Hanoi."),
        (2, "He said so on Monday."),
        (3, "Nobody was asked."),
        (4, "Biegun is away."),
        (5, "He met Kim."),
    ]


def test_the_likeliest_sentences_stand_article_by_article_with_those_that_they_lean_on() -> None:
    order = [ranked(SECOND, 1, leans=True), ranked(FIRST, 2), ranked(FIRST, 0)]
    assert texts(likeliest(order, 100)) == [
        (1, "Biegun is away."),
        (2, "He met Kim."),
        (3, "The summit is in Hanoi."),
        (4, "Nobody was asked."),
    ]


def test_what_does_not_fit_is_not_shown_but_the_first_is() -> None:
    order = [ranked(FIRST, 0), ranked(FIRST, 1), ranked(SECOND, 1)]
    assert [text for _, text in texts(likeliest(order, 1))] == ["The summit is in Hanoi."]
    assert [text for _, text in texts(likeliest(order, 8))] == ["The summit is in Hanoi.", "He met Kim."]


def test_neighbours_join_and_others_do_not() -> None:
    shown = in_passages([hit(FIRST), hit(SECOND)])
    one, two, three, four, five = shown
    runs = [[one.number for one in run] for run in joined([three, five, four, one])]
    assert runs == [[3], [4, 5], [1]] or runs == [[1], [3], [4, 5]]
    assert [[one.number for one in run] for run in joined([two, one])] == [[1, 2]]


def test_a_slow_model_is_shown_less_and_never_too_little() -> None:
    small, large = STYLES["small"], STYLES["large"]
    assert evidence_words(small, None) == small.words
    assert evidence_words(large, None) is None
    assert evidence_words(large, 5_000.0) is None
    assert evidence_words(large, 1.0) == large.fewest_words
    assert evidence_words(small, 1.0) == small.fewest_words
    assert small.words is not None
    assert evidence_words(small, 5_000.0) == small.words
    assert small.fewest_words < (evidence_words(small, 35.0) or 0) < small.words
