from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from dateline.archive import Archive
from dateline.measure import Question
from dateline.measure.marks import ANSWERS, GROUPS, REFUSAL, RETRIEVAL, WRITTEN
from dateline.measure.outcome import Outcome
from dateline.measure.scores import pace, score, shares


@pytest.fixture(scope="module")
def bare(archive: Archive) -> Outcome:
    """An outcome without marks, to be given some."""
    answer = archive.ask("Who opened the bridge in Larkvale?")
    return Outcome(Question("q", "Who?", (), True), {}, (), (), answer, 0.5)


def marked(bare: Outcome, type: str | None, **marks: tuple[float, ...]) -> Outcome:
    return replace(bare, question=replace(bare.question, type=type), marks=marks)


def test_a_score_is_the_mean_of_all_marks_over_the_questions_that_have_one(bare: Outcome) -> None:
    outcomes = [
        marked(bare, None, answer_f1=(0.2,), quote_exact=(1.0, 1.0, 0.0)),
        marked(bare, None, quote_exact=(1.0,)),
        marked(bare, None, answer_f1=(0.6,)),
    ]
    scores = score(outcomes).whole.scores
    quotes, f1 = scores["quote_exact"], scores["answer_f1"]
    assert quotes
    assert f1
    assert (quotes.mean, quotes.n) == (0.75, 2)
    assert [f1.mean, f1.n] == pytest.approx([0.4, 2])
    assert (f1.interval.low, f1.interval.high) == pytest.approx((0.2, 0.6))
    assert scores["answer_exact"] is None


def test_every_type_has_all_scores_of_its_own_questions(bare: Outcome) -> None:
    outcomes = [
        marked(bare, "who", answer_exact=(1.0,)),
        marked(bare, "who", answer_exact=(0.0,)),
        marked(bare, "none", refusal_recall=(1.0,)),
        marked(bare, None, answer_exact=(1.0,), refusal_precision=(0.0,)),
    ]
    scores = score(outcomes)
    assert {name: sheet.questions for name, sheet in scores.per_type.items()} == {"who": 2, "none": 1}
    for sheet in (scores.whole, *scores.per_type.values()):
        assert tuple(sheet.scores) == (*RETRIEVAL, *ANSWERS, *REFUSAL, *WRITTEN)
    who, none = scores.per_type["who"].to_dict(), scores.per_type["none"].to_dict()
    assert group(who, "answers")["answer_exact"] == 0.5
    assert group(who, "refusal") == {"refusal_precision": None, "refusal_recall": None}
    assert group(none, "refusal")["refusal_recall"] == 1


def test_the_json_has_means_by_kind_and_intervals_beside_them(bare: Outcome) -> None:
    told = json.loads(json.dumps(score([marked(bare, "who", answer_exact=(1.0,))]).to_dict()))
    assert {kind: tuple(told[kind]) for kind in GROUPS} == GROUPS
    assert told["answers"]["answer_exact"] == 1
    assert told["intervals"]["answer_exact"] == {"low": 1, "high": 1, "n": 1}
    assert told["intervals"]["hits@4"] is told["retrieval"]["hits@4"] is None
    assert told["per_type"]["who"].keys() == {"questions", *GROUPS, "intervals"}
    assert told["seconds"] == {"median": 0.5, "p95": 0.5}


def test_answers_that_the_model_failed_to_give_are_counted(bare: Outcome) -> None:
    late = replace(bare, answer=replace(bare.answer, degraded="timeout"))
    assert score([bare, late, late]).degraded == {"timeout": 2}


def test_a_share_over_nothing_is_none() -> None:
    given = [[("hits@4", 1.0)], [("hits@4", 0.0), ("hits@10", 1.0)], []]
    assert shares(given, ("hits@4", "hits@10", "mrr@10")) == {"hits@4": 0.5, "hits@10": 1.0, "mrr@10": None}


def test_the_pace_is_median_and_95th_percentile() -> None:
    assert pace([number / 100 for number in range(101)]) == {"median": 0.5, "p95": 0.95}


def group(told: Mapping[str, object], name: str) -> Mapping[str, float | None]:
    found = told[name]
    assert isinstance(found, dict)
    return found
