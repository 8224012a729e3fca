from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

import dateline
from dateline import sample
from dateline.archive import Archive
from dateline.index.minilm import MiniLM
from dateline.measure import Evaluation, Question, evaluate, read_questions
from dateline.measure.marks import BUDGETS, WRITTEN, facts, ranking
from dateline.measure.questions import Fact

BRIDGE = Question(
    "bridge",
    "Who opened the bridge in Larkvale?",
    ("Ines Okafor",),
    answerable=True,
    type="who",
    evidence=(Fact("Mayor Ines Okafor opened the new bridge"), Fact("It cost 48 million euros")),
)
ELSEWHERE = Question("elsewhere", "Who won the chess championship of Quito?", (), answerable=False)


@pytest.fixture(scope="module")
def evaluation(archive: Archive) -> Evaluation:
    return evaluate(archive, [BRIDGE, ELSEWHERE])


@pytest.fixture(scope="module")
def newsstand(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The sample articles, more than fill a budget of words."""
    index = tmp_path_factory.mktemp("sample")
    dateline.build(sample.articles(), index, embedder=embedder)
    return dateline.open(index, llm="none", embedder=embedder)


@pytest.fixture(scope="module")
def sampled(newsstand: Archive) -> Evaluation:
    return evaluate(newsstand, read_questions(sample.questions()))


def test_a_question_is_marked_for_what_applies_to_it(evaluation: Evaluation) -> None:
    bridge, elsewhere = (outcome.marks for outcome in evaluation.outcomes)
    assert bridge["fact_recall@words=1500"] == bridge["all_facts@words=1500"] == (1,)
    assert bridge["hits@10"] == bridge["answer_hit@10"] == bridge["answer_contains"] == (1,)
    assert set(bridge["quote_exact"]) == {1}
    assert not {"choice_accuracy", "refusal_recall"} & bridge.keys()
    assert elsewhere == {"refusal_precision": (1,), "refusal_recall": (1,)}


@pytest.mark.parametrize(("choices", "right"), [(("Tomas Reyl", "Ines Okafor"), 1), (("Zweig", "Quandt"), 0)])
def test_a_choice_is_made_with_the_choices_known(
    archive: Archive, choices: tuple[str, ...], right: float
) -> None:
    (outcome,) = evaluate(archive, [replace(BRIDGE, choices=choices)]).outcomes
    assert outcome.marks["choice_accuracy"] == (right,)


def test_the_sample_is_found_and_answered_with_exact_quotes(sampled: Evaluation) -> None:
    means = {name: one.mean for name, one in sampled.scores.whole.scores.items() if one}
    assert means["fact_recall@words=1500"] >= 0.75
    assert means["answer_contains"] >= 0.4
    assert means["quote_exact"] == 1


def test_every_score_that_applies_to_the_sample_is_there(sampled: Evaluation) -> None:
    found = {name: one for name, one in sampled.scores.whole.scores.items() if one}
    assert sampled.scores.whole.scores.keys() - found.keys() == {"choice_accuracy", *WRITTEN}
    for one in found.values():
        assert 0 <= one.interval.low <= one.mean + 1e-9
        assert one.mean - 1e-9 <= one.interval.high <= 1
        assert 1 <= one.n <= 20


def test_facts_are_counted_in_a_search_for_each_budget(sampled: Evaluation, newsstand: Archive) -> None:
    for outcome in sampled.outcomes[:5]:
        asked = outcome.question
        for words in BUDGETS:
            hits = newsstand.search(asked.text, words=words, as_of=asked.as_of)
            for name, mark in facts(asked, [hit.passage.text for hit in hits], words):
                assert outcome.marks[name] == (mark,)


def test_the_first_ten_hits_are_ranked(sampled: Evaluation, newsstand: Archive) -> None:
    for outcome in sampled.outcomes:
        asked = outcome.question
        hits = newsstand.search(asked.text, k=10, as_of=asked.as_of)
        for name, mark in ranking(asked, [hit.passage.text for hit in hits]):
            assert outcome.marks[name] == (mark,)


def test_an_outcome_keeps_the_first_hits_and_the_answer(archive: Archive, evaluation: Evaluation) -> None:
    bridge, elsewhere = evaluation.outcomes
    assert [*bridge.hits] == archive.search(BRIDGE.text, k=10)[:3]
    assert bridge.answer.answered
    assert bridge.seconds > 0
    assert elsewhere.answer.text.startswith("The archive does not answer this.")


def test_the_day_of_a_question_is_kept(archive: Archive) -> None:
    before = replace(BRIDGE, as_of=date(2019, 1, 31))
    (outcome,) = evaluate(archive, [before]).outcomes
    assert outcome.marks["fact_recall@words=1500"] == outcome.marks["answer_hit@10"] == (0,)
    assert all(hit.article.day and hit.article.day <= date(2019, 1, 31) for hit in outcome.hits)
    assert outcome.answer.as_of == date(2019, 1, 31)


def test_the_settings_say_what_was_asked(archive: Archive, evaluation: Evaluation) -> None:
    assert evaluation.settings["index"] == str(archive.folder)
    assert evaluation.settings["articles"] == "7"
    assert evaluation.settings["embedder"] == "minilm-int8"
    assert evaluation.settings["answers"] == "Quotes only"
    assert {"dateline", "chromadb", "tantivy"} <= evaluation.settings.keys()


def test_an_evaluation_is_json(evaluation: Evaluation) -> None:
    told = json.loads(json.dumps(evaluation.to_dict()))
    assert {"questions", "retrieval", "answers", "refusal", "intervals", "per_type", "seconds"} <= told.keys()
    assert told["settings"] == evaluation.settings
    bridge, elsewhere = told["outcomes"]
    assert {key: bridge[key] for key in BRIDGE.to_dict()} == BRIDGE.to_dict()
    assert bridge["marks"]["hits@10"] == [1]
    assert [fact["found_in_words"] for fact in bridge["facts"]] == [700, 700]
    assert bridge["hits"][0]["article"]["source"] == "Harbor Wire"
    assert (bridge["answered"], elsewhere["answered"]) == (True, False)


def test_progress_is_told_question_by_question(archive: Archive) -> None:
    told: list[tuple[str, int, int | None]] = []
    evaluate(archive, [BRIDGE, ELSEWHERE], progress=lambda *step: told.append(step))
    assert told == [("asked", 1, 2), ("asked", 2, 2)]


def test_no_questions_are_no_scores(archive: Archive) -> None:
    with pytest.raises(ValueError, match="no questions"):
        evaluate(archive, [])
