"""Asked as of a day, an archive knows nothing that was published later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline
from dateline.archive import Archive
from dateline.config import Settings
from dateline.index.minilm import MiniLM
from dateline.types import Answer, Article, Filters
from newsroom import RECORDS, Record, report, write_articles
from times_asked import ASKED, Asked, cites_right, has_its_window

COPY: Record = dict(RECORDS[0]) | {"id": "bridge-copied", "source": "Late Post", "date": "2019-03-01"}
LATER = report(
    "later", "Mayor Ines Okafor closed the bridge in Larkvale.", date="2019-06-01", source="Late Post"
)
QUESTIONS = ("Who opened the bridge in Larkvale?", "What did the crews of the ferry do?", "What is new?")
FIRST, LAST = date(2018, 11, 1), date(2019, 7, 1)
_settings = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def late(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The newsroom with a copy and a report that came later."""
    folder = tmp_path_factory.mktemp("late")
    source = write_articles(folder / "articles.jsonl", *RECORDS, COPY, LATER)
    dateline.build(source, folder / "index", embedder=embedder)
    return dateline.open(folder / "index", embedder=embedder, settings=Settings())


def shown(answer: Answer) -> Iterator[Article]:
    """Every article that an answer shows."""
    for citation in answer.citations:
        yield citation.article
        yield from citation.also
    if nearest := answer.coverage.nearest:
        yield nearest.article
        yield from nearest.also


@_settings
@given(st.sampled_from(QUESTIONS), st.dates(FIRST, LAST))
def test_nothing_later_is_shown_or_counted(late: Archive, text: str, today: date) -> None:
    answer = late.ask(text, as_of=today)
    hits = late.search(text, as_of=today)
    articles = [*shown(answer), *(one for hit in hits for one in (hit.article, *hit.also))]
    assert all(one.day and one.day <= today for one in articles)
    known = [date.fromisoformat(str(one["date"])) for one in (*RECORDS, COPY, LATER) if "date" in one]
    before = [day for day in known if day <= today]
    coverage = answer.coverage
    assert (coverage.articles, coverage.undated) == (len(before) + 1, 1)
    assert (coverage.first, coverage.last) == (min(before, default=None), max(before, default=None))
    assert not any(str(day.year) in line for line in answer.notices for day in known if day.year > today.year)


@_settings
@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_a_later_day_never_loses_an_article(late: Archive, one: date, other: date) -> None:
    sooner, later = sorted((one, other))

    def found(today: date) -> set[str]:
        hits = late.search("bridge ferry telescope bakery river", k=50, as_of=today)
        return {one.id for hit in hits for one in (hit.article, *hit.also)}

    whole = late._current()
    a, b = whole.as_of(sooner), whole.as_of(later)
    assert found(sooner) <= found(later)
    assert a.coverage(Filters()).articles <= b.coverage(Filters()).articles
    assert set(a.sources) <= set(b.sources)
    assert set(a.copies) <= set(b.copies)


def test_copies_are_known_from_the_day_that_they_appear(late: Archive) -> None:
    (before, *_) = late.search(QUESTIONS[0], as_of="2019-02-28")
    (after, *_) = late.search(QUESTIONS[0], filters=Filters(until=date(2019, 3, 1)))
    assert (before.article.id, before.also) == ("bridge-opens", ())
    assert {after.article.id, *(one.id for one in after.also)} == {"bridge-opens", "bridge-copied"}
    assert not late._current().as_of(date(2019, 2, 28)).stories


def test_examples_ask_of_nothing_later(late: Archive) -> None:
    for question in late.examples(as_of="2019-02-20"):
        assert late.ask(question, as_of="2019-02-20").answered
        assert "Brandt" not in question
    assert late.examples(as_of="2017-01-01") == []


def test_an_answer_about_the_present_says_how_old_it_is(late: Archive) -> None:
    text = "Is the bridge in Larkvale open?"
    assert any("4 Feb 2019, 3 weeks before" in line for line in late.ask(text, as_of="2019-02-27").notices)
    assert not any("newest" in line for line in late.ask(text, as_of="2019-02-06").notices)
    assert not any("newest" in line for line in late.ask(QUESTIONS[0], as_of="2019-02-27").notices)


