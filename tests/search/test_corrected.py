from __future__ import annotations

from datetime import date

import pytest

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.search.corrected import Correction, corrections
from dateline.types import Article, Filters
from newsroom import RECORDS, report, write_articles
from scripted_server import Reply, scripted_server

DAM = "How high is the dam of Osterby?"
WRONG = (
    "The dam of Osterby is 65 metres high. It was built in 1931, and it has never been repaired since then."
)
NOTICE = (
    "An article published on March 3 under the headline “Old dam of Osterby leaks” gave a wrong height. "
    "The dam of Osterby is 56 metres high, not 65 metres."
)
REPORTS = (
    dict(report("leaks", WRONG, date="2019-03-03")) | {"title": "Old dam of Osterby leaks"},
    dict(report("notice", NOTICE, date="2019-03-05")) | {"title": "Correction: dam of Osterby"},
    report(
        "bishop",
        "Bishop Karel Amund blessed the chapel of Port Ansel.\n\nCORRECTION: An earlier version of this "
        "story incorrectly said that the chapel was built in 1802. It is from 1820.\n\n"
        "The chapel was built in 1802.",
        date="2019-03-04",
    ),
)


@pytest.fixture(scope="module")
def dam(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("dam")
    source = write_articles(folder / "articles.jsonl", *REPORTS, *RECORDS)
    dateline.build(source, folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


def test_what_a_later_notice_takes_back_is_not_quoted_and_the_notice_is_shown(dam: Archive) -> None:
    answer = dam.ask(DAM)
    assert answer.short == "56 metres"
    assert not any("65 metres high" in one.quote for one in answer.citations)
    assert any(
        "Harbor Wire (5 Mar 2019) corrected its report of 3 Mar 2019: “The dam of Osterby is 56" in line
        for line in answer.notices
    )


def test_as_of_the_day_before_the_notice_nothing_is_taken_back(dam: Archive) -> None:
    answer = dam.ask(DAM, as_of="2019-03-04")
    assert answer.short == "65 metres"
    assert not any("correct" in line for line in answer.notices)


def test_a_notice_inside_an_article_takes_back_what_it_calls_wrong(dam: Archive) -> None:
    answer = dam.ask("When was the chapel of Port Ansel built?")
    assert not any(one.quote == "The chapel was built in 1802." for one in answer.citations)
    if answer.answered:
        assert any("Harbor Wire (4 Mar 2019) carries a correction" in line for line in answer.notices)


def test_a_model_is_not_shown_what_was_taken_back(dam: Archive, embedder: MiniLM) -> None:
    with scripted_server([Reply.text("Nothing.")]) as server:
        settings = Settings(llm=f"openai:scripted@{server.url}")
        dateline.open(dam.folder, embedder=embedder, settings=settings).ask(DAM)
        asked = [str(request.body) for request in server.requests]
    assert asked
    assert not any("65 metres high" in one for one in asked)
    assert any("56 metres high" in one for one in asked)


@pytest.mark.parametrize(
    ("notice", "sentence", "expected"),
    [
        ("Correction: The toll is 12, not 15.", "The toll of the fire rose to 15.", True),
        ("Correction: The toll is 12, not 15.", "The toll of the fire is 12.", False),
        ("Correction: The toll is 12, not 15.", "Fifteen dogs barked.", False),
        (
            "An earlier version of this story misstated the toll. It is 12 rather than 15.",
            "The toll is 15.",
            True,
        ),
        (
            "This article has been corrected: it wrongly named Ines Okafor as mayor instead of Lena Brandt.",
            "The mayor, Ines Okafor, spoke.",
            True,
        ),
        (
            "This article has been corrected: it wrongly named Ines Okafor as mayor instead of Lena Brandt.",
            "The mayor, Lena Brandt, spoke.",
            False,
        ),
        ("Clarification: This story has been updated to include a more precise figure.", "It is 15.", False),
    ],
)
def test_what_is_called_wrong_is_read_from_the_notice(notice: str, sentence: str, *, expected: bool) -> None:
    article = Article("a", "Fire", f"{sentence}\n\n{notice}")
    start = article.text.index(notice)
    assert Correction(article, start, len(article.text), article).takes_back(sentence) is expected


@pytest.mark.parametrize(
    "text",
    [
        "He was sent to the Department of Corrections: nobody spoke.",
        "The correction of the river took years.",
        "Markets saw a correction. It was not a crash.",
    ],
)
def test_other_corrections_are_no_notices(text: str, dam: Archive) -> None:
    snapshot = dam._current().as_of(date(2019, 1, 1))
    assert corrections(snapshot, [Article("a", "Title", text, date(2018, 12, 1))], Filters()) == []
