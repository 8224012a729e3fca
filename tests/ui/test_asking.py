"""Questions that end when their tab says so."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest

from dateline.types import Delta, Event
from dateline_ui.asking import Asking, Tabs


def words(closed: threading.Event, *, silent: threading.Event | None = None) -> Generator[Event]:
    try:
        yield Delta("one")
        yield Delta("two")
        if silent:
            silent.wait()
        yield Delta("three")
    finally:
        closed.set()


def test_all_events_come_in_order_and_the_stream_is_closed() -> None:
    closed = threading.Event()
    assert list(Asking().read(words(closed))) == [Delta("one"), Delta("two"), Delta("three")]
    assert closed.wait(5)


def test_a_failure_of_the_stream_is_the_readers() -> None:
    def failing() -> Generator[Event]:
        yield Delta("one")
        raise KeyError("lost")

    events = Asking().read(failing())
    assert next(events) == Delta("one")
    with pytest.raises(KeyError):
        next(events)


@pytest.mark.parametrize("end", [Asking.stop, Asking.leave])
def test_a_silent_stream_is_left_at_once_and_closed_when_it_speaks(end: object) -> None:
    closed, silent, asking = threading.Event(), threading.Event(), Asking()
    events = asking.read(words(closed, silent=silent))
    assert [next(events), next(events)] == [Delta("one"), Delta("two")]
    asking.stop() if end is Asking.stop else asking.leave()
    assert list(events) == []
    assert asking.stopped == (end is Asking.stop)
    assert not closed.is_set()
    silent.set()
    assert closed.wait(5)


def test_a_tab_has_one_question_and_other_tabs_their_own() -> None:
    tabs = Tabs()
    with tabs.asking("mine") as mine, tabs.asking("yours") as yours:
        tabs.stop("mine")
        assert (mine.stopped, yours.stopped) == (True, False)
    tabs.stop("mine")  # nothing is asked any more
    assert mine.over.is_set()


def test_a_new_question_waits_until_the_earlier_one_has_let_go() -> None:
    tabs, silent, order = Tabs(), threading.Event(), list[str]()
    begun = threading.Event()

    def earlier() -> None:
        with tabs.asking("tab") as asking:
            events = asking.read(words(threading.Event(), silent=silent))
            next(events)
            begun.set()
            list(events)
            order.append("earlier ended")

    thread = threading.Thread(target=earlier)
    thread.start()
    assert begun.wait(5)
    with tabs.asking("tab"):
        order.append("new begun")
    thread.join(5)
    assert order == ["earlier ended", "new begun"]
    silent.set()