def test_an_archive_that_ends_in_the_past_counts_from_its_end(late: Archive) -> None:
    answer = late.ask("What happened to the bridge in Larkvale last week?")
    assert answer.filters.since == date(2019, 5, 20)
    assert any("ends on 1 Jun 2019; “last week” counts" in line for line in answer.notices)


def test_the_nearest_outside_days_of_an_event_is_shown_too(late: Archive) -> None:
    answer = late.ask("Which telescope saw its first light on January 8, 2019?")
    assert not answer.answered
    assert answer.filters.alternative
    assert answer.coverage.nearest is not None
    assert answer.coverage.nearest.article.id == "telescope"
    assert "outside these days" in answer.text


def test_words_that_count_from_an_event_are_said_to_narrow_nothing(late: Archive) -> None:
    answer = late.ask("What did Ines Okafor do in Larkvale since the bridge was planned?")
    assert any("“since the bridge was planned”: it names no day" in line for line in answer.notices)
    answer = late.ask("What did Ines Okafor open in Larkvale since January 2019?")
    assert not any("it names no day" in line for line in answer.notices)


def test_the_latest_of_an_archive_that_has_ended_is_that_of_its_end(late: Archive) -> None:
    answer = late.ask("What is the latest on the bridge in Larkvale?")
    assert any("The archive ends on 1 Jun 2019: what is latest" in line for line in answer.notices)
    assert not any("ends on" in line for line in late.ask("What is the latest?", as_of="2019-06-01").notices)


def test_where_the_days_of_a_question_have_nothing_the_nearest_outside_is_shown(late: Archive) -> None:
    answer = late.ask("Who opened the bridge in Larkvale last week?", as_of="2019-04-20")
    assert not answer.answered
    assert answer.coverage.nearest is not None
    assert answer.coverage.nearest.article.day is not None
    assert answer.coverage.nearest.article.day < date(2019, 4, 8)
    assert "“last week”" in answer.text
    assert "outside these days" in answer.text


# -- thirty questions with time in them, over the sample


@pytest.fixture(scope="module")
def told(embedder: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Asked, Answer]]:
    folder = tmp_path_factory.mktemp("sample") / "index"
    from dateline.sample import articles

    dateline.build(articles(), folder, embedder=embedder)
    archive = dateline.open(folder, embedder=embedder, settings=Settings())
    return [(asked, archive.ask(asked.text, as_of=asked.as_of)) for asked in ASKED]


def test_questions_with_time_in_them_are_read_and_answered(told: list[tuple[Asked, Answer]]) -> None:
    windows = [has_its_window(asked, answer.filters) for asked, answer in told]
    cited = [cites_right(asked, answer) for asked, answer in told]
    assert len(told) == 30
    assert sum(windows) >= 27
    assert sum(cited) >= 25


def test_what_is_known_of_a_date_changes_with_the_day_of_asking(
    seeds: Path, embedder: MiniLM, tmp_path: Path
) -> None:
    dateline.build(seeds, tmp_path, embedder=embedder)
    archive = dateline.open(tmp_path, embedder=embedder, settings=Settings())
    text = "When will the second Trump-Kim summit take place?"
    before, after = archive.ask(text, as_of="2019-02-02"), archive.ask(text, as_of="2019-02-16")
    assert "have been decided and will be announced next week" in before.text
    assert "27-28" not in before.text
    assert "announced on Feb. 8" in after.citations[0].quote
    assert "Hanoi on Feb. 27-28" in after.citations[0].quote
    assert after.coverage.last - before.coverage.last > timedelta(days=7)  # type: ignore[operator]


def test_a_name_that_appears_later_is_not_known_before(late: Archive) -> None:
    text = "What did Lena Brandt do in Larkvale?"
    before, after = (late.ask(text, as_of=day) for day in ("2019-05-01", "2019-06-01"))
    assert not before.answered
    assert "Lena" in before.missing
    assert "Lena" not in after.missing
