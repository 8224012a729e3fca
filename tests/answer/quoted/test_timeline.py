"""How something developed."""

from __future__ import annotations

from datetime import date

import pytest

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.search import asks_how_it_developed
from newsroom import RECORDS, report, write_articles
from scripted_server import Reply, scripted_server

BRIDGE = "What is the timeline of the bridge in Larkvale?"
REPORTS = (
    report("planned", "The town council of Larkvale voted for a new bridge.", date="2018-11-05"),
    report("begun", "Workers began to build the bridge in Larkvale on Thursday.", date="2018-11-17"),
    report(
        "paid", "The bridge in Larkvale will cost 48 million euros, its engineer said.", date="2018-12-03"
    ),
    report("opened", "Mayor Ines Okafor opened the bridge in Larkvale.", date="2019-08-20"),
)


@pytest.fixture(scope="module")
def bridge(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("bridge")
    source = write_articles(folder / "articles.jsonl", *REPORTS, *RECORDS[3:])
    dateline.build(source, folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Timeline of the Hanoi summit", True),
        ("What is the chronology of the flood?", True),
        ("How did the strike of the ferry crews develop?", True),
        ("How has the plan for the bridge evolved?", True),
        ("Who developed the vaccine?", False),
        ("How did the crews travel?", False),
    ],
)
def test_a_timeline_is_asked_for_in_words(text: str, *, expected: bool) -> None:
    assert asks_how_it_developed(text) is expected


def test_entries_are_dated_quotes_in_order_each_with_its_citation(bridge: Archive) -> None:
    answer = bridge.ask(BRIDGE)
    days = [date(2018, 11, 5), date(2018, 11, 15), date(2018, 12, 3), date(2019, 8, 20)]
    assert [entry.day for entry in answer.timeline] == days
    for entry, line in zip(answer.timeline, answer.text.split("\n"), strict=True):
        (citation,) = [one for one in answer.citations if one.number == entry.citation]
        assert entry.text == citation.quote
        assert line.startswith(f"{entry.day.day} {entry.day:%b %Y}")
        assert line.endswith(f"[{entry.citation}]")
    assert answer.to_dict()["timeline"] == [entry.to_dict() for entry in answer.timeline]


def test_the_day_that_a_sentence_names_goes_before_that_of_its_report(bridge: Archive) -> None:
    _, begun, *_ = bridge.ask(BRIDGE).text.split("\n")
    assert begun.startswith("15 Nov 2018 (Harbor Wire, 17 Nov 2018): “Workers began")


def test_a_gap_is_said_before_the_entry_that_ends_it(bridge: Archive) -> None:
    *before, last = bridge.ask(BRIDGE).text.split("\n")
    assert last.startswith("20 Aug 2019, nothing found of the 9 months before (Harbor Wire)")
    assert not any("nothing found" in line for line in before)


def test_what_is_later_than_the_day_of_asking_is_no_entry(bridge: Archive) -> None:
    answer = bridge.ask(BRIDGE, as_of="2018-12-01")
    assert [entry.day for entry in answer.timeline] == [date(2018, 11, 5), date(2018, 11, 15)]


def test_where_one_day_is_told_of_there_is_no_timeline(bridge: Archive) -> None:
    answer = bridge.ask(BRIDGE, as_of="2018-11-06")
    assert answer.answered
    assert answer.timeline == ()


def test_other_questions_have_no_timeline(bridge: Archive) -> None:
    assert bridge.ask("Who opened the bridge in Larkvale?").timeline == ()


def test_a_timeline_is_made_of_quotes_where_a_model_is_configured_too(
    bridge: Archive, embedder: MiniLM
) -> None:
    with scripted_server([Reply.text("It was opened in 1066. [1]")]) as server:
        settings = Settings(llm=f"openai:scripted@{server.url}")
        written = dateline.open(bridge.folder, embedder=embedder, settings=settings).ask(BRIDGE)
        assert server.requests == []
    assert (written.timeline, written.text) == (bridge.ask(BRIDGE).timeline, bridge.ask(BRIDGE).text)
    assert written.mode == "extractive"
