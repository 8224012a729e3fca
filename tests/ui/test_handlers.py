"""A conversation: what changes on the page while a question is answered, stopped, refused or fails."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

import pytest

from dateline.errors import DatelineError
from dateline.types import Answer, Article, Citation, Claim, Coverage, Delta, Event, Evidence, Filters, Turn
from dateline_ui import handlers
from dateline_ui.asking import Asking
from dateline_ui.chips import Chip
from dateline_ui.handlers import Conversation, Page

ARTICLE = Article(
    "a", "Summit in Hanoi", "The summit is in Hanoi.", published=date(2019, 2, 8), source="Xinhua"
)
ANSWER = Answer(
    "Where?",
    True,
    "extractive",
    "The summit is in Hanoi. [1]",
    (Claim("The summit is in Hanoi.", "supported", (1,)),),
    (Citation(1, ARTICLE, "The summit is in Hanoi.", 0, 23),),
    Filters(),
    Coverage(1, date(2019, 2, 8), date(2019, 2, 8), 1),
)
WORDS = [Delta(word + " ") for word in ["The", "summit", "is", "in", "Hanoi."]]


@dataclass
class Script:
    """An archive whose streams are written beforehand."""

    events: Sequence[Event | Exception]
    histories: list[list[Turn]] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    ignored: list[tuple[str, ...]] = field(default_factory=list)
    silent: bool = False  # at the end, for ever
    closed: threading.Event = field(default_factory=threading.Event)

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        filters: Filters | None = None,
    ) -> Generator[Event]:
        self.ignored.append(filters.ignored if filters is not None else ())
        self.histories.append(list(history))
        self.days.append(as_of)
        try:
            for event in self.events:
                if isinstance(event, Exception):
                    raise event
                yield event
            if self.silent:
                threading.Event().wait()
        finally:
            self.closed.set()


def answering() -> Script:
    return Script([Evidence((), Filters()), *WORDS, ANSWER])


def clock(step: float) -> Iterator[float]:
    return (tick * step for tick in count())


def last_of(pages: Iterator[Page]) -> Page:
    *_, last = pages
    return last


def conversation_of(page: Page) -> Conversation:
    assert page.conversation is not None
    return page.conversation


def test_the_question_stands_at_once_and_leaves_its_field() -> None:
    first = next(handlers.ask(answering(), "  Where is it? ", (), Asking()))
    assert first.question == ""
    assert first.current is not None
    assert "Where is it?" in first.current
    assert 'class="asking"' in first.current


def test_an_answer_brings_its_article() -> None:
    page = last_of(handlers.ask(answering(), "Where?", (), Asking()))
    assert page.current is not None
    assert page.pane is not None
    assert 'href="#c1-1"' in page.current
    assert '<mark id="c1-1">The summit is in Hanoi.</mark>' in page.pane
    assert "asking" not in page.current


def test_citations_of_two_turns_are_told_apart_and_both_stay_open_to_the_reader() -> None:
    first = last_of(handlers.ask(answering(), "Where?", (), Asking()))
    pages = list(handlers.ask(answering(), "Where again?", conversation_of(first), Asking()))
    assert pages[0].earlier is not None
    assert 'href="#c1-1"' in pages[0].earlier
    pane = pages[-1].pane or ""
    assert (pane.count('id="c1-1"'), pane.count('id="c2-1"')) == (1, 1)
    assert pane.index("c2-1") < pane.index("c1-1")


def test_a_question_knows_the_answers_before_it_and_no_other_conversation() -> None:
    archive = answering()
    first = last_of(handlers.ask(archive, "Where?", (), Asking()))
    last_of(handlers.ask(archive, "When?", conversation_of(first), Asking()))
    last_of(handlers.ask(archive, "Who?", (), Asking()))
    assert archive.histories == [[], [Turn("Where?", ANSWER.text)], []]


def test_the_page_changes_at_most_ten_times_a_second() -> None:
    script = Script([Evidence((), Filters()), *WORDS * 40, ANSWER])
    ticks = clock(0.01)
    pages = list(handlers.ask(script, "Where?", (), Asking(), now=lambda: next(ticks)))
    lasted = next(ticks)
    assert 3 < len(pages) <= lasted * 10 + 2


def test_closing_the_page_closes_the_stream() -> None:
    archive = answering()
    pages = handlers.ask(archive, "Where?", (), Asking())
    next(pages)
    next(pages)
    pages.close()
    assert archive.closed.wait(5)


def test_stop_keeps_what_was_written_and_says_that_it_was_stopped() -> None:
    asking, archive, ticks = Asking(), Script([Evidence((), Filters()), *WORDS], silent=True), clock(1)
    page = Page()
    for page in handlers.ask(archive, "Where?", (), asking, now=lambda: next(ticks)):
        if "Hanoi" in (page.current or ""):
            asking.stop()
    assert page.current is not None
    assert "The summit is in Hanoi." in page.current
    assert "Stopped." in page.current
    assert 'class="asking"' not in page.current


def test_a_question_that_was_left_ends_without_a_word() -> None:
    asking = Asking()
    pages = handlers.ask(Script([Evidence((), Filters()), *WORDS], silent=True), "Where?", (), asking)
    next(pages)
    asking.leave()
    assert list(pages) == []


def test_stop_after_the_answer_changes_nothing() -> None:
    asking = Asking()
    *_, page = handlers.ask(answering(), "Where?", (), asking)
    asking.stop()
    assert not asking.stopped
    assert "Stopped." not in (page.current or "")


def test_a_question_that_is_too_long_is_kept_and_not_asked() -> None:
    archive = answering()
    (page,) = handlers.ask(archive, "x" * 2001, (), Asking())
    assert page.question is None
    assert page.notice is not None
    assert "at most 2,000 characters; this one has 2,001" in page.notice
    assert archive.histories == []


@pytest.mark.parametrize("blank", ["", "  \n "])
def test_an_empty_question_is_not_asked(blank: str) -> None:
    archive = answering()
    assert list(handlers.ask(archive, blank, (), Asking())) == [Page(notice="")]
    assert archive.histories == []


def test_an_error_of_ours_is_shown_as_its_line() -> None:
    archive = Script(
        [Evidence((), Filters()), DatelineError("the index is gone: index/; run `dateline index`")]
    )
    page = last_of(handlers.ask(archive, "Where?", (), Asking()))
    assert page.current is not None
    assert "the index is gone: index/; run `dateline index`" in page.current
    assert 'class="asking"' not in page.current


def test_a_bug_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    script = Script([Evidence((), Filters()), Delta("So far."), KeyError("secret")])
    page = last_of(handlers.ask(script, "Where?", (), Asking()))
    assert page.current is not None
    assert "Something went wrong" in page.current
    assert "So far." in page.current
    assert "secret" not in page.current
    assert 'class="asking"' not in page.current
    assert "KeyError: 'secret'" in caplog.text


def test_a_new_conversation_is_empty() -> None:
    assert handlers.renewed("<div>unopened</div>") == Page((), "", "", "<div>unopened</div>", "", "")


def test_half_a_surrogate_pair_in_a_question_does_no_harm() -> None:
    page = last_of(handlers.ask(answering(), "Where\ud800?", (), Asking()))
    assert conversation_of(page)[0].question == "Where??"


def test_a_question_is_asked_as_of_the_day_that_is_set() -> None:
    archive = answering()
    list(handlers.ask(archive, "Where?", (), Asking(), day=" 2019-02-16 "))
    list(handlers.ask(archive, "Where?", (), Asking(), day=" "))
    assert archive.days == [date(2019, 2, 16), None]


def test_what_is_no_day_is_said_and_nothing_is_asked() -> None:
    archive = answering()
    (page,) = handlers.ask(archive, "Where?", (), Asking(), day="16 Feb <b>")
    assert page.question is None
    assert page.notice is not None
    assert "“16 Feb &lt;b&gt;” is not a day; write it as 2019-02-16." in page.notice
    assert archive.days == []


LIMITED = replace(
    ANSWER,
    understood="Where is the summit?",
    as_of=date(2019, 2, 16),
    filters=Filters(
        date(2019, 2, 1), sources=("Xinhua",), inferred={"since": "this month", "sources": "Xinhua's"}
    ),
)


def pressed(archive: Script, chip: Chip, conversation: Conversation) -> list[Page]:
    return list(handlers.pressed(archive, chip, conversation, Asking()))


def test_what_was_understood_can_be_taken_away_and_put_back() -> None:
    archive = Script([LIMITED])
    first = last_of(handlers.ask(archive, "Who?", (), Asking()))
    shown = last_of(handlers.ask(archive, "Where?", conversation_of(first), Asking(), day="2019-02-16"))
    for chip in ("days", "sources", "context", "today"):
        assert f"press-{chip}" in (shown.current or "")
        assert f"press-{chip}" not in (shown.earlier or "")
    for chip, ignored in (("days", ("since", "until")), ("sources", ("since", "until", "sources"))):
        shown = pressed(archive, chip, conversation_of(shown))[-1]  # type: ignore[arg-type]
        assert archive.ignored[-1] == ignored
    assert archive.days[-1] == date(2019, 2, 16)
    assert len(conversation_of(shown)) == 2
    back = pressed(archive, "days", conversation_of(shown))[-1]
    assert archive.ignored[-1] == ("sources",)
    assert "Any outlet" in (back.current or "")
    assert archive.histories[-1]
    assert pressed(archive, "context", conversation_of(back))
    assert archive.histories[-1] == []


def test_the_day_of_asking_is_taken_out_of_its_field() -> None:
    archive = Script([LIMITED])
    shown = last_of(handlers.ask(archive, "Where?", (), Asking(), day="2019-02-16"))
    pages = pressed(archive, "today", conversation_of(shown))
    assert pages[0].day == ""
    assert archive.days == [date(2019, 2, 16), None]
    assert pressed(archive, "today", ()) == []
