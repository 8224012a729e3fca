from __future__ import annotations

from dateline.measure.marks import by_name
from dateline.measure.questions import Question
from dateline.measure.written import cost, prose, written
from dateline.types import Answer, Article, Citation, Claim, Coverage, Filters, Usage
from dateline.types.answers import Mode

TEXT = "The bridge cost 48 million euros. It opened on Monday."
ARTICLE = Article("a", "A bridge", TEXT, source="Harbor Wire")
QUOTE = "The bridge cost 48 million euros."


def answer(*claims: Claim, mode: Mode = "llm") -> Answer:
    citation = Citation(1, ARTICLE, QUOTE, 0, len(QUOTE))
    coverage = Coverage(1, None, None, 1)
    return Answer("How much?", True, mode, "", claims, (citation,), Filters(), coverage)


def question(*, answerable: bool = True) -> Question:
    return Question("1", "How much did it cost?", ("48 million euros",) if answerable else (), answerable)


RIGHT = Claim("The bridge cost 48 million euros.", "supported", (1,))
DOUBTED = Claim("It cost 48 million euros in the end.", "unsupported")
QUOTED = Claim(f"Harbor Wire, undated: “{QUOTE}”", "supported", (1,))


def test_what_a_model_wrote_is_told_from_what_is_quoted() -> None:
    assert prose(answer(RIGHT, QUOTED)) == [RIGHT]
    assert prose(answer(RIGHT, mode="extractive")) == []


def test_labels_citations_and_the_gold_answer_are_marked() -> None:
    marks = by_name(written(question(), answer(RIGHT, DOUBTED, QUOTED)))
    assert marks["prose_right"] == (1.0,)
    assert marks["claims_supported"] == (1.0, 0.0)
    assert marks["claims_unsupported"] == (0.0, 1.0)
    assert marks["citation_recall"] == (1.0, 0.0)
    assert marks["citation_precision"] == (1.0,)
    assert marks["false_doubt"] == (0.0, 1.0)
    assert "false_support" not in marks


def test_a_citation_that_says_something_else_costs_precision() -> None:
    wrong = Claim("Nobody in Larkvale wanted a tunnel.", "supported", (1,))
    marks = by_name(written(question(), answer(wrong)))
    assert marks["citation_precision"] == (0.0,)
    assert marks["prose_right"] == (0.0,)


def test_support_for_what_has_no_answer_is_false() -> None:
    assert by_name(written(question(answerable=False), answer(RIGHT)))["false_support"] == (1.0,)
    assert by_name(written(question(answerable=False), answer(DOUBTED)))["false_support"] == (0.0,)


def test_quotes_are_not_marked() -> None:
    assert list(written(question(), answer(RIGHT, mode="extractive"))) == []


def test_costs_are_medians_of_what_is_known() -> None:
    usages = [Usage("m", 100, 10, 1.0, 1, 2.0), Usage("m", None, 30, None, 1, 4.0)]
    assert cost(usages) == {
        "first_word_seconds": 1.0,
        "model_seconds": 3.0,
        "prompt_tokens": 100.0,
        "completion_tokens": 20.0,
    }
    assert cost([]) == {}
