"""Days as a preference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp
from pathlib import Path

import pytest

from dateline.search import Sentence, understand
from dateline.search.moments import Moment
from dateline.search.nearby import freshness, preferred, pulled_to, speaking_of, speaks_of, timely
from dateline.types import Article, Hit, Passage
from newsroom import report
from search.shelf import index_of, sentences, texts

DAY = date(2019, 1, 31)
SAID = Moment("Jan. 31", DAY, DAY, "happened")
SUBJECT = replace(SAID, of="subject")
LATER = report("later", "On Jan. 31, the mayor spoke of the bridge. He left.", date="2019-02-15")
THEN = report("then", "The mayor spoke of the bridge on Thursday.", date="2019-01-31")
OTHER = report("other", "The mayor will speak of the bridge.", date="2019-03-01")


@pytest.mark.parametrize("moment", [SAID, SUBJECT])
def test_a_sentence_speaks_of_a_day_that_it_names_or_was_published_on(tmp_path: Path, moment: Moment) -> None:
    found = sentences(index_of(tmp_path / "said", LATER, THEN, OTHER))
    told = [one.article.text[slice(*one.span)] for one in found if speaks_of([moment], one.article, one.span)]
    assert told == [
        "On Jan. 31, the mayor spoke of the bridge.",
        "The mayor spoke of the bridge on Thursday.",
    ]


def test_what_speaks_of_the_day_comes_forward(tmp_path: Path) -> None:
    found = sentences(index_of(tmp_path / "found", OTHER, LATER))
    scored = [replace(one, score=1.0) for one in found]
    assert texts(speaking_of([SAID], scored))[0].startswith("On Jan. 31")
    assert speaking_of([], scored) == scored


def test_the_latest_and_the_earliest_are_those_of_the_best_sentences(tmp_path: Path) -> None:
    found = sentences(index_of(tmp_path / "pull", LATER, THEN, OTHER))
    assert pulled_to("latest", found) == date(2019, 3, 1)
    assert pulled_to("earliest", found) == DAY
    assert pulled_to(None, found) is None
    assert pulled_to("latest", []) is None


def test_days_that_are_named_are_preferred_to_that_of_asking_unless_they_are_just_before_it() -> None:
    assert preferred([SAID], DAY + timedelta(days=90)) == (DAY, DAY)
    assert preferred([SAID], DAY + timedelta(days=9)) == (None, DAY + timedelta(days=9))
    assert preferred([SUBJECT], None) == (None, None)
    assert preferred([], DAY) == (None, DAY)


def told_on(day: date | None, text: str) -> Sentence:
    article = Article("a", "A meeting", text, published=day)
    hit = Hit(Passage("a:0", "a", text, 0, len(text)), article, 1.0, 1)
    return Sentence(hit, 0, 0, len(text), text, 1.0, frozenset(), {})


PLAN = [
    told_on(date(2019, 2, 8), "The second summit will be in Hanoi."),
    told_on(date(2019, 1, 9), "The second summit will be in Asia."),
    told_on(date(2019, 4, 13), "A third summit may come."),
    told_on(None, "The second summit will be soon."),
]


def test_news_is_fresh_where_a_question_looks_ahead_and_of_the_one_it_asks_about() -> None:
    first, month_before, *others = freshness(understand("Where will the second summit be?"), PLAN)
    assert first == 1.0
    assert month_before == pytest.approx(exp(-1))
    assert others == [0.0, 0.0]
    assert freshness(understand("Where will the second summit be?"), PLAN, date(2019, 3, 10))[0] < 1.0
    assert freshness(understand("Where was the second summit?"), PLAN) == [0.0] * 4


def test_fresh_news_comes_first_but_where_a_string_is_asked_for() -> None:
    question, where = (understand(f"{word} the summit still take place?") for word in ("Will", "Where will"))
    old, new = (
        told_on(date(2018, 5, 24), "The summit will take place."),
        told_on(date(2018, 6, 1), "It is on."),
    )
    assert timely(question, [replace(old, score=1.1), new], None)[0].text == new.text
    assert timely(where, [replace(old, score=1.1), new], None)[0].text == old.text
