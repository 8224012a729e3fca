"""Days as a preference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from dateline.search.moments import Moment
from dateline.search.nearby import preferred, pulled_to, speaking_of, speaks_of
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
