"""One question on its way: what is missing, what differs, what a second opinion and a failure change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import dateline
from dateline.answer.written.opinion import DOUBTED
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.types import Answer, Delta, Evidence, Quoted, Reading, Turn, Writing
from newsroom import RECORDS, report, write_articles
from scripted_server import Reply, ScriptedServer, scripted_server

COST = "What did the new bridge in Larkvale cost?"
TWO_THINGS = (
    "What did the new bridge over the Tarn in Larkvale cost, and what will the telescope on Mount Perrin "
    "look for?"
)
TOLL = [
    report("toll-1", "The fire in Osterby killed 12 people, the mayor said.", source="Harbor Wire"),
    report("toll-2", "The fire in Osterby killed 15 people, the hospital said.", source="Weekly Kiln"),
]


@pytest.fixture(scope="module")
def fire(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The newsroom's articles, and two reports that differ."""
    folder = tmp_path_factory.mktemp("fire")
    source = write_articles(folder / "articles.jsonl", *RECORDS, *TOLL)
    dateline.build(source, folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


@contextmanager
def written(
    index: Path, embedder: MiniLM, *replies: Reply, second_opinion: bool = False
) -> Iterator[tuple[Archive, ScriptedServer]]:
    """The archive with a language model that says these replies, and the server behind it."""
    with scripted_server([*replies]) as server:
        settings = Settings(llm=f"openai:scripted@{server.url}", second_opinion=second_opinion)
        yield dateline.open(index, embedder=embedder, settings=settings), server


def test_reports_that_differ_are_told_with_outlet_and_day_of_each(fire: Archive) -> None:
    answer = fire.ask("How many people did the fire in Osterby kill?")
    assert answer.claims[0].text.startswith("Reports differ: ")
    assert "12 people" in answer.claims[0].text
    assert "15 people" in answer.claims[0].text
    assert {answer.citations[number - 1].article.id for number in answer.claims[0].citations} == {
        "toll-1",
        "toll-2",
    }
    assert answer.short is None


DEVELOPING = [
    report("fire-1", "The ferry fire in Port Ansel killed 8 people.", date="2019-02-07"),
    report(
        "fire-2", "The ferry fire in Port Ansel killed 12 people.", date="2019-02-09", source="Weekly Kiln"
    ),
    report(
        "vote-1", "The vote on the tunnel of Osterby will take place on March 4, 2019.", date="2019-02-05"
    ),
    report(
        "vote-2", "The vote on the tunnel of Osterby will take place on March 11, 2019.", date="2019-02-20"
    ),
]


@pytest.fixture(scope="module")
def developing(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("developing")
    source = write_articles(folder / "articles.jsonl", *RECORDS, *DEVELOPING)
    dateline.build(source, folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


@pytest.mark.parametrize(
    ("question", "told", "first"),
    [
        (
            "How many people did the ferry fire in Port Ansel kill?",
            "A later report: 12 people (Weekly Kiln, 9 Feb 2019); "
            "before that 8 people (Harbor Wire, 7 Feb 2019).",
            "8 people",
        ),
        (
            "When will the vote on the tunnel of Osterby take place?",
            "A later report: March 11, 2019 (Harbor Wire, 20 Feb 2019); "
            "before that March 4, 2019 (Harbor Wire, 5 Feb 2019).",
            "March 4",
        ),
    ],
)
def test_the_latest_state_comes_first_and_what_was_before_with_its_day(
    developing: Archive, question: str, told: str, first: str
) -> None:
    answer = developing.ask(question)
    assert answer.claims[0].text == told
    assert len(answer.claims[0].citations) == 2
    before = developing.ask(question, as_of="2019-02-08")
    assert first in before.text
    assert "later report" not in before.text


def test_what_differs_follows_the_claims_of_a_language_model(fire: Archive, embedder: MiniLM) -> None:
    reply = Reply.text(
        'The fire in Osterby killed 12 people. [1: "killed 12 people"] [2: "killed 12 people"]'
    )
    with written(fire.folder, embedder, reply) as (archive, _):
        _, *events, answer = archive.stream("How many people did the fire in Osterby kill?")
    assert isinstance(answer, Answer)
    assert answer.claims[0].text == "The fire in Osterby killed 12 people."
    assert answer.claims[-1].text.startswith("Reports differ: ")
    assert "".join(one.text for one in events if isinstance(one, Delta)) == answer.text


def test_a_part_that_nothing_was_found_about_is_named(archive: Archive) -> None:
    asked = f"{COST[:-1]}, and which enzymes break down lactose in the human gut?"
    answer = archive.ask(asked)
    assert answer.answered
    assert "48 million" in answer.text
    assert any("lactose" in part for part in answer.missing)
    assert any("nothing was found about" in notice and "lactose" in notice for notice in answer.notices)


def test_words_come_before_they_are_checked_and_checked_ones_make_the_text(
    index: Path, embedder: MiniLM
) -> None:
    reply = Reply.text('It cost 48 million euros. [1: "It cost 48 million euros"]')
    with written(index, embedder, reply) as (archive, _):
        first, *events, answer = archive.stream(COST)
    assert isinstance(first, Evidence)
    assert isinstance(answer, Answer)
    assert [type(one) for one in events[:3]] == [Quoted, Reading, Writing]
    assert "".join(one.text for one in events if isinstance(one, Delta)) == answer.text
    assert [one.claim for one in events if isinstance(one, Delta) and one.claim] == [*answer.claims]


def test_a_second_opinion_can_only_lower_a_label(index: Path, embedder: MiniLM) -> None:
    reply = Reply.text('It cost 48 million euros. [1: "It cost 48 million euros"]')
    with written(index, embedder, reply) as (archive, _):
        assert archive.ask(COST).claims[0].support == "supported"
    with written(index, embedder, reply, Reply.text("1: partly"), second_opinion=True) as (archive, server):
        answer = archive.ask(COST)
    assert (answer.claims[0].support, answer.claims[0].reasons) == ("partly", (DOUBTED,))
    assert answer.usage is not None
    assert answer.usage.requests == len(server.requests) == 2


def test_a_second_opinion_that_fails_is_said_and_changes_nothing(index: Path, embedder: MiniLM) -> None:
    reply = Reply.text('It cost 48 million euros. [1: "It cost 48 million euros"]')
    with written(index, embedder, reply, Reply.status(401), second_opinion=True) as (archive, _):
        answer = archive.ask(COST)
    assert (answer.claims[0].support, answer.degraded) == ("supported", None)
    assert answer.notices[-1].startswith("No second opinion: ")


def test_a_model_that_failed_at_the_question_is_not_asked_for_the_answer(
    index: Path, embedder: MiniLM
) -> None:
    with written(index, embedder, Reply.status(401)) as (archive, server):
        answer = archive.ask(TWO_THINGS)
        assert len(server.requests) == 1
    assert (answer.answered, answer.mode, answer.degraded) == (True, "extractive", "unauthorized")
    assert answer.usage is not None
    assert answer.usage.requests == 1


def test_a_follow_up_is_shown_in_full_and_earlier_answers_are_no_evidence(archive: Archive) -> None:
    before = Turn(COST, "48 million euros [1]\nHarbor Wire, 4 Feb 2019: “It cost 48 million euros.” [1]")
    answer = archive.ask("And who opened it?", history=[before])
    assert answer.understood
    assert "bridge" in answer.understood
    assert "48" not in answer.understood
    assert archive.ask(COST, history=[before]).understood is None


def test_what_is_not_said_outright_is_shown_as_nearest_and_not_as_the_answer(archive: Archive) -> None:
    answer = archive.ask("What did Zubrowka say about the new bridge in Larkvale?")
    assert (answer.answered, answer.claims, answer.citations, answer.short) == (False, (), (), None)
    assert answer.missing == ("Zubrowka",)
    assert answer.nearest
    assert all(one.quote in answer.text and f"[{one.number}]" in answer.text for one in answer.nearest)
    assert answer.to_dict()["nearest"] == [one.to_dict() for one in answer.nearest]


def test_where_nothing_is_about_the_question_nothing_is_shown(archive: Archive) -> None:
    answer = archive.ask("Which enzymes break down lactose in the human gut?")
    assert (answer.answered, answer.nearest) == (False, ())
