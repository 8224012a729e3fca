from __future__ import annotations

import json
from datetime import date

import pytest

import dateline
from dateline import sample
from dateline.config import Settings
from dateline.index.minilm.weights import CHECKSUMS, folder_of
from dateline.measure import Question, Scores, evaluate, read_questions, table
from dateline.measure.evaluate import pace, shares
from dateline.measure.marks import ANSWERS, REFUSAL, RETRIEVAL


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> dateline.Archive:
    if not all((folder_of(Settings.from_environment()) / name).is_file() for name in CHECKSUMS):
        pytest.skip("the embedding model is not on this machine: run `make install`")
    index = tmp_path_factory.mktemp("index")
    dateline.build(sample.articles(), index)
    return dateline.open(index, llm="none")


@pytest.fixture(scope="module")
def scores(archive: dateline.Archive) -> Scores:
    return evaluate(archive, read_questions(sample.questions()))


def test_every_score_of_the_sample_is_there_and_a_share(scores: Scores) -> None:
    assert tuple(scores.retrieval) == RETRIEVAL
    assert tuple(scores.answers) == ANSWERS
    assert tuple(scores.refusal) == REFUSAL
    shown = [*scores.retrieval.values(), *scores.answers.values(), *scores.refusal.values()]
    assert [name for name, share in scores.answers.items() if share is None] == ["choice_accuracy"]
    assert all(0 <= share <= 1 for share in shown if share is not None)


def test_every_quote_of_the_sample_stands_in_its_article(scores: Scores) -> None:
    assert scores.answers["quote_exact"] == 1


def test_the_sample_is_found_and_answered(scores: Scores) -> None:
    assert (scores.retrieval["fact_recall@words=1500"] or 0) >= 0.75
    assert (scores.answers["answer_contains"] or 0) >= 0.4


def test_the_questions_of_each_type_are_scored_by_themselves(scores: Scores) -> None:
    assert sum(one.questions for one in scores.per_type.values()) == scores.questions == 20
    assert scores.per_type["two-articles"].questions == 5
    assert set(scores.per_type["unanswerable"].retrieval.values()) == {None}
    weighted = sum(
        one.questions * share
        for one in scores.per_type.values()
        if (share := one.retrieval["fact_recall@words=1500"]) is not None
    )
    assert weighted / 17 == pytest.approx(scores.retrieval["fact_recall@words=1500"])


def test_the_scores_are_json(scores: Scores) -> None:
    told = json.loads(json.dumps(scores.to_dict()))
    assert told["answers"]["quote_exact"] == 1
    assert set(told) == {"questions", "retrieval", "answers", "refusal", "per_type", "seconds"}
    assert told["per_type"]["who"]["questions"] == 3


def test_the_budget_is_that_of_a_search_with_words(archive: dateline.Archive) -> None:
    for question in read_questions(sample.questions())[:4]:
        inside = archive.search(question.text, words=700)
        assert archive.search(question.text, k=len(inside)) == inside


def test_the_day_of_a_question_is_kept(archive: dateline.Archive) -> None:
    before = Question(
        "q", "Who discovered the lost football boys in the cave?", (), False, as_of=date(1990, 1, 1)
    )
    assert evaluate(archive, [before]).refusal == {"refusal_precision": 1, "refusal_recall": 1}


def test_progress_is_told_question_by_question(archive: dateline.Archive) -> None:
    told: list[tuple[str, int, int | None]] = []
    asked = [Question(str(number), "Where is M87?", (), True) for number in range(2)]
    evaluate(archive, asked, progress=lambda *step: told.append(step))
    assert told == [("asked", 1, 2), ("asked", 2, 2)]


def test_no_questions_are_no_scores(archive: dateline.Archive) -> None:
    with pytest.raises(ValueError, match="no questions"):
        evaluate(archive, [])


def test_a_share_over_nothing_is_none() -> None:
    marked = [[("hits@4", 1.0)], [("hits@4", 0.0), ("hits@10", 1.0)], []]
    assert shares(marked, ("hits@4", "hits@10", "mrr@10")) == {"hits@4": 0.5, "hits@10": 1.0, "mrr@10": None}


def test_the_pace_is_median_and_95th_percentile() -> None:
    assert pace([number / 100 for number in range(101)]) == {"median": 0.5, "p95": 0.95}


def test_the_table_is_aligned(scores: Scores) -> None:
    blocks = table(scores).split("\n\n")
    assert [block.split(maxsplit=1)[0] for block in blocks] == [
        "20",
        "retrieval",
        "answers",
        "refusal",
        "per",
    ]
    for block in blocks[1:]:
        assert len({len(line) for line in block.splitlines()[1:]}) == 1
    assert "quote_exact                1.000" in blocks[2]
    assert blocks[2].splitlines()[1].endswith(" -")
